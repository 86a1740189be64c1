"""Drawings of what is worn on the body: shirts, dresses, coats, trousers."""

from __future__ import annotations

from umkm_portal.demo.canvas import Canvas, Pattern, darker, lighter
from umkm_portal.demo.motif import Motif
from umkm_portal.demo.scene import (
    GULA,
    KUNYIT,
    PUTIH,
    SANTAN,
    Look,
    ceplok,
    flat_lay,
    kawung,
    pucuk,
    tenun,
    wardrobe,
)

DENIM, DENIM_DARK, STITCH = "#3f5f8f", "#2c4468", "#e8b163"


def fill(c: Canvas, path: str, tone: str, pattern: Pattern | None, size: float = 36) -> None:
    c.line(path, darker(tone, 0.35), 4)
    if pattern:
        c.cloth(path, pattern, size)
    else:
        c.shape(path, tone)


def batik_of(look: Look) -> tuple[Pattern, float]:
    return look.rng.choice(
        (
            (ceplok(look.main, look.accent), 36.0),
            (pucuk(look.main, look.accent), 26.0),
            (kawung(look.main, look.accent), 28.0),
        )
    )


def batik_shirt(c: Canvas, look: Look) -> None:
    wardrobe(c, look)
    pattern, size = batik_of(look)
    dark = darker(look.main, 0.4)
    fill(
        c,
        "M152 46L92 72L48 158l52 26l20-36v136h160V148l20 36l52-26l-44-86l-60-26l-48 22z",
        look.main,
        pattern,
        size,
    )
    c.shape("M152 44l48 26l-22 34l-36-54zM248 44l-48 26l22 34l36-54z", dark)
    c.line("M200 72v212", dark, 4)
    for y in (118, 158, 198, 238):
        c.dot(208, y, 5, PUTIH)
    c.line("M226 138h38v40h-38z", dark, 4)


def tee(*, collar: bool = False) -> Motif:
    """A T-shirt; with a collar and a badge for a community's."""

    def draw(c: Canvas, look: Look) -> None:
        wardrobe(c, look)
        tone = look.main
        fill(
            c,
            "M156 46L94 70L46 150l50 30l24-32v136h160V148l24 32l50-30l-48-80l-62-24q-44 34-88 0z",
            tone,
            None,
        )
        c.shape("M96 180l24-32v136h24c-4-70-10-120-30-150z", darker(tone, 0.12))
        c.line("M52 144l46 28M348 144l-46 28", darker(tone, 0.2), 3)
        if collar:
            c.shape("M156 44l44 24l-18 32l-38-50zM244 44l-44 24l18 32l38-50z", look.accent)
            c.box(192, 70, 16, 66, darker(tone, 0.14))
            c.dot(200, 92, 4, PUTIH)
            c.dot(200, 116, 4, PUTIH)
            c.dot(242, 126, 15, look.accent)
            c.shape("M242 116l9 10l-9 10l-9-10z", tone)
            c.line("M50 150l50 30M350 150l-50 30", look.accent, 6)
        else:
            c.line("M156 46q44 34 88 0", darker(tone, 0.25), 8)
            c.shape("M200 142l26 30l-26 30l-26-30z", look.accent)
            c.gigi(168, 212, 64, look.accent, 10.6)

    return draw


def kebaya(c: Canvas, look: Look) -> None:
    wardrobe(c, look)
    c.shape(
        "M158 44L96 66L40 190l48 20l36-66l-14 106l90 40l90-40l-14-106l36 66l48-20l-56-124l-62-22l-42 10z",
        look.main,
    )
    c.shape("M158 44l42 90l42-90l-42 12z", darker(look.main, 0.2))
    c.shape("M172 42l28 62l28-62z", look.ground)
    c.line("M160 46l40 92v146M240 46l-40 92", PUTIH, 8)
    c.line("M110 250l90 40l90-40M42 186l46 20M358 186l-46 20", PUTIH, 7, dash=1)
    c.line("M110 250l90 40l90-40", PUTIH, 5, dash=6)
    for x, y in (
        (176, 160),
        (224, 160),
        (172, 204),
        (228, 204),
        (164, 248),
        (236, 248),
        (136, 228),
        (264, 228),
    ):
        for dx, dy in ((0, -7), (7, 0), (0, 7), (-7, 0)):
            c.dot(x + dx, y + dy, 5, SANTAN)
        c.dot(x, y, 4, KUNYIT)


def long_dress(kind: str) -> Motif:
    """Gamis, tunic, or a prayer dress with its veil."""

    def draw(c: Canvas, look: Look) -> None:
        wardrobe(c, look)
        tone = look.main if kind != "mukena" else lighter(look.main, 0.72)
        edge = look.accent if kind != "mukena" else look.main
        hem = 292 if kind == "gamis" else 268
        body = f"M158 48L112 66L62 196l42 16l36-62L{104 if kind == 'gamis' else 116} {hem}h{192 if kind == 'gamis' else 168}L260 150l36 62l42-16L288 66l-46-18q-42 24-84 0z"
        if kind == "mukena":
            body = "M158 52C120 78 84 176 66 250q134 40 268 0C316 176 280 78 242 52q-42 24-84 0z"
        fill(c, body, tone, None)
        if kind == "mukena":
            c.line("M70 246q130 38 260 0", edge, 12)
            c.line("M70 246q130 38 260 0", KUNYIT, 4, dash=5)
            c.oval(200, 92, 38, 46, look.second)
            c.line("M162 92c0-60 76-60 76 0c0 62-76 62-76 0z", edge, 7)
            for x in (120, 160, 200, 240, 280):
                for dx, dy in ((0, -7), (7, 0), (0, 7), (-7, 0)):
                    c.dot(x + dx, 214 + dy - abs(200 - x) * 0.1, 4.4, edge)
            return
        c.line(
            f"M176 132l-12 {hem - 138}M224 132l12 {hem - 138}M200 158v{hem - 164}",
            darker(tone, 0.2),
            3,
        )
        c.line("M140 142q60 20 120 0", edge, 8)
        c.line("M158 48q42 24 84 0", edge, 8)
        c.line("M66 190l40 16M334 190l-40 16", edge, 7)
        if kind == "tunik":
            c.line("M200 66v74", edge, 6)
            for y in (82, 102, 122):
                c.dot(200, y, 5, PUTIH)
            c.box(134, 196, 42, 44, darker(tone, 0.12), 4)
            c.box(224, 196, 42, 44, darker(tone, 0.12), 4)
        else:
            c.gigi(106, 268, 188, edge, 15)

    return draw


def jacket(kind: str) -> Motif:
    """A denim jacket, a hooded one, a knitted cardigan or a woven coat."""

    def draw(c: Canvas, look: Look) -> None:
        wardrobe(c, look)
        tone = DENIM if kind == "denim" else look.main
        body = "M154 48L98 68L56 226l48 14l22-74v116h148V166l22 74l48-14L302 68l-56-20q-46 26-92 0z"
        pattern: Pattern | None = None
        size = 40.0
        if kind == "tenun":
            pattern = tenun(look.main, look.accent)
        fill(c, body, tone, pattern, size)
        dark = darker(tone, 0.3)
        if kind == "rajut":
            for y in range(70, 282, 13):
                c.line(
                    f"M132 {y}q8 6 16 0q8-6 16 0q8 6 16 0M220 {y}q8 6 16 0q8-6 16 0q8 6 16 0",
                    lighter(tone, 0.25),
                    2.5,
                )
        c.line("M60 216l48 14M340 216l-48 14", dark, 7)
        c.box(126, 266, 148, 16, dark)
        {"denim": _denim, "tudung": _hood, "rajut": _cardigan, "tenun": _coat}[kind](c, look, dark)

    return draw


def _denim(c: Canvas, look: Look, dark: str) -> None:
    c.line("M200 66v216", STITCH, 3, dash=5)
    c.shape("M154 46l46 24l-20 36l-40-48zM246 46l-46 24l20 36l40-48z", DENIM_DARK)
    c.line("M128 128h66M206 128h66", STITCH, 2.5, dash=5)
    for x in (136, 218):
        c.box(x, 132, 46, 40, DENIM_DARK, 4)
        c.shape(f"M{x} 132h46v12l-23 10l-23-10z", lighter(DENIM, 0.15))
        c.dot(x + 23, 146, 4, KUNYIT)
    for y in (96, 190, 226, 274):
        c.dot(207, y, 5, KUNYIT)


def _hood(c: Canvas, look: Look, dark: str) -> None:
    c.shape("M140 62c0-54 120-54 120 0c-14 34-40 46-60 50c-20-4-46-16-60-50z", look.main)
    c.shape("M158 62c4-34 80-34 84 0c-12 24-28 34-42 38c-14-4-30-14-42-38z", dark)
    c.line("M184 100v54M216 100v54", PUTIH, 4)
    c.shape("M142 262l20-62h76l20 62z", lighter(look.main, 0.14))
    c.line("M142 262l20-62h76l20 62", dark, 3)


def _cardigan(c: Canvas, look: Look, dark: str) -> None:
    c.shape("M166 52l34 80l34-80q-34 22-68 0z", look.second)
    c.line("M162 50l38 86v146M238 50l-38 86", dark, 11)
    for y in (152, 184, 216, 248):
        c.dot(200, y, 7, look.accent)
        c.dot(200, y, 2.4, dark)


def _coat(c: Canvas, look: Look, dark: str) -> None:
    c.shape("M168 52l22 230h20l22-230q-32 22-64 0z", look.second)
    c.line("M164 50l24 232M236 50l-24 232", look.accent, 10)
    c.line("M164 50l24 232M236 50l-24 232", dark, 3, dash=6)


def jeans(c: Canvas, look: Look) -> None:
    flat_lay(c, look)
    c.shape("M130 36h152l20 252h-78l-14-140l-18 140h-78z", look.shadow, 0.3)
    legs = "M124 28h152l20 252h-78l-18-140l-18 140h-78z"
    fill(c, legs, DENIM, None)
    c.shape("M200 140l18 140h30L226 120z", DENIM_DARK, 0.35)
    c.box(122, 26, 156, 24, DENIM_DARK, 4)
    for x in (136, 196, 254):
        c.box(x, 22, 10, 32, lighter(DENIM, 0.12), 2)
    c.dot(201, 38, 6, KUNYIT)
    c.line("M126 62q22 26 36-8M274 62q-22 26-36-8M200 54v62q-18 0-22-14", STITCH, 2.5, dash=5)
    c.line("M130 70L108 272M270 70l22 202", STITCH, 2, dash=5)
    c.box(104, 266, 78, 14, lighter(DENIM, 0.25))
    c.box(218, 266, 78, 14, lighter(DENIM, 0.25))
    c.box(226, 62, 34, 22, GULA, 3)


def skirt(c: Canvas, look: Look) -> None:
    wardrobe(c, look)
    pattern, size = batik_of(look)
    c.line("M150 40v34M250 40v34", GULA, 5)
    fill(
        c,
        "M136 70h128c20 60 44 140 60 206q-124 26-248 0c16-66 40-146 60-206z",
        look.main,
        pattern,
        size,
    )
    c.shape(
        "M196 74c-10 70-30 150-74 208c26 6 52 9 78 9c30-70 30-150 26-217z",
        darker(look.main, 0.15),
        0.5,
    )
    c.line("M226 76c6 70 4 150-26 214", look.accent, 6)
    c.box(130, 64, 140, 20, darker(look.main, 0.4), 6)
    c.shape(
        "M262 74c26-22 44 8 22 20l26 44l-14 6l-24-42c-10-2-14-16-10-28z", darker(look.main, 0.3)
    )
