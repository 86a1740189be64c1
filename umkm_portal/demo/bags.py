"""Drawings of bags, leather and shoes."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    GULA,
    KUNYIT,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    backdrop,
    flat_lay,
    flowers,
    knitted,
    shade,
    tenun,
    woven,
)
from umkm_portal.demo.wear import DENIM, DENIM_DARK, STITCH

LEATHERS = ("#8a4d22", "#a5632e", "#6b3a1e", "#b4702f")


def tote(kind: str) -> Motif:
    """A bag with two handles: plaited pandan, denim patches, or woven cloth."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 264, 122, 11)
        body = "M98 108h204l18 146c0 6-4 10-10 10H90c-6 0-10-4-10-10z"
        handle = darker(look.main, 0.25) if kind == "tenun" else GULA
        c.line("M146 116c0-104 108-104 108 0", darker(handle, 0.3), 13)
        if kind == "pandan":
            c.cloth(body, woven("#a7b36a", "#d6d79a"), 36)
            c.cloth("M92 152h216l6 46H86z", woven(look.main, lighter(look.main, 0.25)), 36)
        elif kind == "denim":
            _denim_patches(c, body)
        else:
            c.cloth(body, tenun(look.main, look.accent), 40)
        c.box(94, 100, 212, 16, handle, 6)
        c.line("M146 112c0-96 108-96 108 0", handle, 11)
        c.dot(146, 110, 7, KUNYIT)
        c.dot(254, 110, 7, KUNYIT)

    return draw


def _denim_patches(c: Canvas, body: str) -> None:
    """Six scraps of worn jeans, sewn on."""
    c.shape(body, DENIM)
    for i, tone in enumerate(
        (
            DENIM_DARK,
            lighter(DENIM, 0.3),
            lighter(DENIM, 0.12),
            DENIM_DARK,
            lighter(DENIM, 0.4),
            DENIM,
        )
    ):
        c.box(104 + i % 3 * 66, 136 + i // 3 * 62, 62, 58, tone, 3)
        c.line(f"M{110 + i % 3 * 66} {142 + i // 3 * 62}h50v46h-50z", STITCH, 2, dash=4)


def drawstring_bag(c: Canvas, look: Look) -> None:
    """A knitted bag, drawn shut with a cord."""
    backdrop(c, look)
    shade(c, look, 200, 264, 122, 11)
    body = "M124 96q76 24 152 0c40 40 62 150 24 160H100c-38-10-16-120 24-160z"
    c.cloth(body, knitted(look.main, lighter(look.main, 0.2)), 14)
    c.shape(
        "M124 96c-14-30-4-44 8-54q68 26 136 0c12 10 22 24 8 54q-76 24-152 0z",
        lighter(look.main, 0.12),
    )
    c.line("M124 96q76 24 152 0", look.accent, 8)
    c.line("M150 104c-30 30-34 60-28 86M250 104c24 34 26 50 22 74", look.accent, 5)
    c.dot(122, 194, 11, look.accent)
    c.dot(272, 182, 11, look.accent)
    c.gigi(112, 214, 176, look.accent, 14)


def shoulder_bag(c: Canvas, look: Look) -> None:
    """A leather bag with a flap."""
    tone = look.rng.choice(LEATHERS)
    light, dark = lighter(tone, 0.16), darker(tone, 0.35)
    backdrop(c, look)
    shade(c, look, 200, 262, 118, 11)
    c.line("M108 130C70-30 330-30 292 130", dark, 11)
    c.line("M108 130C70-30 330-30 292 130", light, 3, dash=7)
    c.box(84, 112, 232, 148, tone, 26)
    c.shape(
        "M84 138c0-16 10-26 26-26h180c16 0 26 10 26 26c0 60-50 78-116 78S84 198 84 138z",
        light,
    )
    c.line("M92 138c0 52 46 70 108 70c62 0 108-18 108-70", STITCH, 2.5, dash=6)
    c.line("M96 244h208", STITCH, 2.5, dash=6)
    c.box(180, 184, 40, 50, dark, 8)
    c.dot(200, 216, 9, KUNYIT)


def belt(c: Canvas, look: Look) -> None:
    """A rolled leather belt and its buckle."""
    tone = look.rng.choice(LEATHERS)
    dark = darker(tone, 0.35)
    flat_lay(c, look)
    c.dot(202, 166, 108, look.shadow, 0.3)
    for radius, ring in ((112, dark), (106, tone), (82, dark), (76, look.second)):
        c.dot(200, 132, radius, ring)
    c.box(70, 214, 274, 46, dark, 20)
    c.box(70, 214, 274, 40, tone, 20)
    c.line("M150 221h180M150 247h180", STITCH, 2, dash=6)
    for x in (236, 262, 288, 314):
        c.oval(x, 234, 4.5, 4.5, dark)
    c.line("M82 202h64v64h-64z", "#d9a23a", 13)
    c.line("M82 202h64v64h-64z", KUNYIT, 8)
    c.line("M112 234h58", KUNYIT, 7)
    c.box(176, 208, 20, 52, darker(tone, 0.2), 4)


def wallet(c: Canvas, look: Look) -> None:
    """A folded leather wallet with cards."""
    tone = look.rng.choice(LEATHERS)
    light, dark = lighter(tone, 0.16), darker(tone, 0.35)
    flat_lay(c, look)
    c.box(72, 66, 276, 184, look.shadow, 18, 0.3)
    c.box(62, 54, 276, 184, dark, 18)
    c.box(62, 54, 276, 178, tone, 18)
    c.line("M74 66h252v154h-252z", STITCH, 2.5, dash=6)
    c.shape("M198 54h140v178h-140c12-50 12-130 0-178z", light)
    c.line("M200 58c12 50 12 126 0 170", dark, 4)
    for i, card in enumerate((look.accent, PUTIH, look.main)):
        c.box(96, 88 + i * 28, 82, 24, card, 4)
        c.box(88, 104 + i * 28, 98, 100 - i * 20, mix(tone, dark, 0.15 * (i + 1)), 6)
    c.shape("M290 204l16 10l-16 10l-16-10z", KUNYIT)


def coin_purse(c: Canvas, look: Look) -> None:
    flat_lay(c, look)
    c.shape("M66 108h280c30 60 14 164-30 164H96c-44 0-60-104-30-164z", look.shadow, 0.3)
    c.cloth(
        "M60 96h280c30 60 14 164-30 164H90c-44 0-60-104-30-164z", tenun(look.main, look.accent), 40
    )
    c.shape("M52 100c0-46 296-46 296 0q-148 34-296 0z", "#d9a23a")
    c.shape("M66 98c10-30 258-30 268 0q-134 26-268 0z", KUNYIT)
    c.dot(190, 56, 13, "#d9a23a")
    c.dot(212, 56, 13, KUNYIT)
    for x, y in ((330, 268), (358, 250)):
        c.dot(x, y, 20, "#d9a23a")
        c.dot(x, y, 14, "#f3d27a")


def shoes(kind: str) -> Motif:
    """A pair: painted canvas shoes, men's pantofel, women's leather sandals."""

    def draw(c: Canvas, look: Look) -> None:
        if kind == "sandal":
            flat_lay(c, look)
            for x, mirror in ((132, 1), (268, -1)):
                with c.moved(x, 154, 8 * -mirror, 1, mirror):
                    c.oval(10, 14, 56, 122, look.shadow, alpha=0.28)
                    c.shape(
                        "M-46-108c14-22 78-22 92 0c16 26 6 74-2 112c-6 30-4 58-10 82c-6 20-62 20-68 0c-6-24-4-52-10-82c-8-38-18-86-2-112z",
                        GULA,
                    )
                    c.shape(
                        "M-36-96c12-16 60-16 72 0c12 22 4 66-3 102c-6 28-4 54-9 74c-4 12-44 12-48 0c-5-20-3-46-9-74c-7-36-15-80-3-102z",
                        "#e0b787",
                    )
                    c.shape("M-54-34c30-34 80-34 108 0l-5 34c-30-26-68-26-98 0z", look.main)
                    c.line("M0-92q-10 40 0 50M-46-24c30-24 62-24 92 0", look.main, 11)
                    c.line("M-46-14c30-22 62-22 92 0", SANTAN, 3, dash=5)
                    c.dot(0, -36, 13, look.accent)
                    c.dot(0, -36, 6, SANTAN)
            return
        backdrop(c, look)
        shade(c, look, 200, 258, 170, 11)
        for x, y, size in ((38, -34, 0.92), (0, 0, 1)):
            with c.moved(x, y, 0, size):
                if kind == "kanvas":
                    _canvas_shoe(c, look)
                else:
                    _oxford(c, "#8a5a33" if x else "#5f3117")

    return draw


def _canvas_shoe(c: Canvas, look: Look) -> None:
    upper = "M52 228V138c0-22 66-26 84-8c14 16 40 34 82 42c60 10 112 10 124 56z"
    c.line(upper, darker(look.main, 0.3), 4)
    c.cloth(upper, flowers(look.main, look.accent), 44)
    c.shape("M292 228c2-30 14-38 28-34c14 8 20 18 22 34z", PUTIH)
    c.line("M140 140l34 34M160 128l-8 38M184 158l-18 30M206 168l-16 26", PUTIH, 6)
    c.shape("M52 138c0-22 66-26 84-8l-6 16c-24-10-54-6-78 8z", darker(look.main, 0.35))
    c.box(42, 226, 312, 30, PUTIH, 12)
    c.box(46, 234, 304, 7, SAGA)
    c.box(46, 250, 304, 7, "#cfd5cc", 3)


def _oxford(c: Canvas, tone: str) -> None:
    c.shape("M52 232V142c0-24 62-24 84-8c20 20 42 40 84 48c66 12 116 14 128 50z", tone)
    c.shape("M52 156c30-10 60 10 64 76h-64z", lighter(tone, 0.12))
    c.shape("M230 184c60 12 106 14 118 48h-90c-2-18-12-34-28-48z", lighter(tone, 0.2))
    c.shape("M52 142c0-24 62-24 84-8l-8 18c-24-12-52-8-76 8z", darker(tone, 0.5))
    c.line("M146 148l22-12M164 162l22-12M184 174l20-11", SANTAN, 5)
    c.oval(312, 210, 16, 5, PUTIH, turn=18, alpha=0.5)
    c.box(42, 230, 312, 14, darker(tone, 0.6), 6)
    c.box(46, 242, 78, 16, darker(tone, 0.6), 3)
