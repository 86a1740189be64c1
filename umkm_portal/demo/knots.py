"""Drawings of beads and knots: necklaces, bracelets, earrings, macramé."""

from __future__ import annotations

from math import cos, sin, tau

from umkm_portal.demo.canvas import Canvas, darker, lighter
from umkm_portal.demo.scene import (
    DAUN,
    KAYU,
    KAYU_MUDA,
    KUNYIT,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    flat_lay,
)

ROPE, ROPE_DARK = "#f1e2c3", "#cdb489"


def _beads(look: Look) -> list[str]:
    warm = look.accent if look.accent != SANTAN else KUNYIT
    return [look.main, warm, SAGA, "#d9a23a", DAUN]


def necklace(c: Canvas, look: Look) -> None:
    """A string of beads on a bust."""
    flat_lay(c, look)
    beads = _beads(look)
    c.shape(
        "M136 300c-4-70 30-84 30-130V96h84v74c0 46 104 40 126 130z",
        look.shadow,
        0.2,
    )
    c.shape("M40 300c20-90 122-80 122-130V86h76v84c0 50 102 40 122 130z", SANTAN)
    c.oval(200, 86, 38, 9, KAYU)
    c.box(192, 62, 16, 22, KAYU, 5)
    for i in range(25):
        t = 2 * i / 24 - 1
        x = 200 + 62 * (1 - abs(t) ** 2.6 * 0.42) * sin(t * tau / 4)
        y = 122 + 134 * cos(t * tau / 4)
        size = 6.5 + 6 * (1 - abs(t))
        c.dot(x, y, size, beads[i % 5])
        c.dot(x - size * 0.3, y - size * 0.3, size * 0.28, PUTIH, 0.7)
    c.shape("M200 258l18 20l-18 22l-18-22z", "#d9a23a")
    c.dot(200, 278, 6, look.main)


def bracelets(c: Canvas, look: Look) -> None:
    """Three rings of beads."""
    flat_lay(c, look)
    beads = _beads(look)
    for k, (x, y, radius) in enumerate(((136, 124, 74), (262, 136, 74), (196, 196, 74))):
        c.line(_ring(x + 5, y + 8, radius), look.shadow, 16, alpha=0.2)
        for i in range(24):
            angle = tau * i / 24
            bx, by = x + radius * cos(angle), y + radius * sin(angle)
            c.dot(bx, by, 10.5, darker(beads[(i + k) % 5] if i % 3 else beads[k], 0.15))
            c.dot(bx - 1, by - 1, 8.5, beads[(i + k) % 5] if i % 3 else beads[k])
            c.dot(bx - 3, by - 3, 2.4, PUTIH, 0.7)


def earrings(c: Canvas, look: Look) -> None:
    """A pair of hammered drops on their card."""
    flat_lay(c, look)
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


def _ring(x: float, y: float, radius: float) -> str:
    return "M" + "L".join(
        f"{x + radius * cos(tau * i / 40)} {y + radius * sin(tau * i / 40)}" for i in range(41)
    )


def wall_hanging(c: Canvas, look: Look) -> None:
    """Knotted cords on a stick."""
    c.box(0, 0, 400, 300, look.ground)
    c.dot(200, 150, 130, look.second)
    c.line("M118 58L200 8l82 50", ROPE_DARK, 4)
    c.line("M84 60h232", KAYU, 13)
    for i in range(17):
        x = 104 + i * 12
        end = 276 - abs(8 - i) * 11
        c.line(f"M{x} 62V{end}", ROPE_DARK if i % 2 else ROPE, 8)
    _diamonds(c)
    c.line("M104 150L200 236L296 150", look.main, 7)


def _diamonds(c: Canvas) -> None:
    """Rows of knots, each shorter than the one above."""
    for row in range(5):
        for i in range(row % 2, 8 - row, 1):
            x = 116 + i * 24 + row * 12 - (row % 2) * 24
            if 108 < x < 296:
                c.shape(f"M{x} {76 + row * 24}l13 13l-13 13l-13-13z", ROPE)
                c.line(f"M{x - 8} {89 + row * 24}h16", ROPE_DARK, 3)


def plant_hanger(c: Canvas, look: Look) -> None:
    """A pot in its net."""
    c.box(0, 0, 400, 300, look.ground)
    c.dot(200, 150, 130, look.second)
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


def key_rings(c: Canvas, look: Look) -> None:
    """Two tassels on rings."""
    c.box(0, 0, 400, 300, look.ground)
    c.dot(200, 150, 130, look.second)
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
