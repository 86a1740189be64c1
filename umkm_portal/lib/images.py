"""Uploaded pictures: looked at before they are decoded, and always written anew.

Nothing of the sender's file survives: pixels are pasted into a new image, since Pillow would keep
a JPEG's comment when saving, and EXIF holds the place where a photo was taken.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageCms

from umkm_portal.lib.uploads import ENDINGS, ImageRefused, ending, read, unreadable, webp_canvas

__all__ = [
    "EncodedPhoto",
    "ImageRefused",
    "Inspected",
    "encode_photo",
    "encode_proof",
    "inspect_image",
    "proof_extension",
]

MAX_PIXELS = 50_000_000
"""A baseline JPEG is shrunk while it is decoded, so the largest phone photos fit in memory."""
MAX_PIXELS_WHOLE = {"JPEG": 25_000_000, "MPO": 25_000_000, "PNG": 25_000_000, "WEBP": 15_000_000}
"""Others are held whole: measured 6 to 16 bytes a pixel, so each stays under 300 MB."""
MIN_PHOTO_SIDE = 400
MIN_PROOF_SIDE = 100
LONGEST_RATIO = 4
PHOTO_BUDGETS = {400: 25_000, 800: 70_000, 1200: 120_000}
"""Width in pixels to bytes at most, from the page weight budget."""
PROOF_BUDGET = 300_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

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
_BROKEN = (
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


@dataclass(frozen=True)
class EncodedPhoto:
    """A product photo as WebP: `widths` always has 400, 800 and 1200, but nothing is enlarged.

    `width` and `height` are those of the largest; `colour` ("#aabbcc") fills its place until it
    has arrived.
    """

    widths: dict[int, bytes]
    colour: str
    width: int
    height: int

    @property
    def size(self) -> int:
        """Bytes of all widths together."""
        return sum(len(data) for data in self.widths.values())


@dataclass(frozen=True)
class Inspected:
    """What the head of a picture says; `width` and `height` as it is shown, upright."""

    kind: str
    width: int
    height: int


def inspect_image(upload: File[Any]) -> Inspected:
    """Look at a photo without decoding it. Raises ImageRefused."""
    return _inspect(_open(upload, read(upload)))


def encode_photo(upload: File[Any]) -> EncodedPhoto:
    """Write a product photo anew in three widths, uncropped. Raises ImageRefused."""
    image = _open(upload, read(upload))
    seen = _inspect(image)
    _refuse_bad_shape(seen)
    clean = _redraw(image, widest=max(PHOTO_BUDGETS))
    widths = {width: _fit_webp(clean, width, most) for width, most in PHOTO_BUDGETS.items()}
    return EncodedPhoto(widths, _dominant(clean), clean.width, clean.height)


def encode_proof(upload: File[Any]) -> bytes:
    """Return a proof or document: a photo as clean JPEG of at most 300 kB, a PDF as it is.

    `proof_extension` says which. Raises ImageRefused.
    """
    data = read(upload)
    if ending(upload) == "pdf" and data.startswith(b"%PDF-"):
        return data
    image = _open(upload, data, pdf_welcome=True)
    seen = _inspect(image)
    if min(seen.width, seen.height) < MIN_PROOF_SIDE:
        raise ImageRefused(_too_small(seen, MIN_PROOF_SIDE))
    return _fit_jpeg(_redraw(image, widest=1600))


def proof_extension(data: bytes) -> str:
    """Return "pdf" or "jpg" for what `encode_proof` gave."""
    return "pdf" if data.startswith(b"%PDF-") else "jpg"


def few_colours(png: bytes) -> bytes:
    """Return a drawing of ours with 32 colours, about a third of the bytes."""
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    flat = drawn.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return _written(flat, "PNG")


def _open(upload: File[Any], data: bytes, *, pdf_welcome: bool = False) -> Image.Image:
    try:
        _refuse_huge(webp_canvas(data), MAX_PIXELS_WHOLE["WEBP"])
        image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefused(_huge()) from None
    except _BROKEN:
        raise ImageRefused(unreadable(upload, pdf_welcome=pdf_welcome)) from None
    kind = str(image.format)
    shrinks = kind in {"JPEG", "MPO"} and not image.info.get("progressive")
    pixels = image.width * image.height * frames
    _refuse_huge(pixels, MAX_PIXELS if shrinks else MAX_PIXELS_WHOLE.get(kind, 0))
    if ending(upload) not in ENDINGS.get(kind, ()):
        raise ImageRefused(
            _("Isi berkas tidak cocok dengan akhiran namanya. Simpan ulang sebagai JPG atau PNG.")
        )
    return image


def _refuse_huge(pixels: int, most: int) -> None:
    if pixels > most:
        raise ImageRefused(_huge())


def _huge() -> str:
    return _(
        "Ukuran gambar terlalu besar untuk diproses. "
        "Coba kirim lewat WhatsApp ke diri sendiri lalu unggah hasilnya."
    )


def _too_small(seen: Inspected, least: int) -> str:
    return _("Foto terlalu kecil (%(width)d×%(height)d). Paling kecil %(least)d×%(least)d.") % {
        "width": seen.width,
        "height": seen.height,
        "least": least,
    }


def _refuse_bad_shape(seen: Inspected) -> None:
    short, long = sorted((seen.width, seen.height))
    if short < MIN_PHOTO_SIDE:
        raise ImageRefused(_too_small(seen, MIN_PHOTO_SIDE))
    if long > short * LONGEST_RATIO:
        raise ImageRefused(
            _("Foto terlalu panjang (%(width)d×%(height)d). Potong dulu, lalu unggah lagi.")
            % {"width": seen.width, "height": seen.height}
        )


def _orientation(image: Image.Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except _BROKEN:
        # A broken EXIF block says nothing; the photo itself may be fine.
        return 1
    return found if isinstance(found, int) else 1


def _inspect(image: Image.Image) -> Inspected:
    turned = _orientation(image) >= 5
    width, height = (image.height, image.width) if turned else image.size
    return Inspected(str(image.format), width, height)


def _redraw(image: Image.Image, *, widest: int) -> Image.Image:
    """Return the picture upright, in sRGB, at most `widest` wide, on a new canvas."""
    orientation = _orientation(image)
    width = image.height if orientation in {5, 6, 7, 8} else image.width
    scale = min(1.0, widest / width)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    try:
        image.draft(None, size)
        image.load()
        shrunk = _eight_bit(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    except _BROKEN:
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


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _fit_webp(image: Image.Image, width: int, most: int) -> bytes:
    picture = _narrowed(image, width)
    while True:
        for quality in (80, 65, 50, 35, 20):
            data = _written(picture, "WEBP", quality=quality, method=4)
            if len(data) <= most:
                return data
        # Pure noise does not fit at any quality: fewer pixels then.
        picture = _narrowed(picture, round(picture.width * 0.75))


def _fit_jpeg(image: Image.Image) -> bytes:
    picture = image
    while True:
        for quality in (85, 75, 60, 45):
            data = _written(picture, "JPEG", quality=quality, optimize=True, progressive=False)
            if len(data) <= PROOF_BUDGET:
                return data
        picture = _narrowed(picture, round(picture.width * 0.75))


def _written(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _dominant(image: Image.Image) -> str:
    few = image.resize((64, 64), Image.Resampling.BOX).quantize(5)
    counted = few.getcolors() or [(1, 0)]
    index = max(counted, key=lambda pair: pair[0])[1]
    palette = few.getpalette() or [255, 255, 255]
    start = 3 * int(index) if isinstance(index, (int, float)) else 0
    return "#" + "".join(f"{part:02x}" for part in palette[start : start + 3])
