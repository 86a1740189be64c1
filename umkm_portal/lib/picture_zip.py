"""Pictures in a ZIP, found by their file name; nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any, TypeAlias

from django.core.files.base import File
from django.utils.translation import gettext as _

from umkm_portal.lib.uploads import MAX_BYTES, ImageRefused

Source: TypeAlias = "IO[bytes] | File[Any]"

MOST_FILES = 2_400
"""300 products of 8 photos."""
MAX_ZIP_BYTES = 64 * 2**20
# What computers add by themselves to a folder.
_ASIDE = ("__MACOSX/", ".ds_store", "thumbs.db", "desktop.ini")


class ZipRefused(ValueError):
    """This ZIP cannot be used; the message is for the user."""


class PictureZip:
    """Looks pictures up by name, however it is capitalised and in whichever folder they lie."""

    def __init__(self, file: Source) -> None:
        """Read the list of contents alone. Raises ZipRefused."""
        try:
            file.seek(0)
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ZipRefused(_("ZIP foto itu rusak. Buat ulang, lalu coba lagi.")) from error
        parts = [part for part in self._archive.infolist() if not _is_aside(part)]
        _refuse(parts)
        self._parts: dict[str, list[zipfile.ZipInfo]] = {}
        for part in parts:
            self._parts.setdefault(_plain(PurePosixPath(part.filename).name), []).append(part)

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> list[str]:
        """The pictures' file names without folders, as they are written."""
        return [PurePosixPath(found[0].filename).name for found in self._parts.values()]

    def open(self, name: str) -> File[bytes]:
        """Return one picture as an upload is. Raises ImageRefused with a sentence."""
        found = self._parts.get(_plain(name), [])
        if not found:
            raise ImageRefused(_("Foto %s tidak ada di antara foto yang dikirim.") % name)
        if len(found) > 1:
            raise ImageRefused(_("Ada dua foto bernama %s. Beri nama yang berbeda.") % name)
        (part,) = found
        if part.file_size > MAX_BYTES:
            raise ImageRefused(
                _("Foto %(name)s %(size)d MB. Paling besar 8 MB.")
                % {"name": name, "size": -(-part.file_size // 2**20)}
            )
        try:
            with self._archive.open(part) as packed:
                # Never more than it may be, whatever the list of contents says.
                data = packed.read(MAX_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise ImageRefused(
                _("Foto %s rusak di dalam ZIP. Buat ulang ZIP-nya.") % name
            ) from error
        return File(io.BytesIO(data), name=PurePosixPath(part.filename).name)


def pack(files: Iterable[Source]) -> IO[bytes]:
    """Put several uploads into one ZIP, uncompressed, for the same way in."""
    packed = SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115  the caller closes it
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            file.seek(0)
            name = PurePosixPath(str(file.name).replace("\\", "/")).name or "foto"
            with archive.open(name, "w") as part:
                while chunk := file.read(2**16):
                    part.write(chunk)
    packed.seek(0)
    return packed


def _is_aside(part: zipfile.ZipInfo) -> bool:
    return (
        part.is_dir()
        or part.filename.startswith(_ASIDE[0])
        or (PurePosixPath(part.filename).name.lower() in _ASIDE)
    )


def _refuse(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_FILES:
        raise ZipRefused(
            _("ZIP itu berisi %(count)d berkas. Paling banyak %(most)d.")
            % {"count": len(parts), "most": MOST_FILES}
        )
    for part in parts:
        path = PurePosixPath(part.filename)
        if (
            path.is_absolute()
            or ".." in path.parts
            or "\\" in part.filename
            or ":" in path.parts[0]
        ):
            raise ZipRefused(
                _("Nama berkas di ZIP itu tidak wajar. Buat ulang ZIP dari folder foto.")
            )
        if part.flag_bits & 0x1:
            raise ZipRefused(_("ZIP itu memakai kata sandi. Buat ulang tanpa kata sandi."))


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
