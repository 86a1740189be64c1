"""Drawings of keepsakes and paper: ondel-ondel, masks, notebooks, gifts, cards."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    BUNGA,
    DAUN,
    HIJAU,
    KAYU,
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
)


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
