"""What is done with the pixels of a picture that `images` has looked at and let in."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms

from umkm_portal.lib.uploads import ImageRefused

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    LookupError,
    ArithmeticError,
    struct.error,
    Image.DecompressionBombError,
)


def orientation_of(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except BROKEN:
        # A broken EXIF block says nothing; the photo itself may be fine.
        return 1
    return found if isinstance(found, int) else 1


def redraw(image: Image.Image, *, widest: int) -> Image.Image:
    """Return the picture upright, in sRGB, at most `widest` wide, on a new canvas."""
    orientation = orientation_of(image)
    width = image.height if orientation in {5, 6, 7, 8} else image.width
    scale = min(1.0, widest / width)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    try:
        image.draft(None, size)
        image.load()
        shrunk = _eight_bit(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    except BROKEN:
        raise ImageRefused(_("Foto itu rusak atau belum terkirim penuh. Unggah lagi.")) from None
    colours = _on_white(_srgb(shrunk, image.info.get("icc_profile")))
    turn = _UPRIGHT.get(orientation)
    upright = colours.transpose(turn) if turn is not None else colours
    canvas = Image.new("RGB", upright.size, "white")
    canvas.paste(upright)
    return canvas


def _eight_bit(image: Image.Image) -> Image.Image:
    """Return a picture whose pixels can be averaged: no palette, no 16 bit, alpha kept."""
    if image.mode.startswith("I"):
        # 16 bit grey: the upper eight bits are the picture.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"RGB", "RGBA", "L", "CMYK"} and "transparency" not in image.info:
        return image
    has_alpha = image.has_transparency_data
    return image.convert("RGBA" if has_alpha else "RGB")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A profile that lies about its picture is left out; colours are then a little off.
        return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image.convert("RGB")
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(image, mask=image.getchannel("A"))
    return canvas


def narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def fit(image: Image.Image, kind: str, most: int, *, steps: Sequence[int], **options: Any) -> bytes:
    """Return the picture in at most so many bytes, at the first quality of `steps` that fits."""
    picture = image
    while True:
        for quality in steps:
            data = written(picture, kind, quality=quality, **options)
            if len(data) <= most:
                return data
        # Pure noise does not fit at any quality: fewer pixels then.
        picture = narrowed(picture, round(picture.width * 0.75))


def written(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def dominant(image: Image.Image) -> str:
    few = image.resize((64, 64), Image.Resampling.BOX).quantize(5)
    counted = few.getcolors() or [(1, 0)]
    index = max(counted, key=lambda pair: pair[0])[1]
    palette = few.getpalette() or [255, 255, 255]
    start = 3 * int(index) if isinstance(index, (int, float)) else 0
    return "#" + "".join(f"{part:02x}" for part in palette[start : start + 3])
