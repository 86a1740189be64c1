"""The picture of a shared link: 1200 × 630, a photo beside a few words, at most 100 kB of JPEG."""

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

SIZE = (1200, 630)
MOST_BYTES = 100_000
_SIDE = 600
_GREEN, _DEEP, _YELLOW, _WHITE, _PALE = "#0a4632", "#062e21", "#ffc933", "#ffffff", "#cfe3d6"
_LEFT, _RIGHT = _SIDE + 48, SIZE[0] - 48
_MOST_LINES = 3
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class CardWords:
    """`heading` takes up to three lines; empty words leave no gap. `ground` is "#rrggbb".

    `leaf` is a day as on a calendar, its number and its month, in place of a photo.
    """

    heading: str
    price: str
    by: str
    place: str
    ground: str = "#e6f2e7"
    leaf: tuple[str, str] = ("", "")


def draw_card(words: CardWords, photo: bytes | None) -> bytes:
    """Return JPEG bytes; the same words and photo give the same bytes.

    A photo that cannot be read, or none, is replaced by the heading's first letter.
    """
    card = Image.new("RGB", SIZE, _GREEN)
    card.paste(_picture(words, photo), (0, 0))
    draw = ImageDraw.Draw(card)
    _edge(draw)
    top = _write(draw, ["UMKM Jaksel"], 88, _font(30), _YELLOW) + 14
    size, lines = _fit(draw, _plain(words.heading))
    top = _write(draw, lines, top, _font(size), _WHITE) + 18
    if words.price:
        _write(draw, [_plain(words.price)], top, _shrunk(draw, words.price, 58), _YELLOW)
    low = [_plain(words.by), _plain(words.place)]
    bottom: float = SIZE[1] - 48 - 42 * sum(bool(line) for line in low)
    bottom = _write(draw, _cut(draw, low[0], _font(32)), bottom, _font(32), _WHITE)
    _write(draw, _cut(draw, low[1], _font(28, bold=False)), bottom, _font(28, bold=False), _PALE)
    return _small(card)


def _picture(words: CardWords, photo: bytes | None) -> Image.Image:
    area = (_SIDE, SIZE[1])
    if photo:
        try:
            with Image.open(io.BytesIO(photo)) as opened:
                return ImageOps.fit(opened.convert("RGB"), area, Image.Resampling.LANCZOS)
        except (OSError, UnidentifiedImageError, ValueError):
            pass
    plain = Image.new("RGB", area, words.ground)
    draw = ImageDraw.Draw(plain)
    middle = (area[0] / 2, area[1] / 2)
    number, month = words.leaf
    if number:
        draw.text((middle[0], middle[1] - 50), number, font=_font(300), fill=_GREEN, anchor="mm")
        draw.text((middle[0], middle[1] + 150), month, font=_font(64), fill=_GREEN, anchor="mm")
    else:
        letter = (_plain(words.heading)[:1] or "U").upper()
        draw.text(middle, letter, font=_font(280), fill=_GREEN, anchor="mm")
    return plain


def _edge(draw: ImageDraw.ImageDraw) -> None:
    """Gigi balang, the pointed board under a Betawi roof."""
    width, height = 30, 26
    draw.rectangle((_SIDE, 0, SIZE[0], 18), fill=_DEEP)
    for left in range(_SIDE, SIZE[0], width):
        tip = (left + width / 2, 18 + height)
        draw.polygon([(left, 18), (left + width, 18), tip], fill=_YELLOW)


def _fit(draw: ImageDraw.ImageDraw, text: str) -> tuple[int, list[str]]:
    """The largest letters that leave three lines at most; the last is cut when none do."""
    for size in (62, 54, 46, 40):
        lines = _lines(draw, text, _font(size))
        if len(lines) <= _MOST_LINES:
            return size, lines
    kept = lines[:_MOST_LINES]
    return size, [*kept[:-1], *_cut(draw, f"{kept[-1]} {lines[_MOST_LINES]}", _font(size))]


def _lines(draw: ImageDraw.ImageDraw, text: str, font: Font) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= _RIGHT - _LEFT:
            lines[-1] = longer
        else:
            lines += [word] if lines[-1] else []
            lines[-1] = _cut(draw, word, font)[0] if word else word
    return lines


def _cut(draw: ImageDraw.ImageDraw, text: str, font: Font) -> list[str]:
    if not text:
        return []
    whole = text
    while draw.textlength(text if text == whole else f"{text}…", font=font) > _RIGHT - _LEFT:
        text = text[:-1].rstrip()
    return [text if text == whole else f"{text}…"]


def _shrunk(draw: ImageDraw.ImageDraw, text: str, size: int) -> Font:
    while size > 24 and draw.textlength(text, font=_font(size)) > _RIGHT - _LEFT:
        size -= 4
    return _font(size)


def _write(
    draw: ImageDraw.ImageDraw, lines: list[str], top: float, font: Font, colour: str
) -> float:
    """Return where the next line may begin."""
    for line in lines:
        draw.text((_LEFT, top), line, font=font, fill=colour)
        top += font.size * 1.2
    return top


def _plain(text: str) -> str:
    """Only signs our font has: an emoji would be an empty box."""
    kept = (char for char in text if ord(char) < 0x250 or 0x2010 <= ord(char) <= 0x2030)
    return " ".join("".join(kept).split())


@cache
def _font(size: int, *, bold: bool = True) -> Font:
    folder = Path(settings.BASE_DIR) / "templates" / "pdf" / "fonts"
    return ImageFont.truetype(
        str(folder / f"plus-jakarta-sans-{700 if bold else 400}.ttf"),
        size,
        layout_engine=ImageFont.Layout.BASIC,
    )


def _small(card: Image.Image) -> bytes:
    data = b""
    for quality in (86, 78, 70, 60, 45, 30, 18, 8):
        out = io.BytesIO()
        card.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        data = out.getvalue()
        if len(data) <= MOST_BYTES:
            break
    return data
