"""What all drawn pictures share: the portal's colours, the grounds, shadows, labels, patterns."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from umkm_portal.demo.canvas import Canvas, Pattern, darker, lighter, mix

HIJAU, HIJAU_TUA, DAUN = "#0b5a40", "#0a4632", "#2f8f5b"
KUNYIT, SAGA, BATA = "#ffc933", "#c8281c", "#b4501a"
MANGGIS, BUNGA, TELANG = "#8a1f63", "#c22a76", "#2f3f9e"
SANTAN, PUTIH, TINTA = "#fff6e3", "#ffffff", "#14231b"
KAYU, KAYU_MUDA, GULA = "#8a4d22", "#c08a4b", "#6b3a1e"

# (ground, its second tone); a third, for shadows, is mixed from the second.
GROUNDS = (
    ("#dbe3f6", "#c4d0ee"),
    ("#cfe6cf", "#b3d6b6"),
    ("#eef1e2", "#d5dcbf"),
    ("#fde6c8", "#f9cf94"),
    ("#f3d9c6", "#e6bfa3"),
    ("#e9dcc9", "#d6c1a3"),
    ("#f7cfd9", "#eeb0c1"),
    ("#ffe3b0", "#fbc86a"),
    ("#bfe0d0", "#9fcfb9"),
    ("#cfe2f3", "#aecbe6"),
    ("#ffd37a", "#f5b945"),
    ("#fff0d6", "#f4d9ab"),
)
# Colours that a garment, a label or a glaze takes; each with the one that goes well on it.
PAIRS = (
    (HIJAU, KUNYIT),
    (TELANG, "#f3c75b"),
    (BUNGA, SANTAN),
    (MANGGIS, "#f2b6ca"),
    (SAGA, KUNYIT),
    (BATA, "#ffe3b0"),
    ("#11704f", "#ffe9bd"),
    ("#4d5fc2", PUTIH),
    ("#d9a23a", HIJAU_TUA),
    ("#7a4a22", "#f6d48a"),
)


@dataclass(frozen=True)
class Look:
    """The choices that tell one picture from the next of its kind."""

    rng: Random
    ground: str
    second: str
    main: str
    accent: str

    @property
    def shadow(self) -> str:
        return darker(self.second, 0.55)


def backdrop(c: Canvas, look: Look) -> None:
    """A plain ground in two tones, in one of six cuts, with a floor to stand on."""
    c.box(0, 0, 400, 300, look.ground)
    floor = mix(look.second, darker(look.second), 0.3)
    cut = look.rng.randrange(6)
    if cut == 0:
        c.dot(200, 142, 126, look.second)
    elif cut == 1:
        c.shape("M400 0v300H236z", look.second)
    elif cut == 2:
        c.dot(318, 84, 58, mix(look.ground, KUNYIT, 0.6))
    elif cut == 3:
        c.shape("M0 300V130q200-90 400 0v170z", look.second)
    elif cut == 4:
        c.box(0, 0, 122, 300, look.second)
    if cut != 3:
        c.box(0, 246, 400, 54, floor if cut != 4 else mix(look.second, floor, 0.5))


def flat_lay(c: Canvas, look: Look) -> None:
    """A ground seen from above: diagonal, tablecloth squares, or stripes."""
    c.box(0, 0, 400, 300, look.ground)
    cut = look.rng.randrange(3)
    if cut == 0:
        c.shape("M0 0h400L0 300z", look.second)
    elif cut == 1:
        for x in range(0, 400, 100):
            for y in range(0, 300, 100):
                if (x + y) % 200 == 0:
                    c.box(x, y, 100, 100, mix(look.ground, look.second, 0.5))
    else:
        for y in range(30, 300, 60):
            c.box(0, y, 400, 12, mix(look.ground, look.second, 0.7))


def wardrobe(c: Canvas, look: Look) -> None:
    """A wall with a hanger for garments."""
    c.box(0, 0, 400, 300, look.ground)
    if look.rng.random() < 0.5:
        c.shape("M0 300V120q200-90 400 0v180z", look.second)
    else:
        c.box(0, 0, 400, 54, look.second)
    c.line("M124 38h152M200 38v-16c0-10 16-10 16-24", GULA, 7)


def shade(c: Canvas, look: Look, x: float, y: float, rx: float, ry: float = 10) -> None:
    c.oval(x, y, rx, ry, look.shadow, alpha=0.22)
    c.oval(x, y, rx * 0.9, ry * 0.75, look.shadow, alpha=0.3)


def label(c: Canvas, look: Look, x: float, y: float, width: float, height: float) -> None:
    """A paper label with the pointed board at its head and two strokes for the name."""
    c.box(x, y, width, height, SANTAN)
    c.gigi(x, y, width, look.accent if look.accent not in (SANTAN, PUTIH) else KUNYIT, width / 8)
    mid = x + width / 2
    c.box(mid - width * 0.32, y + height * 0.5, width * 0.64, 7, look.main)
    c.box(mid - width * 0.2, y + height * 0.72, width * 0.4, 5, look.main)


def ceplok(first: str, second: str) -> Pattern:
    """Batik: four petals round a point."""

    def draw(c: Canvas) -> None:
        c.box(0, 0, 36, 36, first)
        for x, y, rx, ry in ((18, 8, 5, 8), (18, 28, 5, 8), (8, 18, 8, 5), (28, 18, 8, 5)):
            c.oval(x, y, rx, ry, second)
        for x, y in ((18, 18), (0, 0), (36, 0), (0, 36), (36, 36)):
            c.dot(x, y, 3.4, lighter(first, 0.75))

    return draw


def pucuk(first: str, second: str) -> Pattern:
    """Batik: rows of pointed shoots, as on Betawi cloth."""

    def draw(c: Canvas) -> None:
        c.box(0, 0, 26, 26, first)
        c.shape("M0 26L13 4l13 22z", lighter(first, 0.45))
        c.shape("M7 26l6-11 6 11z", second)

    return draw


def kawung(first: str, second: str) -> Pattern:
    def draw(c: Canvas) -> None:
        c.box(0, 0, 28, 28, first)
        for x, y in ((14, 14), (0, 0), (28, 0), (0, 28), (28, 28)):
            c.dot(x, y, 9, second)
            c.dot(x, y, 6.4, first)
            c.dot(x, y, 2, second)

    return draw


def tenun(first: str, second: str) -> Pattern:
    """Woven cloth: stripes and stepped diamonds."""

    def draw(c: Canvas) -> None:
        c.box(0, 0, 40, 40, first)
        c.box(0, 0, 40, 5, second)
        c.box(0, 7, 40, 2, lighter(first, 0.5))
        c.shape("M20 12l12 12-12 12-12-12z", second)
        c.shape("M20 18l6 6-6 6-6-6z", SAGA if first != SAGA else HIJAU)
        c.shape("M0 18l6 6-6 6zM40 18l-6 6 6 6z", lighter(first, 0.5))

    return draw


def woven(first: str, second: str) -> Pattern:
    """Plaited strips, over and under."""

    def draw(c: Canvas) -> None:
        c.box(0, 0, 36, 24, darker(first, 0.3))
        for x, y, tone in ((1, 1, second), (19, 13, second), (19, 1, first), (1, 13, first)):
            c.box(x, y, 16, 10, tone, 3)
        c.box(0, 24, 36, 12, darker(first, 0.3))
        c.box(1, 25, 16, 10, second, 3)
        c.box(19, 25, 16, 10, first, 3)

    return draw


def knitted(first: str, second: str) -> Pattern:
    def draw(c: Canvas) -> None:
        c.box(0, 0, 14, 14, first)
        c.line("M0 2l7 7 7-7", second, 2.6)
        c.line("M0 12l7 7 7-7M0-8l7 7 7-7", second, 2.6)

    return draw


def patchwork(look: Look) -> Pattern:
    """Four scraps of cloth sewn together; fit for a tile of 80 units."""
    tones = [pair[0] for pair in look.rng.sample(PAIRS, 4)]

    def draw(c: Canvas) -> None:
        for i, tone in enumerate(tones):
            x, y = i % 2 * 40, i // 2 * 40
            c.box(x, y, 40, 40, tone)
            light = lighter(tone, 0.55)
            if i % 2:
                c.shape(f"M{x} {y}h40l-40 40z", light)
            else:
                c.dot(x + 20, y + 20, 11, light)
                c.dot(x + 20, y + 20, 5, tone)
        c.line("M40 0v80M0 40h80", SANTAN, 1.6, dash=4)

    return draw


def flowers(first: str, second: str) -> Pattern:
    def draw(c: Canvas) -> None:
        c.box(0, 0, 44, 44, first)
        for x, y, tone in ((12, 12, second), (34, 34, PUTIH)):
            for dx, dy in ((0, -5), (5, 0), (0, 5), (-5, 0)):
                c.dot(x + dx, y + dy, 3.8, tone)
            c.dot(x, y, 3, KUNYIT if tone != KUNYIT else SAGA)
        c.oval(34, 11, 5, 2.6, DAUN, turn=-30)
        c.oval(11, 33, 5, 2.6, DAUN, turn=30)

    return draw
