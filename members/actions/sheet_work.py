"""What happens to any uploaded sheet: a job takes it, checks it, somebody says yes or no.

Which sheets there are, and what each asks beyond that, say `import_batch` and those who keep
sheets of their own in apps above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ImportState
from members.models import User
from members.models.bulk_import import SheetImport
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused

FILE_LIFE = timedelta(days=1)
"""A file of people's data lies no longer than its import needs."""
MOST_TRIES = 5
TO_WORK = {
    ImportState.TO_CHECK: ImportState.CHECKING,
    ImportState.CHECKING: ImportState.CHECKING,
    ImportState.TO_WRITE: ImportState.WRITING,
    ImportState.WRITING: ImportState.WRITING,
}

Sheet = TypeVar("Sheet", bound=SheetImport)
Problems = Sequence[tuple[int, str]]


class Counts(NamedTuple):
    """How many lines are new, change something, change nothing, and cannot be imported."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def total(self) -> int:
        return sum(self)


@transaction.atomic
def begin_sheet(batch: Sheet, *, gave_up: str, by: User | None, via: str) -> Sheet:
    """A job takes the file, or takes it again after the one before it died."""
    batch = lock_sheet(batch)
    if batch.state not in TO_WORK:
        raise ActionRefused(_("Impor ini sudah selesai dikerjakan."))
    batch.state = TO_WORK[ImportState(batch.state)]
    batch.rows_done, batch.touched_at = 0, timezone.now()
    batch.tries += 1
    if batch.tries > MOST_TRIES:
        batch.state = ImportState.REFUSED
        batch.refusal = gave_up
    batch.save(update_fields=["state", "rows_done", "touched_at", "tries", "refusal"])
    record(f"{batch.NOUN}.begun", batch, by=by, via=via, state=batch.state)
    return batch


@transaction.atomic
def confirm_sheet(batch: Sheet, *, by: User, via: str, **values: bool) -> Sheet:
    """Somebody has seen what would change; the caller has locked the sheet and asked the rest."""
    if batch.state != ImportState.CHECKED or not batch.file:
        raise ActionRefused(_("Berkas ini belum bisa diimpor: %s.") % batch.get_state_display())
    for name, value in values.items():
        setattr(batch, name, value)
    batch.state = ImportState.TO_WRITE
    batch.rows_done, batch.tries, batch.touched_at = 0, 0, timezone.now()
    batch.save(update_fields=["state", "rows_done", "tries", "touched_at", *values])
    record(f"{batch.NOUN}.confirmed", batch, by=by, via=via, **values)
    return batch


@transaction.atomic
def finish_sheet(
    batch: Sheet, *, counts: Counts, drop: Iterable[str], by: User | None, via: str
) -> Sheet:
    """What could be written is; the files named in `drop` are needed no more."""
    batch.state = ImportState.DONE
    batch.finished_at = timezone.now()
    count_sheet(batch, counts)
    drop_files(batch, drop)
    batch.save()
    record(f"{batch.NOUN}.finished", batch, by=by, via=via, **counts._asdict())
    return batch


@transaction.atomic
def cancel_sheet(batch: Sheet, *, by: User, via: str) -> Sheet:
    """Somebody calls a checked sheet off before anything was written."""
    batch = lock_sheet(batch)
    if batch.state == ImportState.CANCELLED:
        return batch
    if batch.state not in {ImportState.CHECKED, ImportState.REFUSED}:
        raise ActionRefused(_("Impor ini tidak bisa dibatalkan: %s.") % batch.get_state_display())
    batch.state = ImportState.CANCELLED
    drop_files(batch, batch.FILES)
    batch.save(update_fields=["state", *batch.FILES])
    record(f"{batch.NOUN}.cancelled", batch, by=by, via=via)
    return batch


@transaction.atomic
def drop_old_files_of(model: type[SheetImport], *, at: datetime, by: User | None, via: str) -> int:
    """Delete files nobody went on with for a day; return how many sheets had some."""
    old: Any = model._default_manager.all()
    batches = old.with_file_until(at - FILE_LIFE).select_for_update(of=("self",), skip_locked=True)
    found: list[SheetImport] = list(batches)
    for batch in found:
        if batch.state == ImportState.CHECKED:
            batch.state = ImportState.CANCELLED
        drop_files(batch, batch.FILES)
        batch.save(update_fields=["state", *batch.FILES])
        record(f"{batch.NOUN}.file_deleted", batch, by=by, via=via)
    return len(found)


def lock_sheet(batch: Sheet) -> Sheet:
    """The row as it is now, held until the end of the transaction."""
    rows: Any = type(batch)._default_manager.select_for_update(of=("self",))
    found: Sheet = rows.select_related(*batch.BESIDE).get(pk=batch.pk)
    return found


def count_sheet(batch: SheetImport, counts: Counts) -> None:
    batch.created, batch.updated = counts.created, counts.updated
    batch.unchanged, batch.refused = counts.unchanged, counts.refused
    batch.rows_total = batch.rows_done = counts.total
    batch.touched_at = timezone.now()


def drop_files(batch: SheetImport, fields: Iterable[str]) -> None:
    """After commit only: an import that is rolled back is tried again from its file."""
    for field in fields:
        file: Any = getattr(batch, field)
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
            setattr(batch, field, "")
