"""Drawings of what is packed: bottles, jars, pouches, cups."""

from __future__ import annotations

from collections.abc import Sequence

from umkm_portal.demo.bits import Bit
from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    HIJAU,
    KUNYIT,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    backdrop,
    shade,
)


def put(c: Canvas, bit: Bit, x: float, y: float, turn: float = 0, scale: float = 1) -> None:
    with c.moved(x, y, turn, scale):
        bit(c)


def beside(c: Canvas, look: Look, bits: Sequence[Bit], y: float = 244) -> None:
    """One or two things lying left and right of the product."""
    for i, (x, turn) in enumerate(((62, -12), (338, 14), (98, 20))):
        if i < 2 or look.rng.random() < 0.5:
            put(
                c,
                bits[i % len(bits)],
                x,
                y + (16 if i == 2 else 0),
                turn + look.rng.randint(-9, 9),
                1.25,
            )


def jar(content: str, *bits: Bit) -> Motif:
    """A jar under a cloth, tied: sambal, spread."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 260, 94)
        c.box(126, 100, 148, 160, darker(content, 0.12), 20)
        c.box(134, 104, 132, 150, content, 16)
        c.box(138, 112, 10, 136, lighter(content, 0.3), 5)
        for _ in range(9):
            c.dot(
                look.rng.randint(156, 256),
                look.rng.choice((124, 132, 244, 250)),
                3,
                lighter(content, 0.45),
            )
        c.box(126, 148, 148, 84, PUTIH)
        c.gigi(126, 148, 148, look.main, 12.3)
        put(c, bits[0], 200, 198, look.rng.randint(-12, 12), 0.95)
        c.shape(_CLOTH, look.main)
        for i in range(5):
            c.dot(144 + 28 * i, 76 if i % 2 else 88, 6, look.accent)
        c.box(118, 98, 164, 8, look.accent if look.accent != PUTIH else SAGA, 3)
        beside(c, look, bits)

    return draw


_CLOTH = (
    "M112 70c0-8 6-14 14-14h148c8 0 14 6 14 14l10 36c-16 8-26-4-38 2c-12 6-24 6-36 0"
    "c-12-6-24-6-36 0c-12 6-22 6-34-2c-12-6-24 6-50 0z"
)


def cookie_jar(bit: Bit, ground: str = "#f7dfb5") -> Motif:
    """A clear jar (toples) full of biscuits, a red or green lid, some in front."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 196, 262, 104)
        c.box(104, 82, 184, 178, mix(look.ground, PUTIH, 0.75), 26)
        c.box(112, 96, 168, 158, ground, 20)
        for row in range(5):
            for col in range(5):
                x = 128 + col * 34 + (row % 2) * 8 - 2
                put(c, bit, min(x, 264), 114 + row * 31, look.rng.randint(-40, 40), 0.84)
        c.box(112, 92, 12, 156, PUTIH, 6, 0.55)
        c.box(146, 146, 100, 72, SANTAN, 8)
        c.gigi(146, 148, 100, look.main, 12.5)
        c.box(164, 184, 64, 7, look.main, 3)
        c.box(178, 198, 36, 5, look.accent if look.accent not in (SANTAN, PUTIH) else KUNYIT, 2)
        c.box(94, 48, 204, 40, look.main, 12)
        c.box(94, 74, 204, 8, darker(look.main))
        c.box(166, 36, 60, 16, darker(look.main, 0.12), 8)
        put(c, bit, 330, 250, 10, 1.25)
        put(c, bit, 64, 254, -20, 1.25)
        put(c, bit, 352, 226, -30, 1.1)

    return draw


def pouch(bit: Bit, tone: str = "", *, window: bool = True) -> Motif:
    """A standing pouch; its contents in a window and strewn around."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        body = tone or look.main
        band = look.accent if look.accent not in (body, SANTAN, PUTIH) else SAGA
        lean = look.rng.choice((-1, 1))
        with c.moved(200, 150, 0, 1, lean), c.moved(-206, -150):
            shade(c, look, 214, 268, 106)
            c.shape("M126 48l176-8l10 118l-6 104c0 6-4 8-10 8l-162 2c-6 0-10-4-10-8l-4-106z", body)
            c.shape("M126 48l32-1l-8 109l6 116h-22c-6 0-10-4-10-8l-4-106z", darker(body, 0.14))
            c.shape("M126 36l176-8v22l-176 8z", band)
            c.line("M140 46l150-7", lighter(band, 0.4), 2, dash=4)
            c.shape("M146 92h136v74c0 38-32 62-68 62s-68-24-68-62z", SANTAN)
            c.box(162, 106, 104, 14, look.main if tone else band, 4)
            c.box(178, 127, 72, 8, HIJAU if body != HIJAU else SAGA, 3)
        mid = 200 + lean * 8
        put(c, bit, mid - 22, 178, -14, 0.95)
        put(c, bit, mid + 22, 186, 18, 0.95)
        if window:
            put(c, bit, mid, 200, 4, 0.8)
        for x, y, turn in ((66, 252, -12), (44, 218, 30), (346, 250, 20), (92, 272, 44)):
            put(c, bit, x, y, turn + look.rng.randint(-15, 15), 1.3)

    return draw


def sachet(bit: Bit, tone: str) -> Motif:
    """A flat bag (frozen food, spice paste) with a clear front, food lined up before it."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        turn = look.rng.choice((-3, 3))
        shade(c, look, 200, 262, 122)
        with c.moved(200, 148, turn):
            c.box(-104, -112, 208, 222, darker(tone, 0.08), 10)
            c.box(-104, -112, 208, 34, look.main, 10)
            c.gigi(-104, -84, 208, look.main, 13)
            c.box(-60, -104, 120, 10, SANTAN, 4)
            c.box(-88, -52, 176, 148, mix(tone, PUTIH, 0.7), 14)
            for row in range(3):
                for col in range(3):
                    put(c, bit, -54 + col * 54, -22 + row * 46, look.rng.randint(-12, 12), 1.08)
            c.shape("M-88-38q0-14 14-14h40l-54 62z", PUTIH, 0.5)
            c.box(-104, 100, 208, 10, darker(look.main, 0.1), 5)
        put(c, bit, 54, 252, -8, 1.3)
        put(c, bit, 348, 254, 10, 1.3)

    return draw
