"""Files that staff hand out: PDF, slides, sheets, pictures. Looked at, never opened."""

from __future__ import annotations

import io
import math
import zipfile
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from umkm_portal.lib.images import ImageRefused, encode_proof
from umkm_portal.lib.uploads import MAX_BYTES, ending

MAX_HANDOUT = 20 * 1024 * 1024
OFFICE = {"pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
"""What each holds, and nothing else does."""
MOST_PARTS = 5_000
MACROS = "vbaproject.bin"


class HandoutRefused(ValueError):
    """This file cannot be handed out; the message is for the user."""


def handout(upload: File[Any]) -> tuple[bytes, str]:
    """Return content and ending as it is kept; a picture is written anew as JPEG.

    Raises HandoutRefused.
    """
    if upload.size > MAX_HANDOUT:
        size = math.ceil(upload.size / 1024 / 1024)
        raise HandoutRefused(_("Berkas %d MB. Paling besar 20 MB.") % size)
    last = ending(upload)
    upload.seek(0)
    if last == "pdf":
        data = bytes(upload.read())
        if not data.startswith(b"%PDF-"):
            raise HandoutRefused(_("Berkas itu bukan PDF. Simpan ulang sebagai PDF."))
        return data, last
    if last in OFFICE:
        data = bytes(upload.read())
        _refuse_office(data, OFFICE[last])
        return data, last
    return _picture(upload), "jpg"


def _refuse_office(data: bytes, needed: str) -> None:
    """Only the list of its parts is read, so that nothing in it can unfold."""
    try:
        names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(data)).namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError):
        names = []
    if needed not in names or len(names) > MOST_PARTS:
        raise HandoutRefused(_("Berkas itu rusak, atau akhiran namanya tidak cocok dengan isinya."))
    if any(name.rpartition("/")[2] == MACROS for name in names):
        raise HandoutRefused(_("Berkas itu berisi makro. Simpan ulang tanpa makro."))


def _picture(upload: File[Any]) -> bytes:
    if upload.size > MAX_BYTES:
        raise HandoutRefused(_("Gambar paling besar 8 MB. Yang lebih besar simpan sebagai PDF."))
    try:
        data = encode_proof(upload)
    except ImageRefused:
        raise HandoutRefused(
            _("Berkas itu tidak bisa dibuka. Unggah PDF, PPTX, XLSX, JPG, atau PNG.")
        ) from None
    return data
