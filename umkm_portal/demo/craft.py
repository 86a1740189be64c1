"""Drawings of crafts: baskets, clay, wood, candles, jewellery, paper, knots, ondel-ondel."""

from __future__ import annotations

from math import cos, sin, tau

from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.scene import (
    BUNGA,
    DAUN,
    HIJAU,
    KAYU,
    KAYU_MUDA,
    KUNYIT,
    PUTIH,
    SAGA,
    SANTAN,
    TINTA,
    Look,
    backdrop,
    flat_lay,
    shade,
    woven,
)


def basket(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 200, 264, 120, 11)
    c.line("M104 140C108 14 292 14 296 140", KAYU, 15)
    c.line("M104 140C108 14 292 14 296 140", "#d1933f", 7, dash=9)
    c.shape("M146 140c-14-34 2-60 22-72c2 26 16 40 8 72z", HIJAU)
    c.shape("M184 140c-6-44 12-66 34-76c0 30 10 46-2 76z", DAUN)
    c.dot(250, 124, 26, SAGA)
    c.dot(222, 126, 20, KUNYIT)
    c.cloth(
        "M86 138h228l-24 112c-2 8-8 12-16 12H126c-8 0-14-4-16-12z", woven("#d1933f", "#e8b163"), 36
    )
    c.box(78, 122, 244, 24, KAYU, 8)
    c.line("M90 134h220", "#d1933f", 7, dash=10)


def coasters(c: Canvas, look: Look) -> None:
    """Six round plaited mats, a glass of tea on one."""
    flat_lay(c, look)
    spots = ((96, 88), (204, 76), (312, 92), (88, 206), (200, 200), (314, 210))
    for x, y in spots:
        c.dot(x + 5, y + 7, 52, look.shadow, 0.28)
        c.dot(x, y, 52, "#a8641f")
        for radius, tone in (
            (47, "#e8b163"),
            (39, look.main),
            (34, "#e8b163"),
            (26, "#d1933f"),
            (20, "#e8b163"),
        ):
            c.dot(x, y, radius, tone)
        for step in range(24):
            angle = tau * step / 24
            c.line(
                f"M{x + 22 * cos(angle)} {y + 22 * sin(angle)}L{x + 46 * cos(angle)} {y + 46 * sin(angle)}",
                "#a8641f",
                1.8,
            )
    c.dot(200, 200, 34, PUTIH, 0.85)
    c.dot(200, 200, 28, "#c2702c")
    c.dot(200, 200, 20, "#d98a3a")
    c.oval(190, 190, 8, 4, PUTIH, turn=-30, alpha=0.7)


def mug(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    glaze = lighter(look.main, 0.08)
    shade(c, look, 186, 260, 104)
    c.line("M170 58c-10-14 10-20 0-36M206 54c-10-14 10-20 0-36", PUTIH, 7, alpha=0.75)
    c.line("M276 130c76-14 70 96-8 84", darker(glaze, 0.14), 24)
    c.box(94, 86, 186, 174, "#f1e3cf", 30)
    c.shape("M94 86h186v96q-30 26-60 4q-30-20-62 6q-34 22-64-6z", glaze)
    c.box(104, 100, 14, 72, lighter(glaze, 0.3), 7)
    c.oval(187, 88, 93, 20, darker(glaze, 0.2))
    c.oval(187, 90, 82, 15, "#5a2f16")
    for x, y in ((126, 226), (160, 236), (214, 228), (250, 238), (184, 218)):
        c.dot(x, y, 3, "#b98a5b")


def vase(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 200, 262, 84)
    c.line(
        "M190 112C180 60 152 50 142 30M204 112c-4-50 6-70 4-94M214 112c2-46 34-52 46-70",
        "#2f7f4f",
        6,
    )
    for x, y in ((170, 66), (240, 58), (204, 74)):
        c.oval(x, y, 15, 7, DAUN, turn=-30 if x < 200 else 30)
    for x, y, tone in ((140, 30, SAGA), (208, 20, KUNYIT), (262, 40, BUNGA)):
        for turn in range(0, 360, 60):
            with c.moved(x, y, turn):
                c.oval(0, -11, 7, 9, tone)
        c.dot(x, y, 6, SANTAN)
    c.shape(
        "M166 106c0-8 68-8 68 0l-4 26c46 20 64 54 64 80c0 32-32 50-94 50s-94-18-94-50c0-26 18-60 64-80z",
        look.main,
    )
    c.shape(
        "M172 106l18-5l-4 36c-40 20-56 44-52 76c2 20 14 34 34 42c-38-4-62-20-62-43c0-26 18-60 64-80z",
        lighter(look.main, 0.2),
    )
    c.line(
        "M116 196q14-16 28 0q14 16 28 0q14-16 28 0q14 16 28 0q14-16 28 0q14 16 28 0", look.accent, 7
    )
    for x in range(130, 280, 28):
        c.dot(x, 226, 6, look.accent)


def plate(c: Canvas, look: Look) -> None:
    flat_lay(c, look)
    c.dot(208, 160, 128, look.shadow, 0.3)
    c.dot(200, 150, 128, darker(look.main, 0.1))
    c.dot(200, 150, 122, look.main)
    c.dot(200, 150, 88, lighter(look.main, 0.14))
    for step in range(20):
        with c.moved(200, 150, step * 18):
            c.shape("M-9-114h18l-9 18z", look.accent)
    c.dot(200, 150, 76, mix(SANTAN, look.main, 0.1))
    for turn in range(0, 360, 45):
        with c.moved(200, 150, turn):
            c.oval(0, -34, 12, 28, look.main)
            c.oval(0, -34, 6, 19, look.accent)
    c.dot(200, 150, 14, SAGA if look.main != SAGA else KUNYIT)
    c.oval(142, 84, 26, 8, PUTIH, turn=-44, alpha=0.45)


def board(c: Canvas, look: Look) -> None:
    flat_lay(c, look)
    c.shape(
        "M66 92c0-12 10-22 22-22h208c12 0 22 10 22 22v156c0 12-10 22-22 22H88c-12 0-22-10-22-22z",
        look.shadow,
        0.3,
    )
    c.shape(
        "M52 76c0-12 10-22 22-22h176c14 0 20-14 36-14c20 0 36 14 36 32c0 16-12 26-24 30c-10 4-14 12-14 24v110c0 12-10 22-22 22H74c-12 0-22-10-22-22z",
        KAYU_MUDA,
    )
    c.line(
        "M66 92q80 16 176-4M64 132q90 20 206-2M64 174q86 18 204 0M66 218q100 16 200-2",
        darker(KAYU_MUDA, 0.2),
        4,
    )
    c.dot(286, 72, 12, look.ground)
    c.box(112, 122, 96, 62, look.main, 4)
    c.gigi(112, 124, 96, look.accent, 12)
    c.box(130, 154, 60, 6, SANTAN, 3)
    c.box(142, 166, 36, 5, SANTAN, 2)
    c.box(340, 108, 16, 164, KAYU, 8)
    c.oval(348, 84, 28, 44, darker(KAYU, 0.1))
    c.oval(348, 82, 24, 39, KAYU_MUDA)


def spoons(c: Canvas, look: Look) -> None:
    """Five wooden spoons and a spatula in a fan."""
    flat_lay(c, look)
    woods = ("#8a4d22", "#b87440", "#6e3a16", "#c99a5e", "#a5632e")
    for i, wood in enumerate(woods):
        with c.moved(200, 370, -30 + i * 15):
            c.oval(8, -256, 30, 46, look.shadow, alpha=0.25)
            c.box(-8, -250, 16, 140, wood, 7)
            c.box(-8, -250, 6, 140, lighter(wood, 0.18), 3)
            if i == 2:
                c.box(-28, -336, 56, 92, wood, 14)
                for x in (-14, 0, 14):
                    c.box(x - 3, -322, 6, 58, look.ground, 3)
            else:
                c.oval(0, -282, 28, 46, wood)
                c.oval(0, -284, 20, 36, darker(wood, 0.2))
                c.oval(-7, -296, 5, 16, lighter(wood, 0.3), alpha=0.6)
    c.shape("M112 196h176l-18 88c-2 8-6 10-14 10H144c-8 0-12-2-14-10z", look.main)
    c.box(104, 188, 192, 22, lighter(look.main, 0.16), 5)
    c.gigi(112, 212, 176, look.accent, 12.6)


def frame(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 206, 268, 130)
    c.box(76, 36, 256, 228, KAYU, 6)
    c.box(76, 36, 256, 8, lighter(KAYU, 0.25))
    c.line("M84 56v190M324 56v190", darker(KAYU, 0.2), 3)
    c.box(104, 62, 200, 176, SANTAN)
    c.box(122, 78, 164, 144, "#bfe0d0")
    c.dot(246, 112, 20, KUNYIT)
    c.shape("M122 190q50-50 90-10q40-40 74-6v48H122z", DAUN)
    # A Betawi house under its saddle roof.
    c.box(164, 168, 72, 44, SANTAN)
    c.shape("M146 170l24-34h60l24 34z", SAGA)
    c.gigi(148, 168, 104, HIJAU, 8)
    c.box(190, 184, 20, 28, KAYU)


def candle(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 190, 260, 94)
    c.dot(190, 66, 54, "#fff3c4", 0.55)
    c.box(104, 116, 172, 144, mix(PUTIH, look.main, 0.16), 20)
    c.box(114, 142, 152, 110, mix("#fff6dc", look.main, 0.1), 14)
    c.oval(190, 118, 86, 17, mix(PUTIH, look.main, 0.3))
    c.oval(190, 120, 74, 12, "#fff6dc")
    c.line("M190 120v-24", TINTA, 4)
    c.shape("M190 34c22 28 24 64 0 66c-24-2-22-38 0-66z", "#f5a516")
    c.shape("M190 62c10 16 11 34 0 36c-11-2-10-20 0-36z", "#fff0b8")
    c.box(132, 160, 116, 76, SANTAN, 6)
    c.gigi(132, 162, 116, look.main, 12)
    c.box(152, 196, 76, 7, look.main, 3)
    c.box(168, 212, 44, 5, look.accent if look.accent != SANTAN else KUNYIT, 2)
    c.line("M300 258L356 130M312 260l28-130M322 262l46-104", "#5fa35a", 6)
    c.line("M296 262l14-34M312 262l8-34", "#e9efc9", 9)


def soap(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 200, 262, 144)
    for x, y, tone in ((64, 172, "#7a4a22"), (150, 172, "#a9764a"), (106, 102, "#5a341b")):
        with c.moved(x, y):
            c.shape("M0 18l26-24h150l-26 24z", lighter(tone, 0.25))
            c.shape("M150 18l26-24v58l-26 28z", darker(tone, 0.3))
            c.box(0, 18, 150, 62, tone, 6)
            c.oval(75, 49, 44, 20, lighter(tone, 0.16))
            c.oval(75, 49, 17, 11, darker(tone, 0.4), turn=-20)
            c.line("M62 54q13-12 26-10", lighter(tone, 0.2), 3)
    c.box(168, 96, 34, 96, SANTAN, 2)
    c.gigi(168, 100, 34, look.main, 8.5)
    for x, y, radius in ((316, 90, 18), (344, 122, 11), (302, 132, 8), (340, 60, 9)):
        c.dot(x, y, radius, PUTIH, 0.75)
        c.dot(x - radius * 0.3, y - radius * 0.3, radius * 0.25, PUTIH)
