"""Drawings of crafts: baskets, clay, wood, candles, jewellery, paper, knots, ondel-ondel."""

from __future__ import annotations

from math import cos, sin, tau

from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    BUNGA,
    DAUN,
    HIJAU,
    KAYU,
    KAYU_MUDA,
    KUNYIT,
    PAIRS,
    PUTIH,
    SAGA,
    SANTAN,
    TELANG,
    TINTA,
    Look,
    backdrop,
    flat_lay,
    shade,
    woven,
)

ROPE, ROPE_DARK = "#f1e2c3", "#cdb489"


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


def ondel(kind: str) -> Motif:
    """The couple that keeps Betawi feasts: as dolls, miniatures, a mask, or magnets."""

    def draw(c: Canvas, look: Look) -> None:
        c.box(0, 0, 400, 300, look.ground)
        if kind == "magnet":
            c.box(0, 0, 400, 300, mix(look.ground, PUTIH, 0.4))
            c.box(0, 0, 12, 300, look.second)
            _magnets(c, look)
            return
        c.shape("M0 232q100-30 200 0q100 30 200 0v68H0z", look.second)
        if kind == "topeng":
            _mask(c, look)
            return
        low = kind == "miniatur"
        size = 0.86 if low else 1
        if low:
            c.box(60, 262, 280, 18, KAYU, 6)
            c.box(60, 272, 280, 8, darker(KAYU), 4)
        for x, man in ((128, True), (272, False)):
            with c.moved(x, 10 if low else 0, 0, size):
                robe = look.main if man else (HIJAU if look.main != HIJAU else TELANG)
                _giant(c, robe, SAGA if man else BUNGA, man=man)

    return draw


def _plumes(c: Canvas) -> None:
    for turn, tone, tip in (
        (-70, KUNYIT, PUTIH),
        (-48, SAGA, BUNGA),
        (-28, DAUN, KUNYIT),
        (0, SAGA, BUNGA),
        (-14, KUNYIT, PUTIH),
        (14, KUNYIT, PUTIH),
        (28, DAUN, KUNYIT),
        (48, SAGA, BUNGA),
        (70, KUNYIT, PUTIH),
    ):
        with c.moved(0, 0, turn):
            c.line("M0 0v-52", tone, 5)
            c.dot(0, -54, 7, tip)


def _giant(c: Canvas, robe: str, sash: str, *, man: bool) -> None:
    with c.moved(0, 86):
        _plumes(c)
    c.shape("M-54 300c0-80 14-122 30-136h48c16 14 30 56 30 136z", robe)
    c.shape("M-24 160h48l6 24h-60z", KUNYIT)
    c.shape("M-36 182l72 62l-14 14l-66-52z", sash)
    c.gigi(-50, 262, 100, KUNYIT, 12.5)
    _face(c, man=man)


def _face(c: Canvas, *, man: bool) -> None:
    c.dot(0, 122, 42, "#b3201c" if man else PUTIH)
    c.shape("M-42 112c4-30 26-36 42-36c16 0 38 6 42 36c-12-12-26-16-42-16c-16 0-30 4-42 16z", TINTA)
    c.shape("M-36 92q36-22 72 0l-4 12q-32-16-64 0z", KUNYIT)
    if man:
        for x in (-16, 16):
            c.dot(x, 120, 10, PUTIH)
            c.dot(x, 121, 5, TINTA)
        c.line("M-28 106q10-8 20 0M8 106q10-8 20 0", TINTA, 5)
        c.shape("M-20 142q20-12 40 0q-20 6-40 0z", TINTA)
        c.shape("M-14 147h28v7q-14 6-28 0z", PUTIH)
    else:
        for x in (-15, 15):
            c.dot(x, 122, 5, TINTA)
            c.dot(x * 1.75, 136, 8, "#f2a3b8")
        c.line("M-26 110q10-8 20-1M6 111q10-8 20-1", TINTA, 4)
        c.shape("M-12 142q12-6 24 0q-12 14-24 0z", SAGA)


def _mask(c: Canvas, look: Look) -> None:
    c.oval(200, 262, 92, 10, look.shadow, alpha=0.3)
    with c.moved(200, 74, 0, 1.15):
        _plumes(c)
    c.shape(
        "M104 132c-4-60 44-84 96-84c52 0 100 24 96 84c-4 74-44 128-96 128c-52 0-92-54-96-128z",
        darker(look.main, 0.3),
    )
    c.shape(
        "M114 132c-2-52 38-74 86-74c48 0 88 22 86 74c-4 66-40 116-86 116c-46 0-82-50-86-116z",
        look.main,
    )
    c.shape("M112 116q88-58 176 0l-6 20q-82-50-164 0z", KUNYIT)
    for x in range(136, 280, 21):
        c.dot(x, 116 - (64 - abs(200 - x)) * 0.3, 5, SAGA)
    for x in (164, 236):
        c.oval(x, 154, 21, 14, PUTIH)
        c.dot(x, 155, 8, TINTA)
        c.line(f"M{x - 24} 134q24-18 48 0", TINTA, 6)
    c.shape("M200 150l14 40q-14 10-28 0z", darker(look.main, 0.2))
    c.shape("M156 206q44-24 88 0q-44 44-88 0z", SAGA if look.main != SAGA else TINTA)
    c.box(176, 204, 48, 9, PUTIH, 3)
    c.line("M152 200q24-16 48-6q24-10 48 6", TINTA, 7)


def _magnets(c: Canvas, look: Look) -> None:
    for x, y, turn in ((112, 150, -6), (288, 150, 6)):
        with c.moved(x, y, turn):
            c.box(-66, -104, 140, 220, look.shadow, 18, 0.25)
            c.box(-72, -112, 140, 220, PUTIH, 18)
            c.box(-62, -102, 120, 200, look.second if x < 200 else "#ffe3b0", 12)
    with c.moved(112, 150, -6), c.moved(-2, -116, 0, 0.66):
        _giant(c, look.main, SAGA, man=True)
    with c.moved(288, 150, 6):
        # Monas, the obelisk with its flame.
        c.shape("M-7-56h10l5 110h-20z", PUTIH)
        c.shape("M-44 54h84l-16 18h-52z", PUTIH)
        c.box(-50, 72, 96, 12, lighter(look.main, 0.5), 3)
        c.shape("M-2-92c10 14 10 30 0 34c-10-4-10-20 0-34z", "#f5a516")
        c.box(-10, -60, 16, 6, KUNYIT, 2)


def jewellery(kind: str) -> Motif:
    """A necklace on a bust, three bracelets, a pair of earrings."""

    def draw(c: Canvas, look: Look) -> None:
        flat_lay(c, look)
        beads = [look.main, look.accent if look.accent != SANTAN else KUNYIT, SAGA, "#d9a23a", DAUN]
        if kind == "kalung":
            c.shape(
                "M136 300c-4-70 30-84 30-130V96c0-30 68-30 68 0v74c0 46 104 40 126 130z",
                look.shadow,
                0.2,
            )
            c.shape(
                "M40 300c20-90 122-80 122-130V70c0-40 76-40 76 0v100c0 50 102 40 122 130z", SANTAN
            )
            for i in range(25):
                t = 2 * i / 24 - 1
                x = 200 + 62 * (1 - abs(t) ** 2.6 * 0.42) * sin(t * tau / 4)
                y = 122 + 134 * cos(t * tau / 4)
                size = 6.5 + 6 * (1 - abs(t))
                c.dot(x, y, size, beads[i % 5])
                c.dot(x - size * 0.3, y - size * 0.3, size * 0.28, PUTIH, 0.7)
            c.shape("M200 258l18 20l-18 22l-18-22z", "#d9a23a")
            c.dot(200, 278, 6, look.main)
        elif kind == "gelang":
            for k, (x, y, radius) in enumerate(((136, 124, 74), (262, 136, 74), (196, 196, 74))):
                c.line(_ring(x + 5, y + 8, radius), look.shadow, 16, alpha=0.2)
                for i in range(24):
                    angle = tau * i / 24
                    bx, by = x + radius * cos(angle), y + radius * sin(angle)
                    c.dot(bx, by, 10.5, darker(beads[(i + k) % 5] if i % 3 else beads[k], 0.15))
                    c.dot(bx - 1, by - 1, 8.5, beads[(i + k) % 5] if i % 3 else beads[k])
                    c.dot(bx - 3, by - 3, 2.4, PUTIH, 0.7)
        else:
            c.box(74, 44, 266, 224, look.shadow, 12, 0.25)
            c.box(66, 34, 266, 224, SANTAN, 10)
            c.gigi(66, 38, 266, look.main, 14)
            for x in (142, 256):
                c.line(f"M{x} 94c-2-22 22-22 18 0", "#8a4d22", 5)
                c.shape(f"M{x} 92c40 34 48 84 0 122c-48-38-40-88 0-122z", "#a8501c")
                c.shape(f"M{x} 102c32 30 38 70 0 102c-38-32-32-72 0-102z", "#d9793a")
                for dx, dy in (
                    (0, 126),
                    (-12, 146),
                    (12, 146),
                    (0, 148),
                    (-14, 168),
                    (14, 168),
                    (0, 172),
                    (0, 190),
                ):
                    c.dot(x + dx, dy, 4, "#f2ad74")
                c.dot(x, 222, 9, look.main)

    return draw


def _ring(x: float, y: float, radius: float) -> str:
    return "M" + "L".join(
        f"{x + radius * cos(tau * i / 40)} {y + radius * sin(tau * i / 40)}" for i in range(41)
    )


def notebook(c: Canvas, look: Look) -> None:
    flat_lay(c, look)
    with c.moved(190, 152, -6):
        c.box(-96, -108, 216, 236, look.shadow, 10, 0.28)
        c.box(-100, -116, 210, 232, "#e9dcc0", 6)
        c.box(-106, -120, 210, 232, look.main, 8)
        c.box(-106, -120, 34, 232, darker(look.main, 0.25), 8)
        for _ in range(40):
            c.dot(
                look.rng.randint(-66, 98), look.rng.randint(-112, 104), 1.8, lighter(look.main, 0.4)
            )
        c.box(-46, -78, 124, 84, SANTAN, 4)
        c.gigi(-46, -76, 124, look.accent, 12.4)
        c.box(-24, -36, 80, 7, look.main, 3)
        c.box(-10, -20, 52, 5, look.main, 2)
        c.box(82, -120, 8, 232, SAGA if look.main != SAGA else KUNYIT)
    with c.moved(340, 160, 12):
        c.box(-9, -110, 18, 190, KUNYIT, 3)
        c.box(-3, -110, 6, 190, "#f0ae14")
        c.shape("M-9 80h18l-9 34z", "#f1d3a4")
        c.shape("M-3.500 100h7l-3.500 14z", TINTA)
        c.box(-9, -122, 18, 18, BUNGA, 4)


def gift_box(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 200, 260, 132, 11)
    c.box(88, 132, 224, 128, look.main, 4)
    c.shape("M88 132h40v128H88z", darker(look.main, 0.14))
    c.box(74, 98, 252, 44, lighter(look.main, 0.16), 6)
    c.gigi(76, 140, 248, darker(look.main, 0.3), 12.4)
    ribbon = look.accent if look.accent != SANTAN else KUNYIT
    c.box(182, 98, 36, 162, ribbon)
    c.shape("M200 98c-50-70-110-40-84-8c20 20 60 12 84 8z", ribbon)
    c.shape("M200 98c50-70 110-40 84-8c-20 20-60 12-84 8z", ribbon)
    c.shape(
        "M192 92c-30-30-58-26-52-12c8 12 34 14 52 12zM208 92c30-30 58-26 52-12c-8 12-34 14-52 12z",
        darker(ribbon, 0.3),
    )
    c.box(182, 82, 36, 26, darker(ribbon, 0.12), 8)


def cards(c: Canvas, look: Look) -> None:
    """Greeting cards fanned out over their envelope."""
    flat_lay(c, look)
    with c.moved(200, 210, 3):
        c.box(-130, -52, 270, 124, look.shadow, 6, 0.28)
        c.box(-136, -60, 270, 124, "#e9c99a", 6)
        c.shape("M-136-60h270l-135 78z", "#d9b27c")
    pairs = look.rng.sample(PAIRS, 4)
    for i, (first, second) in enumerate(pairs):
        with c.moved(200, 262, -36 + i * 24):
            c.box(-50, -224, 100, 142, PUTIH, 6)
            c.box(-43, -217, 86, 128, first, 4)
            c.gigi(-43, -215, 86, second, 10.7)
            for turn in range(0, 360, 60):
                with c.moved(0, -148, turn):
                    c.oval(0, -15, 8, 13, second)
            c.dot(0, -148, 8, SANTAN)
            c.box(-24, -108, 48, 6, second, 3)


def macrame(kind: str) -> Motif:
    """Knotted cord: a wall hanging, a plant hanger, a key ring."""

    def draw(c: Canvas, look: Look) -> None:
        c.box(0, 0, 400, 300, look.ground)
        c.dot(200, 150, 130, look.second)
        if kind == "dinding":
            c.line("M118 58L200 8l82 50", ROPE_DARK, 4)
            c.line("M84 60h232", KAYU, 13)
            for i in range(17):
                x = 104 + i * 12
                end = 276 - abs(8 - i) * 11
                c.line(f"M{x} 62V{end}", ROPE_DARK if i % 2 else ROPE, 8)
            for row in range(5):
                for i in range(row % 2, 8 - row, 1):
                    x = 116 + i * 24 + row * 12 - (row % 2) * 24
                    if 108 < x < 296:
                        c.shape(f"M{x} {76 + row * 24}l13 13l-13 13l-13-13z", ROPE)
                        c.line(f"M{x - 8} {89 + row * 24}h16", ROPE_DARK, 3)
            c.line("M104 150L200 236L296 150", look.main, 7)
        elif kind == "pot":
            c.dot(200, 18, 10, KAYU)
            for x in (128, 168, 232, 272):
                c.line(f"M200 22Q{x} 60 {x} 150L{(x + 200) / 2} 236L200 262", ROPE_DARK, 7)
                c.line(f"M200 22Q{x} 60 {x} 150L{(x + 200) / 2} 236", ROPE, 4)
            for x, y, turn in (
                (170, 96, -34),
                (232, 92, 34),
                (150, 128, -66),
                (250, 126, 66),
                (200, 80, 0),
            ):
                with c.moved(x, y + 10, turn):
                    c.oval(0, -4, 15, 40, DAUN)
                    c.line("M0 30v-60", "#8fcf9f", 2.5)
            c.shape("M126 136h148l-18 92c-2 8-8 12-16 12h-80c-8 0-14-4-16-12z", look.main)
            c.box(118, 126, 164, 24, lighter(look.main, 0.16), 5)
            c.gigi(124, 156, 152, look.accent, 12.6)
            c.line("M128 160L164 236M272 160l-36 76M164 236L200 200l36 36", ROPE, 5)
            c.dot(200, 262, 9, ROPE_DARK)
            c.line("M192 264v32M200 264v34M208 264v32", ROPE, 5)
        else:
            for x, tone in (
                (130, look.main),
                (268, look.accent if look.accent != SANTAN else KUNYIT),
            ):
                c.line(_ring(x, 54, 26), "#9aa5ad", 7)
                c.box(x - 11, 76, 22, 22, "#c3ccd1", 5)
                c.line(
                    f"M{x - 10} 98V268M{x + 10} 98V268M{x} 98V282M{x - 20} 200V260M{x + 20} 200V260",
                    ROPE_DARK,
                    7,
                )
                for i in range(7):
                    y = 100 + i * 16
                    c.shape(f"M{x - 24} {y + 8}l24-10l24 10l-24 10z", tone if i % 2 else ROPE)
                c.box(x - 26, 206, 52, 14, tone, 6)
                c.dot(x, 196, 13, KAYU_MUDA)
                c.dot(x, 196, 5, KAYU)

    return draw
