"""Flat shapes on a small sheet of 400 × 300 units, for the drawn product pictures of the demo.

Paths are written as in SVG (M L H V C S Q Z and their relative forms), because the drawings of the
design are SVG files too. Drawn at six pixels a unit, halved at the end for smooth edges.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 400, 300
"""Units of the sheet."""
PIXELS = 6
"""Pixels a unit while drawing; the finished picture has half as many: 1200 × 900."""
CURVE_STEPS = 14
TOKEN = re.compile(r"[MLHVCSQZmlhvcsqz]|-?\d*\.?\d+(?:e-?\d+)?")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4}

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Pattern = Callable[["Canvas"], None]


def points_of(path: str) -> list[tuple[list[Point], bool]]:
    """The lines of a path as (points, closed), curves cut into short straight pieces."""
    lines: list[tuple[list[Point], bool]] = []
    tokens = TOKEN.findall(path)
    at, command = 0, "M"
    x = y = 0.0
    bend = (0.0, 0.0)
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        if command in "Zz":
            lines[-1] = (lines[-1][0], True)
            x, y = lines[-1][0][0]
            continue
        count = ARGUMENTS[command.upper()]
        numbers = [float(token) for token in tokens[at : at + count]]
        at += count
        here = _absolute(command, numbers, x, y)
        if command in "Ss":
            # A smooth curve leaves as the last one came in.
            here = [(x + bend[0], y + bend[1]), *here]
        if command in "Mm":
            lines.append(([here[-1]], False))
            command = "L" if command == "M" else "l"
        else:
            if lines[-1][1]:
                lines.append(([(x, y)], False))
            lines[-1][0].extend(_curve([(x, y), *here]))
        x, y = here[-1]
        bend = (x - here[-2][0], y - here[-2][1]) if len(here) > 1 else (0.0, 0.0)
    return lines


def _absolute(command: str, numbers: list[float], x: float, y: float) -> list[Point]:
    upper = command.upper()
    moved = command.islower()
    if upper == "H":
        return [(numbers[0] + (x if moved else 0), y)]
    if upper == "V":
        return [(x, numbers[0] + (y if moved else 0))]
    dx, dy = (x, y) if moved else (0.0, 0.0)
    return [(a + dx, b + dy) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]


def _curve(anchors: list[Point]) -> list[Point]:
    """Points of a Bézier curve of any degree, without its first one."""
    if len(anchors) == 2:
        return anchors[1:]
    degree = len(anchors) - 1
    found = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        weights = [math.comb(degree, i) * t**i * (1 - t) ** (degree - i) for i in range(degree + 1)]
        found.append(
            (
                sum(w * p[0] for w, p in zip(weights, anchors, strict=True)),
                sum(w * p[1] for w, p in zip(weights, anchors, strict=True)),
            )
        )
    return found


class Canvas:
    """A sheet to draw on; every length is in units, every colour "#rrggbb"."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, ground: str = "#fff6e3"):
        self.image = Image.new("RGB", (round(width * PIXELS), round(height * PIXELS)), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.matrix: Matrix = (PIXELS, 0, 0, PIXELS, 0, 0)

    def finished(self) -> Image.Image:
        return self.image.reduce(2)

    @contextmanager
    def moved(
        self, x: float = 0, y: float = 0, turn: float = 0, scale: float = 1, mirror: int = 1
    ) -> Iterator[None]:
        """Draw inside around (x, y), turned by degrees clockwise, enlarged, or mirrored (-1)."""
        before = self.matrix
        a, b, c, d, e, f = before
        cos = math.cos(math.radians(turn)) * scale
        sin = math.sin(math.radians(turn)) * scale
        self.matrix = (
            (a * cos + c * sin) * mirror,
            (b * cos + d * sin) * mirror,
            c * cos - a * sin,
            d * cos - b * sin,
            a * x + c * y + e,
            b * x + d * y + f,
        )
        try:
            yield
        finally:
            self.matrix = before

    def shape(self, path: str, colour: str, alpha: float = 1) -> None:
        for points, _closed in points_of(path):
            self._polygon(points, colour, alpha)

    def cloth(self, path: str, pattern: Pattern, size: float) -> None:
        """Fill a path with a square pattern of `size` units, drawn once and repeated."""
        tile = Canvas(size, size)
        pattern(tile)
        mask = Image.new("L", self.image.size)
        pen = ImageDraw.Draw(mask)
        for points, _closed in points_of(path):
            pen.polygon([self._pixel(p) for p in points], fill=255)
        box = mask.getbbox()
        if box is None:
            return
        left, top, right, bottom = box
        sheet = Image.new("RGB", (right - left, bottom - top))
        for x in range(0, right - left, tile.image.width):
            for y in range(0, bottom - top, tile.image.height):
                sheet.paste(tile.image, (x, y))
        self.image.paste(sheet, (left, top), mask.crop(box))

    def line(self, path: str, colour: str, width: float, dash: float = 0, alpha: float = 1) -> None:
        """Stroke with round ends; `dash` units on and as many off (dots when small)."""
        for points, closed in points_of(path):
            whole = [*points, points[0]] if closed else points
            if dash:
                for piece in _dashes(whole, dash):
                    self._stroke(piece, colour, width, alpha)
            else:
                self._stroke(whole, colour, width, alpha)

    def dot(self, x: float, y: float, radius: float, colour: str, alpha: float = 1) -> None:
        self.oval(x, y, radius, radius, colour, alpha=alpha)

    def oval(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: str,
        *,
        turn: float = 0,
        alpha: float = 1,
    ) -> None:
        steps = 48 if rx > 8 else 24
        with self.moved(x, y, turn):
            around = [math.tau * step / steps for step in range(steps)]
            self._polygon([(rx * math.cos(w), ry * math.sin(w)) for w in around], colour, alpha)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: str,
        radius: float = 0,
        alpha: float = 1,
    ) -> None:
        self.shape(rounded(x, y, width, height, radius), colour, alpha)

    def gigi(self, x: float, y: float, width: float, colour: str, tooth: float = 12) -> None:
        """The pointed board under a Betawi roof, hanging down from (x, y)."""
        count = max(1, round(width / tooth))
        step = width / count
        self.box(x, y, width, tooth * 0.55, colour)
        for i in range(count):
            left = x + i * step
            top = y + tooth * 0.5
            self.shape(f"M{left} {top}h{step}l{-step / 2} {tooth}z", colour)

    def _pixel(self, point: Point) -> Point:
        a, b, c, d, e, f = self.matrix
        x, y = point
        return a * x + c * y + e, b * x + d * y + f

    def _polygon(self, points: list[Point], colour: str, alpha: float = 1) -> None:
        pixels = [self._pixel(point) for point in points]
        if len(pixels) < 3:
            return
        if alpha >= 1:
            self.draw.polygon(pixels, fill=colour)
            return
        left = int(min(x for x, _y in pixels))
        top = int(min(y for _x, y in pixels))
        size = (
            int(max(x for x, _y in pixels)) - left + 2,
            int(max(y for _x, y in pixels)) - top + 2,
        )
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon(
            [(x - left, y - top) for x, y in pixels], fill=round(255 * alpha)
        )
        self.image.paste(colour, (left, top), mask)

    def _stroke(self, points: list[Point], colour: str, width: float, alpha: float) -> None:
        a, b = self.matrix[:2]
        thick = max(1, round(width * math.hypot(a, b)))
        pixels = [self._pixel(point) for point in points]
        if alpha < 1:
            self._glass_stroke(pixels, colour, thick, alpha)
            return
        _pen(self.draw, pixels, colour, thick)

    def _glass_stroke(self, pixels: list[Point], colour: str, thick: int, alpha: float) -> None:
        mask = Image.new("L", self.image.size)
        _pen(ImageDraw.Draw(mask), pixels, round(255 * alpha), thick)
        box = mask.getbbox()
        if box:
            self.image.paste(colour, box[:2], mask.crop(box))


def _pen(draw: ImageDraw.ImageDraw, pixels: list[Point], colour: str | int, thick: int) -> None:
    draw.line(pixels, fill=colour, width=thick, joint="curve")
    half = thick / 2
    for x, y in (pixels[0], pixels[-1]):
        draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)


def _dashes(points: list[Point], length: float) -> Iterator[list[Point]]:
    """Pieces of `length` units along a line, each followed by a gap of the same length."""
    piece = [points[0]]
    on, left = True, length
    for (x0, y0), (x1, y1) in pairwise(points):
        distance = math.hypot(x1 - x0, y1 - y0)
        done = 0.0
        while distance - done > left:
            done += left
            cut = (x0 + (x1 - x0) * done / distance, y0 + (y1 - y0) * done / distance)
            if on:
                yield [*piece, cut]
            piece, on, left = [cut], not on, length
        left -= distance - done
        piece.append((x1, y1))
    if on and len(piece) > 1:
        yield piece


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The path of a rectangle with round corners."""
    r = min(radius, width / 2, height / 2)
    if r <= 0:
        return f"M{x} {y}h{width}v{height}h{-width}z"
    return (
        f"M{x + r} {y}h{width - 2 * r}q{r} 0 {r} {r}v{height - 2 * r}q0 {r} {-r} {r}"
        f"h{-(width - 2 * r)}q{-r} 0 {-r} {-r}v{-(height - 2 * r)}q0 {-r} {r} {-r}z"
    )


def mix(first: str, second: str, share: float) -> str:
    """A colour between two; `share` of the second, 0 to 1."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(colour: str, share: float = 0.22) -> str:
    return mix(colour, "#14231b", share)


def lighter(colour: str, share: float = 0.25) -> str:
    return mix(colour, "#ffffff", share)
