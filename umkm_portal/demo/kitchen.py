"""Drawings of what is served: bowls, plates, boxes, cakes and loaves."""

from __future__ import annotations

from collections.abc import Sequence

from umkm_portal.demo.bits import Bit
from umkm_portal.demo.canvas import Canvas, darker
from umkm_portal.demo.food import put
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    DAUN,
    HIJAU,
    KAYU,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    backdrop,
    flat_lay,
    shade,
)


def bowl(broth: str, bits: Sequence[Bit], *, steam: bool = True) -> Motif:
    """A deep bowl with the pointed board round it."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        if steam:
            c.line(
                "M150 76c-12-14 12-24 0-42M200 72c-12-14 12-24 0-42M250 76c-12-14 12-24 0-42",
                PUTIH,
                8,
                alpha=0.75,
            )
        shade(c, look, 200, 256, 110, 12)
        c.shape("M158 228h84l-8 28h-68z", look.main)
        c.shape("M76 132h248c0 66-48 104-124 104S76 198 76 132z", PUTIH)
        c.shape("M300 132h24c0 66-48 104-124 104c80-8 98-50 100-104z", "#e9ece4")
        c.gigi(92, 160, 216, look.main, 14)
        c.oval(200, 132, 124, 37, PUTIH)
        c.oval(200, 133, 110, 29, broth)
        spots = ((142, 130), (178, 122), (222, 120), (258, 132), (206, 142), (168, 144), (236, 146))
        for i, (x, y) in enumerate(spots):
            put(c, bits[i % len(bits)], x, y, look.rng.randint(-30, 30), 0.8)

    return draw


def tomato(c: Canvas) -> None:
    c.shape("M-18 8c2-16 28-20 38-8l-8 16c-12 2-26-1-30-8z", SAGA)
    c.shape("M-10 6c4-7 14-9 20-5l-5 9c-6 1-13-1-15-4z", "#e8695a")


def beef(c: Canvas) -> None:
    c.shape("M-18-4l34-6l8 16l-32 9z", "#8a4b22")
    c.shape("M-16-3l31-6l3 6l-31 7z", "#b87440")


def emping(c: Canvas) -> None:
    c.dot(0, 0, 18, "#ffe9bd")
    c.line("M-9-6q6 4 18 2M-11 3q10 4 22 0", "#e0b66a", 2.6)


def herb(c: Canvas) -> None:
    c.line("M-12 4q8-10 18-5M-2 8q6-6 14 0", DAUN, 5.5)


def cucumber(c: Canvas) -> None:
    c.oval(0, 0, 17, 13, "#5a9a3c")
    c.oval(0, 0, 13, 9.5, "#dcefb8")
    c.line("M-5-2v4M0-3v5M5-2v4", "#a8cf5f", 2)


def lettuce(c: Canvas) -> None:
    c.shape("M-24 8c-6-12 6-22 12-16c4-12 20-10 22-1c10-4 18 8 12 17c-10 8-36 8-46 0z", "#5fa845")
    c.line("M-14 4l8-5M0 6v-10M14 5l-6-6", "#bfe08f", 2)


def chicken(c: Canvas) -> None:
    c.shape("M-20-6c10-10 34-8 40 4c0 12-28 16-38 10c-6-4-6-10-2-14z", "#b4651c")
    c.line("M-10-2l24 4M-12 4l20 4", "#7a3f14", 3)


def egg(c: Canvas) -> None:
    c.oval(0, 0, 24, 17, PUTIH)
    c.dot(0, 0, 9, "#f5a516")


def peanut(c: Canvas) -> None:
    for x, y in ((-8, 0), (6, -4), (4, 6)):
        c.oval(x, y, 6, 4, "#d9a45e", turn=25)


def rice_box(mound: str, bits: Sequence[Bit], *, leafy: bool = True) -> Motif:
    """A paper box from above: rice on a banana leaf, side dishes in their places."""

    def draw(c: Canvas, look: Look) -> None:
        flat_lay(c, look)
        c.box(64, 50, 288, 218, look.shadow, 18, 0.3)
        c.box(56, 40, 288, 218, "#c99a5e", 16)
        c.box(56, 40, 288, 14, "#e3bd86", 7)
        c.box(68, 52, 264, 194, "#ecd0a2" if not leafy else "#3d8f57", 10)
        if leafy:
            c.line(
                "M68 120h264M110 52l-24 194M170 52l-14 194M236 52l8 194M296 52l16 194",
                "#57a76c",
                2.5,
            )
        c.box(204, 52, 6, 194, "#c99a5e")
        c.box(208, 146, 124, 6, "#c99a5e")
        c.oval(136, 152, 58, 76, darker(mound, 0.1))
        c.oval(134, 146, 54, 70, mound)
        for _ in range(12):
            c.oval(
                look.rng.randint(104, 166),
                look.rng.randint(96, 196),
                4,
                2.4,
                darker(mound, 0.14),
                turn=look.rng.randint(0, 90),
            )
        c.line("M112 116q12-6 22 4M138 112q12-8 22 4M122 134q10-6 20 2", "#b4651c", 5)
        put(c, bits[0], 268, 96, -10, 2)
        put(c, bits[1], 244, 204, 6, 1.25)
        put(c, bits[2 % len(bits)], 298, 206, -8, 1.25)

    return draw


def snack_box(c: Canvas, look: Look) -> None:
    """Three cakes in a printed box."""
    flat_lay(c, look)
    c.box(58, 70, 300, 186, look.shadow, 14, 0.3)
    c.box(50, 58, 300, 188, look.main, 12)
    c.gigi(50, 62, 300, look.accent, 15)
    c.box(64, 88, 272, 146, SANTAN, 8)
    for x in (152, 242):
        c.box(x, 88, 5, 146, look.main)
    # Layer cake, lemper in its leaf, pastel.
    for i, tone in enumerate(("#e88fb0", "#f6e3bd", "#6dbb85", "#f6e3bd", "#e88fb0", "#6dbb85")):
        c.box(78, 118 + i * 15, 60, 15, darker(tone, 0.04))
    c.box(164, 112, 70, 98, DAUN, 12)
    c.line("M176 116v90M190 116v90M204 116v90M220 116v90", "#57a76c", 2.5)
    c.box(164, 128, 70, 8, "#e9dcb0")
    c.box(164, 184, 70, 8, "#e9dcb0")
    c.shape("M256 186c-4-60 68-60 66 0c-18 14-48 14-66 0z", "#d98a3a")
    c.shape("M262 182c0-46 56-46 54 0c-16 10-40 10-54 0z", "#edaf5c")
    for x in range(262, 322, 12):
        c.dot(x, 190, 6, "#c9762a")


def tumpeng(c: Canvas, look: Look) -> None:
    """A cone of yellow rice among its dishes on a woven tray."""
    backdrop(c, look)
    shade(c, look, 200, 266, 168, 12)
    c.oval(200, 234, 166, 34, "#a8641f")
    c.oval(200, 228, 156, 28, "#d1933f")
    c.oval(200, 226, 146, 24, DAUN)
    c.shape("M200 26c10 0 88 150 92 188c-20 22-164 22-184 0c4-38 82-188 92-188z", "#f2b92b")
    c.shape("M200 26c-10 0-88 150-92 188c12 12 40 16 60 16c-12-30 10-150 32-204z", "#ffd34d")
    c.shape("M176 70c2-26 14-48 24-48s22 22 24 48q-24 12-48 0z", HIJAU)
    c.dot(200, 26, 8, SAGA)
    for bit, x, y, size in (
        (egg, 92, 214, 1.1),
        (tomato, 128, 238, 1.1),
        (chicken, 306, 214, 1.35),
        (herb, 268, 238, 1.3),
        (cucumber, 170, 246, 1),
        (emping, 232, 246, 0.9),
        (lettuce, 66, 232, 0.8),
        (lettuce, 334, 234, 0.8),
    ):
        put(c, bit, x, y, 0, size)


def fried_chicken(c: Canvas, look: Look) -> None:
    """Ayam ungkep: a whole spiced bird on a platter."""
    backdrop(c, look)
    shade(c, look, 200, 262, 160, 12)
    c.oval(200, 236, 164, 30, PUTIH)
    c.oval(200, 230, 146, 22, "#e6eae0")
    for x in (72, 108, 300, 336):
        put(c, lettuce, x, 226, 0, 1.2)
    c.shape(
        "M82 190c0-66 62-104 128-104c70 0 118 40 118 92c0 44-54 60-122 60S82 232 82 190z", "#c9821f"
    )
    c.shape("M92 184c4-56 60-90 118-90c62 0 106 34 106 80c-40-30-180-40-224 10z", "#eda93a")
    c.shape(
        "M232 196c0-34 44-50 70-28l46-34c10-6 20 6 12 14l-40 40c8 32-30 52-60 38c-18-8-28-16-28-30z",
        "#b8721a",
    )
    c.shape("M240 190c4-24 38-36 58-18l18 4c6 26-24 42-50 30c-14-6-22-10-26-16z", "#dd9630")
    c.dot(352, 140, 9, SANTAN)
    c.dot(358, 150, 8, SANTAN)
    c.shape("M118 170c20-26 66-22 84 4c-20 30-68 26-84-4z", "#dd9630")
    for x, y in ((140, 126), (178, 112), (214, 124), (250, 116), (160, 150), (280, 140)):
        c.line(f"M{x} {y}q6-6 12 0", "#a8601f", 3)
    put(c, cucumber, 140, 244, 0, 1)
    put(c, cucumber, 172, 250, 0, 1)
    put(c, tomato, 214, 248, 0, 1.1)


def egg_crust(c: Canvas, look: Look) -> None:
    """Kerak telor in its small pan, with coconut on top."""
    flat_lay(c, look)
    c.oval(196, 172, 128, 118, look.shadow, alpha=0.3)
    c.line("M296 150h84", "#3a2a20", 22)
    c.line("M330 150h50", KAYU, 16)
    c.dot(186, 156, 122, "#3a2a20")
    c.dot(186, 156, 110, "#54402f")
    c.shape(
        "M88 160c-4-54 44-100 98-98c58 0 104 44 100 98c-2 52-46 92-102 90c-54 0-94-40-96-90z",
        "#d98f2b",
    )
    c.shape(
        "M100 158c0-46 40-84 88-82c48 0 86 36 84 82c-2 42-40 78-86 76c-46 0-84-34-86-76z", "#f2b94a"
    )
    for _ in range(60):
        x, y = look.rng.randint(122, 250), look.rng.randint(96, 216)
        tone = look.rng.choice(("#b4651c", "#8a4b22", "#fff0c9", "#cf8a3a"))
        c.line(f"M{x} {y}q4-6 9-2", tone, 4)
    for x, y in ((150, 130), (214, 126), (186, 170), (150, 196), (226, 186)):
        c.line(f"M{x} {y}q8-8 16-1", "#5a2f16", 5)
    put(c, herb, 180, 118, 0, 1)
    put(c, egg, 342, 252, 0, 1.3)
    put(c, tomato, 50, 268, 0, 1.2)
