"""The collector leaves alone what a worker has loaded, and comes to rest."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from umkm_portal.lib.settled import FULL_COLLECTIONS, settle


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    before = list(gc.callbacks)
    yield
    gc.unfreeze()
    gc.callbacks[:] = before


class Loop:
    def __init__(self) -> None:
        self.me = self


def test_what_is_loaded_is_not_gone_through_again() -> None:
    gc.collect()
    before = len(gc.get_objects())
    settle()
    # Objects set aside are in no generation.
    assert len(gc.get_objects()) < before / 10
    assert gc.get_freeze_count() > before / 2


def test_after_some_full_collections_it_sets_nothing_aside_any_more() -> None:
    watched = len(gc.callbacks)
    settle()
    for _ in range(FULL_COLLECTIONS):
        gc.collect()
    assert len(gc.callbacks) == watched
    aside = gc.get_freeze_count()
    kept = [Loop() for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() <= aside
    del kept


def test_rubbish_of_later_is_still_taken_away() -> None:
    settle()
    for _ in range(FULL_COLLECTIONS):
        gc.collect()
    gone = weakref.ref(Loop())
    gc.collect()
    assert gone() is None
