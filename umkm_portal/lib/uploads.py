"""What can be said of an upload before any library looks into it."""

from __future__ import annotations

import math
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

MAX_BYTES = 8 * 1024 * 1024
ENDINGS = {
    "JPEG": {"jpg", "jpeg", "jfif"},
    "MPO": {"jpg", "jpeg", "mpo"},
    "PNG": {"png"},
    "WEBP": {"webp"},
    "HEIF": {"heic", "heif", "hif"},
}
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class ImageRefused(ValueError):
    """This upload cannot be used; the message is for the user."""


def ending(upload: File[Any]) -> str:
    """Return what the name ends with: "jpg"; "" when that is no plain ending."""
    _stem, dot, last = (upload.name or "").lower().rpartition(".")
    return last if dot and last.isalnum() and last.isascii() and len(last) <= 8 else ""


def read(upload: File[Any]) -> bytes:
    """Return the content. Raises ImageRefused for over 8 MB or nothing at all."""
    if upload.size > MAX_BYTES:
        raise ImageRefused(
            _(
                "Foto %(size)d MB. Paling besar 8 MB. "
                "Coba kirim lewat WhatsApp ke diri sendiri lalu unggah hasilnya."
            )
            % {"size": math.ceil(upload.size / 1024 / 1024)}
        )
    upload.seek(0)
    data = bytes(upload.read(MAX_BYTES + 1))
    if not data:
        raise ImageRefused(_("Berkas itu kosong. Pilih berkas lain."))
    return data


def unreadable(upload: File[Any], *, pdf_welcome: bool) -> str:
    """Return the sentence for content nobody can open, by what its name promised."""
    last = ending(upload)
    known = any(last in endings for endings in ENDINGS.values()) or (pdf_welcome and last == "pdf")
    if known:
        return _("Berkas itu rusak atau bukan foto. Pilih berkas lain.")
    wanted = _("Unggah foto (JPG/PNG) atau PDF.") if pdf_welcome else _("Unggah foto (JPG/PNG).")
    named = f".{last}" if last else _("ini")
    return _("Berkas %(ending)s tidak bisa dibuka. %(wanted)s") % {
        "ending": named,
        "wanted": wanted,
    }


def webp_canvas(data: bytes) -> int:
    """Return the pixels a WebP with a head of its own claims, else 0."""
    # Opening a WebP already sets aside its whole canvas, so its pixels are counted here before.
    if data[:4] != b"RIFF" or data[12:16] != b"VP8X":
        return 0
    width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
    return width * height


def is_heif(data: bytes) -> bool:
    """Whether the head says it is a photo as iPhones keep them."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS
