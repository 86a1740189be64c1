"""The drawn pictures, brought in as if they came from phones, by worker processes.

This module knows no model: a worker is started fresh and opens no database.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from django.core.files.base import ContentFile

from umkm_portal.demo.pictures import picture_file
from umkm_portal.lib.images import EncodedPhoto, encode_photo

PR_SET_PDEATHSIG = 1
Photos = Mapping[str, "Future[EncodedPhoto]"]


def encoded(name: str) -> EncodedPhoto:
    """Draw the picture of a product and bring it in as if it came from a phone."""
    return encode_photo(ContentFile(picture_file(name), name="foto.jpg"))


@contextmanager
def studio(names: Iterable[str]) -> Iterator[Photos]:
    """Yield each product's picture as a promise; they are drawn in the order of the names.

    Most of the demo's time goes here, so the cores share it while the story goes on.
    """
    pool = ProcessPoolExecutor(
        min(os.cpu_count() or 1, 4),
        mp_context=get_context("spawn"),
        initializer=_die_with_parent,
    )
    try:
        yield {name: pool.submit(encoded, name) for name in names}
    finally:
        pool.shutdown(cancel_futures=True)


def _die_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
