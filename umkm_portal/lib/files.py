"""Where uploads live: photos anybody may see, and documents only some may."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.deconstruct import deconstructible
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

IMAGE_TYPES = {
    "webp": "image/webp",
    "avif": "image/avif",
    "jpg": "image/jpeg",
    "png": "image/png",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCUMENT_TYPES = IMAGE_TYPES | {
    "pdf": "application/pdf",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
HALF = ".half-"
"""How the name of a file begins while it is being written."""
CONTENT_NAME = re.compile(r"(?:[a-z0-9_-]+/)*[0-9a-f]{2}/[0-9a-f]{40}\.[a-z0-9]{1,5}")
_SAFE_NAME = re.compile(r"(?:[a-z0-9_-]+/){0,6}[a-z0-9_-]+\.[a-z0-9]{1,5}")


class StorageFull(ValueError):
    """The disk is full or cannot be written; the message is for the user."""

    def __init__(self) -> None:
        super().__init__(
            _("Berkas belum bisa disimpan karena gangguan di sistem kami. Coba lagi nanti.")
        )


def content_name(data: bytes, ext: str) -> str:
    """Return a name made from the content: "3f/3f9a….webp". Equal contents share one file."""
    name = hashlib.sha256(data).hexdigest()[:40]
    return f"{name[:2]}/{name}.{ext.lower().removeprefix('.')}"


def random_name(ext: str) -> str:
    """Return an unguessable name of the same form, for files that are deleted one by one."""
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name}.{ext.lower().removeprefix('.')}"


class _WholeFileStorage(FileSystemStorage):
    """Writes a file whole or not at all, under the names of `content_name` and `random_name`."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Keep names made from content: the same name is the same file."""
        if CONTENT_NAME.fullmatch(str(name)):
            return str(name)
        return super().get_available_name(name, max_length)

    def stored(self) -> Iterator[tuple[str, float]]:
        """Every file below, halves of broken uploads too: name, and when written (epoch)."""
        root = self.path("")
        for folder, folders, files in os.walk(root):
            folders.sort()
            for file in sorted(files):
                path = os.path.join(folder, file)  # noqa: PTH118  a million times a night
                with suppress(FileNotFoundError):
                    yield os.path.relpath(path, root), os.stat(path).st_mtime  # noqa: PTH116

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target, content, mode=self.file_permissions_mode or 0o644)
        except OSError as error:
            raise StorageFull from error
        return str(name)


def _write_whole(target: Path, content: File[Any], *, mode: int) -> None:
    handle, half = tempfile.mkstemp(dir=target.parent, prefix=HALF)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in content.chunks():
                out.write(chunk.encode() if isinstance(chunk, str) else chunk)
            out.flush()
            os.fsync(out.fileno())
        Path(half).chmod(mode)
        Path(half).replace(target)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise


@deconstructible(path="umkm_portal.lib.files.PublicStorage")
class PublicStorage(_WholeFileStorage):
    """Photos, under MEDIA_ROOT, at /media/<name>."""

    def __init__(self) -> None:
        super().__init__(base_url="/media/", file_permissions_mode=0o644)

    def read_public(self, name: str) -> bytes:
        """Return the content, unless a link leads out of the folder. Raises FileNotFoundError."""
        path = Path(self.path(name))
        if not path.is_file() or not path.resolve().is_relative_to(self.location):
            raise FileNotFoundError(name)
        return path.read_bytes()

    @property
    def base_location(self) -> Any:
        return settings.MEDIA_ROOT

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())


@deconstructible(path="umkm_portal.lib.files.PrivateStorage")
class PrivateStorage(_WholeFileStorage):
    """Proofs and documents, under PRIVATE_ROOT: no address leads to them, only views."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> Any:
        return settings.PRIVATE_ROOT

    @property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address; serve it by a view that asks who looks.")


def public_response(name: str) -> HttpResponse:
    """Return a photo for ever cacheable, since its name changes with its content. Or Http404."""
    kind = IMAGE_TYPES.get(name.rpartition(".")[2])
    if not kind or len(name) > 200 or not _SAFE_NAME.fullmatch(name):
        raise Http404
    store: Any = default_storage
    try:
        data = store.read_public(name)
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return _unreachable()
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _unreachable() -> HttpResponse:
    """The store is away: said in a sentence, and asked again soon."""
    text = _("Berkas ini belum bisa dibuka karena gangguan di sistem kami. Coba lagi nanti.")
    headers = {"Retry-After": "30", "Cache-Control": "no-store"}
    return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers=headers)


def private_response(file: File[Any] | bytes, *, filename: str) -> HttpResponse:
    """Return a document to save: never shown in our pages' name, never kept by a cache.

    Raises Http404 when the row is there but its file is gone.
    """
    try:
        data = file if isinstance(file, bytes) else file.open("rb").read()
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return _unreachable()
    finally:
        if not isinstance(file, bytes):
            file.close()
    return HttpResponse(data, headers=_private(filename))


def private_stream(parts: Iterable[bytes], *, filename: str) -> StreamingHttpResponse:
    """The same for what is made while it is sent."""
    return StreamingHttpResponse(parts, headers=_private(filename))


def _private(filename: str) -> dict[str, str]:
    kind = DOCUMENT_TYPES.get(filename.rpartition(".")[2].lower(), "application/octet-stream")
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return {
        "Content-Type": kind,
        "Content-Disposition": disposition or "attachment",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
