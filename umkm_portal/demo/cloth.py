"""Drawings of cloths, veils, bags, shoes and leather."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, Pattern, darker, lighter, mix
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    DAUN,
    GULA,
    KAYU,
    KUNYIT,
    PAIRS,
    PUTIH,
    SAGA,
    SANTAN,
    Look,
    backdrop,
    ceplok,
    flat_lay,
    flowers,
    kawung,
    knitted,
    patchwork,
    pucuk,
    shade,
    tenun,
    woven,
)
from umkm_portal.demo.wear import DENIM, DENIM_DARK, STITCH, batik_of

LEATHERS = ("#8a4d22", "#a5632e", "#6b3a1e", "#b4702f")


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


def veil(kind: str) -> Motif:
    """A head scarf on a stand, the folded ones beside; or a knitted under-cap."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        tone = look.main
        dark = darker(tone, 0.25)
        shade(c, look, 170, 262, 84)
        if kind == "ciput":
            path = "M76 210c-6-104 48-156 124-156s130 52 124 156c-30 30-218 30-248 0z"
            c.line(path, dark, 4)
            c.cloth(path, knitted(tone, lighter(tone, 0.2)), 14)
            c.shape("M68 204c44 34 220 34 264 0l4 40c-54 30-218 30-272 0z", dark)
            for x in range(84, 330, 14):
                c.line(f"M{x} 222v26", lighter(tone, 0.1), 4)
            c.dot(268, 214, 14, look.accent)
            return
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


def tote(kind: str) -> Motif:
    """A bag with two handles: woven strips, pandan, denim patches, or knitted with a cord."""

    def draw(c: Canvas, look: Look) -> None:
        backdrop(c, look)
        shade(c, look, 200, 264, 122, 11)
        body = "M98 108h204l18 146c0 6-4 10-10 10H90c-6 0-10-4-10-10z"
        handle = GULA if kind in {"pandan", "denim"} else darker(look.main, 0.25)
        if kind != "serut":
            c.line("M146 116c0-104 108-104 108 0", darker(handle, 0.3), 13)
        if kind == "pandan":
            c.cloth(body, woven("#a7b36a", "#d6d79a"), 36)
            c.cloth("M92 152h216l6 46H86z", woven(look.main, lighter(look.main, 0.25)), 36)
        elif kind == "denim":
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
        elif kind == "tenun":
            c.cloth(body, tenun(look.main, look.accent), 40)
        else:
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
        if kind != "serut":
            c.box(94, 100, 212, 16, handle, 6)
            c.line("M146 112c0-96 108-96 108 0", handle, 11)
            c.dot(146, 110, 7, KUNYIT)
            c.dot(254, 110, 7, KUNYIT)
        else:
            c.gigi(112, 214, 176, look.accent, 14)

    return draw


def leather(kind: str) -> Motif:
    """Wallet, belt, shoulder bag."""

    def draw(c: Canvas, look: Look) -> None:
        tone = look.rng.choice(LEATHERS)
        light, dark = lighter(tone, 0.16), darker(tone, 0.35)
        if kind == "tas":
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
            return
        flat_lay(c, look)
        if kind == "sabuk":
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
            return
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

    return draw


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
