"""Drawings of cakes, loaves and sweets."""

from __future__ import annotations

from umkm_portal.demo.bits import Bit
from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.food import put
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    DAUN,
    KAYU,
    KAYU_MUDA,
    KUNYIT,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    backdrop,
    flat_lay,
    shade,
)


def cake_tin(top: str, kind: str) -> Motif:
    """A square cake on a board, one slice cut: brownies, layer cake."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 258, 158, 12)
        c.box(40, 242, 320, 14, KAYU_MUDA, 7)
        c.box(40, 250, 320, 6, KAYU, 3)
        layers = ["#f4c55f", "#a8601f"] * 5 if kind == "lapis" else [top, darker(top, 0.25), top]
        height = 112 / len(layers)
        for i, tone in enumerate(layers):
            c.box(64, 130 + i * height, 196, height + 0.6, tone)
            c.shape(f"M284 {130 + i * height}h56v{height + 0.6}h-56z", tone)
        c.shape("M64 130l44-44h196l-44 44z", lighter(top, 0.16))
        c.shape("M260 130l44-44v112l-44 44z", darker(top, 0.35))
        c.shape("M284 130l22-22h56l-22 22z", lighter(top, 0.16))
        c.shape("M340 130l22-22v112l-22 22z", darker(top, 0.35))
        for x, y in ((110, 118), (150, 106), (196, 116), (238, 104), (170, 122), (318, 120)):
            if kind == "brownies":
                c.oval(x, y, 10, 4.5, "#e9c99a", turn=-20)
            elif kind == "lapis":
                c.line(f"M{x - 12} {y}h24", "#8a4510", 2.5)
        c.shape("M176 74c8-16 26-16 34 0c-10 8-24 8-34 0z", DAUN)

    return draw


CHOCOLATE = "#5a2f16"


def sourdough(c: Canvas, look: Look) -> None:
    """A round loaf, cut on top."""
    backdrop(c, look)
    shade(c, look, 200, 256, 156, 12)
    crust = "#b4702f"
    c.shape(
        "M56 212c0-84 60-142 144-142s144 58 144 142c0 30-32 42-144 42S56 242 56 212z",
        darker(crust, 0.18),
    )
    c.shape("M66 206c2-72 58-126 134-126s132 54 134 126c-20 18-248 18-268 0z", crust)
    for x, turn in ((130, -24), (176, -8), (224, 8), (270, 24)):
        with c.moved(x, 160, turn):
            c.shape("M-9-48q18 44 0 92q-16-44 0-92z", "#f6dfb4")
    c.oval(150, 104, 30, 9, lighter(crust, 0.4), turn=-24, alpha=0.7)


def pull_apart(c: Canvas, look: Look) -> None:
    """Four soft rolls in a tin, chocolate between."""
    backdrop(c, look)
    shade(c, look, 200, 256, 156, 12)
    crust = "#d98f3c"
    c.box(52, 204, 296, 50, "#8d9aa3", 10)
    c.box(52, 204, 296, 10, "#c3ccd1", 5)
    for i in range(4):
        c.dot(94 + i * 71, 172, 54, darker(crust, 0.16))
    for i in range(4):
        c.oval(94 + i * 71, 166, 46, 48, crust)
        c.oval(84 + i * 71, 142, 16, 9, lighter(crust, 0.4), turn=-20)
        c.line(f"M{70 + i * 71} 182q12 10 24 0t24 0", CHOCOLATE, 7)
    c.box(52, 210, 296, 44, "#a9b4bb", 10)


def loaf(crust: str, inner: str, *, banana: bool = False) -> Motif:
    """A tin loaf, its first slice showing; of bread or with banana."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 256, 156, 12)
        side = "M72 232V126c-20-10-20-60 30-60h196c50 0 50 50 30 60v106c0 12-8 20-20 20H92c-12 0-20-8-20-20z"
        c.shape(side, crust)
        c.shape("M72 126c-20-10-20-60 30-60h196c50 0 50 50 30 60z", darker(crust, 0.14))
        c.shape(
            "M60 232V138c-18-10-16-56 26-56h64c42 0 44 46 26 56v94c0 14-8 22-20 22H80c-12 0-20-8-20-22z",
            darker(crust, 0.2),
        )
        c.shape(
            "M70 228V132c-14-8-12-40 20-40h56c32 0 34 32 20 40v96c0 10-6 16-14 16H84c-8 0-14-6-14-16z",
            inner,
        )
        for _ in range(16):
            c.oval(
                look.rng.randint(84, 152),
                look.rng.randint(110, 230),
                4,
                2.6,
                darker(inner, 0.16),
                turn=look.rng.randint(0, 90),
            )
        c.line("M216 90q14 8 0 20M256 90q14 8 0 20M296 90q14 8 0 20", darker(crust, 0.35), 5)
        if banana:
            c.shape(
                "M262 252c36 6 70-10 84-48c6-2 10 2 10 8c-8 40-48 62-92 54c-6-4-6-12-2-14z",
                KUNYIT,
            )
            c.line("M272 256c34 2 60-14 74-42", "#d9a012", 4)

    return draw


def steamed_cakes(c: Canvas, look: Look) -> None:
    """Bolu kukus, split open on top, in paper cups."""
    backdrop(c, look)
    shade(c, look, 200, 258, 160, 12)
    c.oval(200, 252, 156, 12, PUTIH)
    for x, y, size in (
        (128, 128, 0.82),
        (200, 118, 0.82),
        (272, 128, 0.82),
        (104, 192, 1),
        (200, 192, 1),
        (296, 192, 1),
    ):
        with c.moved(x, y, 0, size):
            c.shape("M-40 0h80l-10 54h-60z", PUTIH)
            c.line("M-26 4l6 46M-8 4l2 46M10 4l-2 46M28 4l-7 46", "#dfe3da", 3)
            c.shape(
                "M-46 4c-6-20 10-34 20-36c6-18 18-22 26-8c10-14 24-8 28 8c12 2 24 18 18 36z",
                "#b4742f",
            )
            c.shape("M-22-2c0-20 12-26 22-42c8 16 22 22 22 42z", "#f6e3bd")
            c.dot(-24, -14, 4, "#dba765")
            c.dot(26, -14, 4, "#dba765")


def doughnuts(c: Canvas, look: Look) -> None:
    """Six glazed rings in their box, from above."""
    flat_lay(c, look)
    c.box(48, 48, 316, 216, look.shadow, 14, 0.3)
    c.box(40, 38, 316, 216, SANTAN, 12)
    c.box(40, 38, 316, 216, mix(SANTAN, "#c99a5e", 0.25), 12)
    c.box(52, 50, 292, 192, PUTIH, 8)
    glazes = [CHOCOLATE, "#f2a3b8", PUTIH, "#7db46c", KUNYIT, "#c97b2a"]
    look.rng.shuffle(glazes)
    for i, glaze in enumerate(glazes):
        x, y = 102 + i % 3 * 96, 99 + i // 3 * 94
        c.dot(x, y, 43, "#c98538")
        c.dot(x, y, 37, "#f5efe2" if glaze == PUTIH else glaze)
        c.dot(x, y, 15, "#c98538")
        c.dot(x, y, 11, PUTIH)
        for turn in range(0, 360, 40):
            with c.moved(x, y, turn + i * 13):
                c.box(-1.8, -30, 3.6, 9, look.rng.choice((SAGA, DAUN, KUNYIT, PUTIH, "#4d5fc2")), 2)


def round_plate(bit: Bit, rim: str = "") -> Motif:
    """A plate from above with a ring of the same cake."""

    def draw(c: Canvas, look: Look) -> None:
        flat_lay(c, look)
        c.dot(206, 158, 132, look.shadow, 0.3)
        c.dot(200, 150, 132, rim or look.main)
        for turn in range(0, 360, 30):
            with c.moved(200, 150, turn):
                c.dot(0, -125, 4, KUNYIT)
        c.dot(200, 150, 117, SANTAN)
        put(c, bit, 200, 150, 0, 1.5)
        for turn in range(0, 360, 60):
            with c.moved(200, 150, turn):
                put(c, bit, 0, -76, 0, 1.5)

    return draw


def kembang_goyang(c: Canvas) -> None:
    for turn in range(0, 360, 60):
        with c.moved(0, 0, turn):
            c.dot(0, -15, 10, "#d98a2b")
    for turn in range(0, 360, 60):
        with c.moved(0, 0, turn):
            c.dot(0, -15, 5.4, "#f6c878")
    c.dot(0, 0, 10, "#d98a2b")
    c.dot(0, 0, 5, "#f6c878")


def dodol(c: Canvas, look: Look) -> None:
    """Dodol wrapped in paper, some cut open on a leaf."""
    flat_lay(c, look)
    c.oval(206, 168, 160, 112, look.shadow, alpha=0.3)
    c.shape(
        "M42 154c10-76 78-116 164-112c92 4 156 48 154 116c-2 78-80 116-162 112C106 266 36 228 42 154z",
        DAUN,
    )
    c.line(
        "M52 152h296M96 150l36-86M150 150l22-100M212 150l6-102M270 150l-14-94M310 150l-26-70M110 156l30 90M170 156l20 108M232 156l4 106M286 156l-14 88",
        "#57a76c",
        3,
    )
    for x, y, turn in ((126, 112, -8), (214, 96, 6), (292, 130, 14), (116, 190, 10)):
        with c.moved(x, y, turn):
            c.shape("M-44 0l-18-16v32zM44 0l18-16v32z", lighter(look.main, 0.2))
            c.box(-44, -18, 88, 36, look.main, 6)
            c.box(-12, -18, 24, 36, look.accent)
    for x, y, turn in ((206, 176, 4), (286, 200, -12), (196, 226, -6)):
        with c.moved(x, y, turn):
            c.box(-40, -20, 80, 42, "#3d1c0c", 8)
            c.box(-40, -22, 80, 32, "#6b3413", 8)
            c.box(-32, -18, 46, 7, "#9a5a2c", 3)
