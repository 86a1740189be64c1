"""Files that no row names: what broken uploads left, and what a killed process did not delete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.db.models import FileField, Model

from catalog.photo_files import DRAFTS, drafts_needed, sweep_photos
from umkm_portal.lib.batches import batched
from umkm_portal.lib.files import HALF

KEPT = timedelta(hours=24)
"""A file is stored before the row that names it is; no upload takes a day."""


def sweep_files(*, at: datetime) -> int:
    """Remove what is older than a day and named by no row; return how many files."""
    before = (at - KEPT).timestamp()
    public: Any = default_storage
    halves = _sweep_halves(public, before=before)
    photos = sweep_photos(public.stored(), before=before)
    return halves + photos + _sweep_private(storages["private"], before=before)


def _sweep_halves(storage: Any, *, before: float) -> int:
    halves = [
        name
        for name, written in storage.stored()
        if written < before and name.rpartition("/")[2].startswith(HALF)
    ]
    for name in halves:
        storage.delete(name)
    return len(halves)


def _sweep_private(storage: Any, *, before: float) -> int:
    removed = 0
    old = (name for name, written in storage.stored() if written < before)
    for names in batched(old, 500):
        named = _named_among(names)
        for name in names:
            # Asked once more: equal content sent anew has the same name, and a new time.
            if name not in named and storage.get_modified_time(name).timestamp() < before:
                storage.delete(name)
                removed += 1
    return removed


def _named_among(names: list[str]) -> set[str]:
    named = drafts_needed(name for name in names if name.startswith(DRAFTS))
    for model, field in _file_columns():
        rows = model._default_manager.filter(**{f"{field}__in": names})
        named.update(rows.values_list(field, flat=True))
    return named


def _file_columns() -> Iterator[tuple[type[Model], str]]:
    """Every column of the portal that names a file, also those that are yet to come."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                yield model, field.name
