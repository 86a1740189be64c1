"""The drawn pictures, brought in as if they came from phones; apart, for worker processes."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.core.files.base import ContentFile

from umkm_portal.demo.pictures import picture_file
from umkm_portal.lib.images import EncodedPhoto, encode_photo


def encoded(name: str) -> EncodedPhoto:
    """Draw the picture of a product and bring it in as if it came from a phone."""
    return encode_photo(ContentFile(picture_file(name), name="foto.jpg"))


def all_photos(names: list[str], *, workers: int) -> list[EncodedPhoto]:
    """Most of the demo's time goes here, so the cores share it. Started fresh: no open database."""
    if workers < 2:
        return [encoded(name) for name in names]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(encoded, names, chunksize=6))
