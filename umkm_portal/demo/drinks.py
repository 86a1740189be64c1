"""Drawings of bottles, cups, honey, coffee and tea."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, sin, tau

from umkm_portal.demo.bits import Bit
from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.food import beside, put
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    BUNGA,
    DAUN,
    KAYU,
    KUNYIT,
    PUTIH,
    SANTAN,
    Look,
    backdrop,
    label,
    shade,
)


def bottle(liquid: str, *bits: Bit, glass: bool = True, tall: bool = True) -> Motif:
    """A bottle with its label; with a glass of it beside."""
    tall_path = "M184 58h32v32c0 14 32 20 32 46v106c0 8-6 14-14 14h-68c-8 0-14-6-14-14V136c0-26 32-32 32-46z"
    wide_path = "M172 74h56v18c0 10 28 14 28 38v112c0 8-6 14-14 14h-84c-8 0-14-6-14-14V130c0-24 28-28 28-38z"
    path = tall_path if tall else wide_path

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        with c.moved(-34 if glass else 0, 0):
            shade(c, look, 200, 256, 68)
            c.shape(path, darker(liquid, 0.2))
            with c.moved(200, 157, 0, 0.93), c.moved(-200, -157):
                c.shape(path, liquid)
            c.box(152 if tall else 146, 150, 9, 92, lighter(liquid, 0.22), 4)
            if tall:
                c.box(180, 36, 40, 24, look.main, 4)
                c.box(180, 52, 40, 5, look.accent)
            else:
                c.box(164, 54, 72, 24, look.main, 5)
                c.box(164, 70, 72, 5, look.accent)
            label(c, look, 152 if tall else 144, 150, 96 if tall else 112, 74)
        if glass:
            _glass(c, look, liquid)
            put(c, bits[0], 68, 240, -8, 1.2)
        else:
            beside(c, look, bits)

    return draw


def _glass(c: Canvas, look: Look, liquid: str) -> None:
    with c.moved(26, 4):
        shade(c, look, 277, 252, 46, 8)
        c.shape("M238 150h78l-10 92c-1 6-6 10-12 10h-34c-6 0-11-4-12-10z", PUTIH, 0.75)
        c.shape("M242 176h70l-7 64c-1 4-4 6-8 6h-40c-4 0-7-2-8-6z", lighter(liquid, 0.08))
        c.shape("M242 176h70l-1 9h-68z", lighter(liquid, 0.3))
        for x, y in ((256, 200), (280, 212), (263, 228)):
            c.box(x, y, 17, 15, lighter(liquid, 0.4), 3, 0.8)
        c.line("M298 178l24-58", look.main, 6)


def coffee_pouch(bit: Bit, tone: str) -> Motif:
    """A folded bag with a cup of what it makes, steaming."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        bag = look.main
        shade(c, look, 158, 262, 86)
        c.shape("M96 66h128l12 40l-4 150c0 4-4 6-8 6H96c-4 0-8-2-8-6l-4-150z", darker(bag, 0.12))
        c.shape("M116 66h108l12 40l-4 150c0 4-4 6-8 6H112z", bag)
        c.box(94, 48, 132, 22, darker(bag, 0.3), 3)
        c.gigi(94, 68, 132, look.accent, 12)
        c.box(112, 124, 96, 96, SANTAN, 6)
        put(c, bit, 160, 172, 0, 1.55)
        c.oval(304, 266, 64, 9, look.shadow, alpha=0.3)
        c.oval(304, 262, 60, 8, PUTIH)
        c.line("M344 202c30-6 30 38-6 34", PUTIH, 10)
        c.shape("M262 186h84v38c0 24-18 38-42 38s-42-14-42-38z", PUTIH)
        c.shape("M262 200h84v6H262z", look.main)
        c.oval(304, 187, 42, 11, "#ecece4")
        c.oval(304, 188, 35, 8, tone)
        c.line("M290 168c-8-12 8-16 0-30M314 168c-8-12 8-16 0-30", PUTIH, 6, alpha=0.8)
        put(c, bit, 52, 252, 20, 1.1)
        put(c, bit, 72, 274, -30, 1)

    return draw


def tea_box(bit: Bit) -> Motif:
    """A carton with tea bags before it."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 190, 258, 110)
        c.shape("M92 88l40-32h176l-40 32z", lighter(look.main, 0.25))
        c.shape("M268 88l40-32v164l-40 36z", darker(look.main, 0.25))
        c.box(92, 88, 176, 168, look.main)
        c.gigi(92, 88, 176, look.accent, 12.6)
        c.dot(180, 172, 54, SANTAN)
        put(c, bit, 180, 172, 0, 1.7)
        for x, y, turn in ((330, 238, 8), (284, 258, -8)):
            with c.moved(x, y, turn):
                c.line("M0-26c-6-26 20-26 12-50", TEA_STRING, 2)
                c.box(4, -88, 18, 16, BUNGA, 2)
                c.shape("M-16-16l8-10h16l8 10v38h-32z", "#f4ead6")
                c.box(-10, -6, 20, 22, "#c9a57a", 3)
        put(c, bit, 54, 250, -20, 1.2)

    return draw


TEA_STRING = "#8d8067"


def cup(layers: Sequence[str], bit: Bit, *, straw: bool = True) -> Motif:
    """A clear cup with layers of drink or fruit, seen from the side."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 262, 76)
        if straw:
            c.line("M214 96l30-80", look.main, 11)
            c.line("M214 96l30-80", lighter(look.main, 0.3), 3)
        c.shape("M116 84h168l-20 162c-2 10-8 16-18 16h-92c-10 0-16-6-18-16z", PUTIH, 0.8)
        top = 104.0
        step = 146 / len(layers)
        for i, tone in enumerate(layers):
            y = top + i * step
            left, right = 121 + (y - 84) * 0.115, 279 - (y - 84) * 0.115
            c.shape(
                f"M{left} {y}H{right}L{right - step * 0.115} {y + step + 1}H{left + step * 0.115}z",
                tone,
            )
        for _ in range(10):
            c.dot(look.rng.randint(150, 250), look.rng.randint(130, 236), 6, PUTIH, 0.5)
        c.shape("M128 100l12 0l14 148h-10z", PUTIH, 0.5)
        c.oval(200, 86, 88, 15, mix(look.ground, PUTIH, 0.8))
        c.oval(200, 86, 78, 11, layers[0])
        for i in range(3):
            put(c, bit, 160 + 40 * i, 82, i * 40, 0.75)
        put(c, bit, 66, 250, -10, 1.3)
        put(c, bit, 336, 252, 14, 1.3)

    return draw


def honey(c: Canvas, look: Look) -> None:
    """A round honey jar and the wooden dipper."""
    backdrop(c, look)
    shade(c, look, 180, 260, 90)
    c.shape(
        "M120 96h120c34 20 40 52 40 84c0 48-22 80-50 80H130c-28 0-50-32-50-80c0-32 6-64 40-84z",
        "#d98a1f",
    )
    c.shape(
        "M124 104h112c28 18 34 46 34 74c0 44-20 74-44 74h-92c-24 0-44-30-44-74c0-28 6-56 34-74z",
        "#f2a72b",
    )
    c.oval(112, 176, 10, 44, "#ffd37a", alpha=0.8)
    for i in range(7):
        x, y = 180 + 42 * cos(tau * i / 6), 180 + 42 * sin(tau * i / 6)
        at = (180, 180) if i == 6 else (x, y)
        hexagon = " ".join(
            f"{'M' if k == 0 else 'L'}{at[0] + 22 * cos(tau * (k + 0.5) / 6)} {at[1] + 22 * sin(tau * (k + 0.5) / 6)}"
            for k in range(6)
        )
        c.shape(hexagon + "z", "#ffd37a" if i % 2 else SANTAN)
    c.box(112, 66, 136, 36, look.main, 8)
    c.gigi(112, 98, 136, look.main, 11)
    c.line("M330 60L300 196", KAYU, 11)
    for i in range(5):
        c.box(280 - i % 2 * 3, 188 + i * 13, 44 + i % 2 * 6, 10, "#b87440", 5)
    c.shape("M290 252c-2 14 22 14 20 0z", "#f2a72b")
    c.oval(302, 264, 34, 6, "#f2a72b")


def pitcher(c: Canvas, look: Look) -> None:
    """Air freshener: a small flask with reeds and jasmine."""
    backdrop(c, look)
    shade(c, look, 200, 258, 74)
    for x, turn in ((188, -16), (196, -6), (204, 4), (212, 15), (200, 24)):
        with c.moved(x, 130, turn):
            c.line("M0 20v-112", "#a5703a", 4.5)
    c.box(178, 110, 44, 30, look.main, 4)
    c.box(134, 134, 132, 122, mix(PUTIH, look.second, 0.25), 22)
    c.box(142, 176, 116, 74, mix("#f7dfa6", look.second, 0.2), 18)
    c.box(146, 146, 9, 96, PUTIH, 4, 0.7)
    c.box(166, 168, 68, 62, SANTAN, 6)
    c.gigi(166, 170, 68, look.main, 11)
    c.box(178, 202, 44, 6, look.main, 3)
    for x, y in ((92, 244), (314, 238), (336, 258), (64, 262)):
        for turn in range(0, 360, 72):
            with c.moved(x, y, turn):
                c.oval(0, -10, 6, 9, PUTIH)
        c.dot(x, y, 4.5, KUNYIT)
        c.oval(x + 18, y + 8, 11, 5, DAUN, turn=20)
