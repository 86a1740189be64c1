"""Uploaded pictures: looked at before they are decoded, and always written anew.

Nothing of the sender's file survives: pixels are pasted into a new image, since Pillow would keep
a JPEG's comment when saving, and EXIF holds the place where a photo was taken.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from umkm_portal.lib.pixels import (
    BROKEN,
    dominant,
    fit,
    narrowed,
    orientation_of,
    redraw,
    written,
)
from umkm_portal.lib.uploads import (
    ENDINGS,
    ImageRefused,
    ending,
    is_heif,
    read,
    unreadable,
    webp_canvas,
)

__all__ = [
    "EncodedPhoto",
    "ImageRefused",
    "Inspected",
    "encode_avif",
    "encode_photo",
    "encode_proof",
    "inspect_image",
    "inspect_photo",
    "proof_extension",
]

MAX_PIXELS = 50_000_000
"""A baseline JPEG is shrunk while it is decoded, so the largest phone photos fit in memory."""
MAX_PIXELS_WHOLE = {
    "JPEG": 25_000_000,
    "MPO": 25_000_000,
    "PNG": 25_000_000,
    "WEBP": 15_000_000,
    "HEIF": 25_000_000,
}
"""Others are held whole: measured 6 to 16 bytes a pixel, so each stays under 300 MB."""
MIN_PHOTO_SIDE = 400
MIN_PROOF_SIDE = 100
LONGEST_RATIO = 4
PHOTO_BUDGETS = {400: 25_000, 800: 70_000, 1200: 120_000}
"""Width in pixels to bytes at most, from the page weight budget."""
PROOF_BUDGET = 300_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


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
    draft: bytes
    """A clean JPEG of higher quality, for the worker to make AVIF from."""

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


def inspect_photo(upload: File[Any]) -> Inspected:
    """The same, refusing also what is too small or too long for a product. Raises ImageRefused."""
    seen = inspect_image(upload)
    _refuse_bad_shape(seen)
    return seen


def encode_photo(upload: File[Any]) -> EncodedPhoto:
    """Write a product photo anew in three widths, uncropped. Raises ImageRefused."""
    image = _open(upload, read(upload))
    seen = _inspect(image)
    _refuse_bad_shape(seen)
    clean = redraw(image, widest=max(PHOTO_BUDGETS))
    widths = {
        # Method 2: half the time of 4 for a tenth more bytes, which few see once AVIF is there.
        width: fit(narrowed(clean, width), "WEBP", most, steps=(80, 65, 50, 35, 20), method=2)
        for width, most in PHOTO_BUDGETS.items()
    }
    draft = written(clean, "JPEG", quality=92)
    return EncodedPhoto(widths, dominant(clean), clean.width, clean.height, draft)


def encode_avif(picture: bytes) -> dict[int, bytes]:
    """Return the three widths of a picture of ours as AVIF: about a fifth lighter than WebP.

    Half a second of one core and more, so it is the worker's job. One thread: the web needs the
    others.
    """
    image = Image.open(io.BytesIO(picture), formats=("JPEG", "WEBP")).convert("RGB")
    options = {"speed": 6, "max_threads": 1}
    return {
        width: fit(narrowed(image, width), "AVIF", most, steps=(58, 46, 34, 22, 10), **options)
        for width, most in PHOTO_BUDGETS.items()
    }


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
    clean = redraw(image, widest=1600)
    options = {"optimize": True, "progressive": False}
    return fit(clean, "JPEG", PROOF_BUDGET, steps=(85, 75, 60, 45), **options)


def proof_extension(data: bytes) -> str:
    """Return "pdf" or "jpg" for what `encode_proof` gave."""
    return "pdf" if data.startswith(b"%PDF-") else "jpg"


def few_colours(png: bytes) -> bytes:
    """Return a drawing of ours with 32 colours, about a third of the bytes."""
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    flat = drawn.quantize(32, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return written(flat, "PNG")


def _open(upload: File[Any], data: bytes, *, pdf_welcome: bool = False) -> Image.Image:
    try:
        _refuse_huge(webp_canvas(data), MAX_PIXELS_WHOLE["WEBP"])
        image = Image.open(io.BytesIO(data), formats=_formats(data))
        # The second picture of an MPO or a burst is never decoded.
        first_only = image.format in {"MPO", "HEIF"}
        frames = 1 if first_only else getattr(image, "n_frames", 1)
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ImageRefused(_huge()) from None
    except BROKEN:
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


def _formats(data: bytes) -> tuple[str, ...]:
    if not is_heif(data):
        return ("JPEG", "PNG", "WEBP")
    # Only for who sends one: the decoder's libraries are 7 MB in every worker.
    import pillow_heif  # noqa: PLC0415

    pillow_heif.register_heif_opener(thumbnails=False)
    return ("HEIF",)


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


def _inspect(image: Image.Image) -> Inspected:
    turned = orientation_of(image) >= 5
    width, height = (image.height, image.width) if turned else image.size
    return Inspected(str(image.format), width, height)
