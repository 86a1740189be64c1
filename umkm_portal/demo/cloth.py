"""Drawings of cloths, veils, bags, shoes and leather."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, Pattern, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    GULA,
    KAYU,
    KUNYIT,
    PAIRS,
    SANTAN,
    Look,
    backdrop,
    ceplok,
    flowers,
    kawung,
    knitted,
    patchwork,
    pucuk,
    shade,
    tenun,
)
from umkm_portal.demo.wear import batik_of


def folded_cloths(c: Canvas, look: Look) -> None:
    """Three folded cloths under a paper band."""
    backdrop(c, look)
    shade(c, look, 200, 256, 150, 11)
    pairs = look.rng.sample(PAIRS, 3)
    makers = [ceplok, pucuk, kawung]
    look.rng.shuffle(makers)
    sizes = {ceplok: 36.0, pucuk: 26.0, kawung: 28.0}
    for i, (x, y) in enumerate(((72, 188), (84, 124), (72, 60))):
        first, second = pairs[i]
        c.shape(f"M{x} {y}c-14 0-22 12-22 32s8 32 22 32h20v-64z", darker(first, 0.35))
        path = f"M{x} {y}h{250 - (y % 7)}c12 0 20 12 20 32c0 20-8 32-20 32h-{250 - (y % 7)}c-8-16-8-48 0-64z"
        c.cloth(path, makers[i](first, second), sizes[makers[i]])
    c.box(226, 52, 56, 206, SANTAN)
    c.box(226, 134, 56, 46, look.main)
    c.box(238, 147, 32, 6, KUNYIT)
    c.box(244, 160, 20, 6, KUNYIT)


def hanging_scarf(kind: str) -> Motif:
    """A long shawl over a rail, fringed."""

    def draw(c: Canvas, look: Look) -> None:
        c.box(0, 0, 400, 300, look.ground)
        c.box(0, 0, 400, 54, look.second)
        c.line("M40 44h320", GULA, 9)
        c.dot(40, 44, 9, KAYU)
        c.dot(360, 44, 9, KAYU)
        pattern: Pattern
        if kind == "tenun":
            pattern, size = tenun(look.main, look.accent), 40.0
        else:
            pattern, size = batik_of(look)
        c.shape("M112 40h110v214h-110z", look.shadow, 0.25)
        for x, top, bottom, width in ((176, 40, 214, 110), (104, 34, 258, 112)):
            c.cloth(
                f"M{x} {top}h{width}c6 60-4 130 4 {bottom - top - 8}q-{width / 2 + 4} 16-{width + 8} 0c8-90-2-150 4-{bottom - top - 8}z",
                pattern,
                size,
            )
            c.box(x - 3, bottom - 24, width + 7, 12, look.accent)
            for step in range(9):
                at = x + 2 + step * width / 8.4
                c.line(f"M{at} {bottom}v24", look.accent, 3.5)
            c.line(
                f"M{x + width * 0.3} {top + 10}q6 70-2 {bottom - top - 50}M{x + width * 0.7} {top + 10}q-6 80 4 {bottom - top - 50}",
                darker(look.main, 0.4),
                3,
                alpha=0.35,
            )

    return draw


def under_cap(c: Canvas, look: Look) -> None:
    """A knitted cap for under the veil."""
    backdrop(c, look)
    tone = look.main
    dark = darker(tone, 0.25)
    shade(c, look, 200, 262, 130)
    path = "M76 210c-6-104 48-156 124-156s130 52 124 156c-30 30-218 30-248 0z"
    c.line(path, dark, 4)
    c.cloth(path, knitted(tone, lighter(tone, 0.2)), 14)
    c.shape("M68 204c44 34 220 34 264 0l4 40c-54 30-218 30-272 0z", dark)
    for x in range(84, 330, 14):
        c.line(f"M{x} 222v26", lighter(tone, 0.1), 4)
    c.dot(268, 214, 14, look.accent)


def veil(kind: str) -> Motif:
    """A head scarf on a stand, the folded ones beside."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        tone = look.main
        dark = darker(tone, 0.25)
        shade(c, look, 170, 262, 84)
        c.box(150, 214, 40, 44, KAYU)
        c.oval(170, 260, 56, 9, KAYU)
        if kind == "segi":
            c.shape(
                "M92 150c-8-88 34-122 78-122s86 34 78 122c14 40 22 66 26 88q-104 30-208 0c4-22 12-48 26-88z",
                tone,
            )
        else:
            c.shape(
                "M92 150c-8-88 34-122 78-122s86 34 78 122c24 30 30 62 26 84q-104 44-208 0c-4-22 2-54 26-84z",
                tone,
            )
        c.shape("M122 112c0-76 96-76 96 0c0 66-24 78-48 78s-48-12-48-78z", dark)
        c.oval(170, 116, 40, 56, mix("#d9a77c", look.ground, 0.35))
        c.shape(
            "M126 130c-10 50 16 70 60 92c40-30 38-60 32-92c-8 40-22 58-46 60c-24-2-38-20-46-60z",
            lighter(tone, 0.16),
        )
        c.line("M128 158c8 40 34 56 62 66M100 176c4 30 16 50 40 62", dark, 3)
        if kind == "segi":
            c.cloth("M96 206l64 50l66-46l44 28q-104 30-204 0z", flowers(tone, look.accent), 44)
        else:
            c.line("M70 226q100 40 200 0", look.accent, 5)
        c.dot(186, 216, 7, KUNYIT)
        for i, (first, second) in enumerate(look.rng.sample(PAIRS, 3)):
            c.box(290, 226 - i * 26, 84, 24, first, 10)
            c.box(294, 238 - i * 26, 80, 4, second)
        shade(c, look, 332, 254, 46, 6)

    return draw


def baby_cap(c: Canvas, look: Look) -> None:
    backdrop(c, look)
    shade(c, look, 200, 258, 118)
    for x in (92, 308):
        c.shape(f"M{x - 26} 190q26-20 52 0v40q-26 44-52 0z", darker(look.main, 0.12))
        c.line(f"M{x} 240v26", look.accent, 5)
        c.dot(x, 270, 9, look.accent)
    path = "M82 214c-4-100 44-146 118-146s122 46 118 146q-118 30-236 0z"
    c.line(path, darker(look.main, 0.3), 4)
    c.cloth(path, knitted(look.main, lighter(look.main, 0.25)), 14)
    c.shape("M72 204q128 34 256 0v38q-128 34-256 0z", look.accent)
    for x in range(84, 326, 15):
        c.line(f"M{x} 216v32", darker(look.accent, 0.14), 4)
    c.dot(200, 58, 34, lighter(look.accent, 0.1))
    for turn in range(0, 360, 20):
        with c.moved(200, 58, turn):
            c.line("M0-18v-18", look.accent, 5)


def quilt(c: Canvas, look: Look) -> None:
    """A patchwork blanket, folded, one corner turned."""
    backdrop(c, look)
    shade(c, look, 200, 264, 160, 11)
    scraps = patchwork(look)
    c.cloth(
        "M52 92c0-12 10-20 22-20h252c12 0 22 8 22 20v148c0 14-10 22-22 22H74c-12 0-22-8-22-22z",
        scraps,
        80,
    )
    c.line("M60 250h280", SANTAN, 9)
    c.line("M52 168c90 14 206 14 296 0", darker(look.main, 0.5), 5, alpha=0.4)
    c.shape("M348 72v96l-96-96z", look.accent)
    c.shape("M252 72c30 24 28 60 26 78c24-2 54 0 70 18z", lighter(look.accent, 0.3))
    c.line("M256 80c24 24 24 48 22 66c22-2 46 2 62 14", look.main, 3, dash=5)


def apron(c: Canvas, look: Look) -> None:
    c.box(0, 0, 400, 300, look.ground)
    c.box(0, 0, 400, 54, look.second)
    c.line("M200 22v-22", GULA, 7)
    c.dot(200, 24, 9, KAYU)
    c.line("M154 82C150 20 250 20 246 82", look.accent, 8)
    c.line("M100 158C70 168 60 190 54 226M300 158c30 10 40 32 46 68", look.accent, 8)
    body = "M150 76h100c4 44 20 66 52 78v114c0 12-8 18-18 18H116c-10 0-18-6-18-18V154c32-12 48-34 52-78z"
    c.line(body, darker(look.main, 0.4), 5)
    c.cloth(body, patchwork(look), 80)
    c.box(136, 186, 128, 66, look.main, 8)
    c.line("M144 194h112v50h-112z", SANTAN, 2.5, dash=5)
    c.line("M200 190v58", SANTAN, 3)
    c.gigi(150, 76, 100, look.accent, 12.5)
