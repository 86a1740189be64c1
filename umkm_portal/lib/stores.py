"""The same two places as in `files`, kept in buckets when `S3_ENDPOINT` is set."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.deconstruct import deconstructible

from umkm_portal.lib.files import CONTENT_NAME, DOCUMENT_TYPES, StorageFull
from umkm_portal.lib.s3 import Bucket, StoreAway

logger = logging.getLogger(__name__)


class _BucketStorage(Storage):
    """Files as objects: whole or not at all, under the same names as on a disk."""

    bucket_setting = ""
    cache = "private, no-store"

    @property
    def bucket(self) -> Bucket:
        return Bucket(
            endpoint=settings.S3_ENDPOINT,
            name=getattr(settings, self.bucket_setting),
            region=settings.S3_REGION,
            access_key=settings.S3_ACCESS_KEY,
            secret_key=settings.S3_SECRET_KEY,
        )

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Keep names made from content: the same name is the same file."""
        if CONTENT_NAME.fullmatch(str(name)):
            return str(name)
        return super().get_available_name(name, max_length)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return File(io.BytesIO(self.bucket.get(name)), name=name)

    def _save(self, name: str, content: File[Any]) -> str:
        data = b"".join(
            part if isinstance(part, bytes) else part.encode() for part in content.chunks()
        )
        kind = DOCUMENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        try:
            self.bucket.put(name, data, kind=kind, cache=self.cache)
        except (StoreAway, FileNotFoundError) as error:
            raise StorageFull from error
        return name

    def delete(self, name: str) -> None:
        """Remove. What is not there is no error; what could not be removed is swept another day."""
        try:
            self.bucket.delete(name)
        except StoreAway:
            logger.warning("Left in the bucket: %s", name)

    def exists(self, name: str) -> bool:
        try:
            self.bucket.head(name)
        except FileNotFoundError:
            return False
        except StoreAway as error:
            raise StorageFull from error
        return True

    def size(self, name: str) -> int:
        return self.bucket.head(name)[0]

    def get_modified_time(self, name: str) -> datetime:
        return self.bucket.head(name)[1]

    def stored(self) -> Iterator[tuple[str, float]]:
        """Every file: name, and when written (epoch)."""
        return self.bucket.keys()

    def read_public(self, name: str) -> bytes:
        """Return the content. Raises FileNotFoundError."""
        return self.bucket.get(name)


@deconstructible(path="umkm_portal.lib.stores.PublicBucket")
class PublicBucket(_BucketStorage):
    """Photos. They are shown at our own address: who may see one is asked there."""

    bucket_setting = "S3_BUCKET"
    cache = "public, max-age=31536000, immutable"

    def url(self, name: str | None) -> str:
        return f"/media/{name}"


@deconstructible(path="umkm_portal.lib.stores.PrivateBucket")
class PrivateBucket(_BucketStorage):
    """Proofs and documents: a bucket of its own, that no other service may read."""

    bucket_setting = "S3_PRIVATE_BUCKET"

    def url(self, name: str | None) -> str:
        raise ValueError("A private file has no address; serve it by a view that asks who looks.")
