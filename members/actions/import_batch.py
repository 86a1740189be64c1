"""A file of members: uploaded, checked, confirmed, written as a whole by a job, or called off."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import ImportState
from members.models import ImportBatch, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name

FILE_LIFE = timedelta(days=1)
"""A file of people's data lies no longer than its import needs."""
MOST_TRIES = 5
ONE_AT_A_TIME = 7_100_412
"""Key of the advisory lock that the one writing import holds."""
TO_WORK = {
    ImportState.TO_CHECK: ImportState.CHECKING,
    ImportState.CHECKING: ImportState.CHECKING,
    ImportState.TO_WRITE: ImportState.WRITING,
    ImportState.WRITING: ImportState.WRITING,
}


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
def upload_members(content: bytes, *, name: str, by: User, via: str) -> ImportBatch:
    """Keep the file for a job to check; the same file sent twice in a row is one."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    key = hashlib.sha256(content).hexdigest()
    existing = ImportBatch.objects.at_work().filter(file_digest=key, uploaded_by=by).first()
    if existing:
        return existing
    if not content:
        raise ActionRefused(_("Berkas itu kosong. Pilih berkas lain."))
    ending = "xlsx" if content[:2] == b"PK" else "csv"
    batch = ImportBatch.objects.create(
        file=ContentFile(content, name=f"impor/{random_name(ending)}"),
        file_name=name[:200],
        file_digest=key,
        uploaded_by=by,
        touched_at=timezone.now(),
    )
    record("member_import.uploaded", batch, by=by, via=via, file=batch.file_name)
    return batch


@transaction.atomic
def begin_work(batch: ImportBatch, *, by: User | None, via: str) -> ImportBatch:
    """A job takes the file, or takes it again after the one before it died."""
    batch = _locked(batch)
    if batch.state not in TO_WORK:
        raise ActionRefused(_("Impor ini sudah selesai dikerjakan."))
    batch.state = TO_WORK[ImportState(batch.state)]
    batch.rows_done, batch.touched_at = 0, timezone.now()
    batch.tries += 1
    if batch.tries > MOST_TRIES:
        batch.state = ImportState.REFUSED
        batch.refusal = _("Gangguan di sistem kami. Tidak ada yang ditulis. Unggah berkasnya lagi.")
    batch.save(update_fields=["state", "rows_done", "touched_at", "tries", "refusal"])
    record("member_import.begun", batch, by=by, via=via, state=batch.state)
    return batch


@transaction.atomic
def report_check(  # noqa: PLR0913  what a check has to say
    batch: ImportBatch,
    *,
    counts: Counts,
    problems: Sequence[tuple[int, str]],
    refusal: str = "",
    by: User | None,
    via: str,
) -> ImportBatch:
    """Every line was looked at: either all may be written, or each bad one is named."""
    batch = _locked(batch)
    if batch.state not in {ImportState.CHECKING, ImportState.WRITING}:
        return batch
    is_bad = bool(problems or refusal)
    batch.state = ImportState.REFUSED if is_bad else ImportState.CHECKED
    _count(batch, counts)
    batch.problems, batch.refusal = [list(problem) for problem in problems], refusal[:500]
    batch.save()
    record("member_import.checked", batch, by=by, via=via, state=batch.state, **counts._asdict())
    return batch


@transaction.atomic
def confirm_import(batch: ImportBatch, *, tell_owners: bool, by: User, via: str) -> ImportBatch:
    """Staff have seen the counts: the file is written next, unless another one is being written."""
    _only_one_decides()
    batch = _locked(batch)
    if batch.state in {ImportState.TO_WRITE, ImportState.WRITING, ImportState.DONE}:
        return batch
    if batch.state != ImportState.CHECKED:
        raise ActionRefused(_("Berkas ini belum bisa diimpor: %s.") % batch.get_state_display())
    writing = ImportBatch.objects.filter(state__in=[ImportState.TO_WRITE, ImportState.WRITING])
    if writing.exists():
        raise ActionRefused(_("Impor lain sedang ditulis. Tunggu sampai selesai, lalu coba lagi."))
    batch.state, batch.tell_owners = ImportState.TO_WRITE, tell_owners
    batch.rows_done, batch.tries, batch.touched_at = 0, 0, timezone.now()
    batch.save(update_fields=["state", "tell_owners", "rows_done", "tries", "touched_at"])
    record("member_import.confirmed", batch, by=by, via=via, tell_owners=tell_owners)
    return batch


@transaction.atomic
def finish_import(batch: ImportBatch, *, counts: Counts, by: User | None, via: str) -> ImportBatch:
    """All lines are written in this transaction; the file is needed no more."""
    batch = _locked(batch)
    if batch.state == ImportState.DONE:
        return batch
    batch.state = ImportState.DONE
    batch.finished_at = timezone.now()
    _count(batch, counts)
    _drop_file(batch)
    batch.save()
    record("member_import.finished", batch, by=by, via=via, **counts._asdict())
    return batch


@transaction.atomic
def cancel_import(batch: ImportBatch, *, by: User, via: str) -> ImportBatch:
    """Staff call a checked file off before anything was written."""
    batch = _locked(batch)
    if batch.state == ImportState.CANCELLED:
        return batch
    if batch.state not in {ImportState.CHECKED, ImportState.REFUSED}:
        raise ActionRefused(_("Impor ini tidak bisa dibatalkan: %s.") % batch.get_state_display())
    batch.state = ImportState.CANCELLED
    _drop_file(batch)
    batch.save(update_fields=["state", "file"])
    record("member_import.cancelled", batch, by=by, via=via)
    return batch


@transaction.atomic
def delete_old_files(*, at: datetime, by: User | None, via: str) -> int:
    """Delete files nobody went on with for a day; return how many."""
    batches = list(
        ImportBatch.objects.with_file_until(at - FILE_LIFE).select_for_update(skip_locked=True)
    )
    for batch in batches:
        if batch.state == ImportState.CHECKED:
            batch.state = ImportState.CANCELLED
        _drop_file(batch)
        batch.save(update_fields=["state", "file"])
        record("member_import.file_deleted", batch, by=by, via=via)
    return len(batches)


@transaction.atomic
def note_exported(user: User, *, kind: str, by: User, via: str) -> User:
    """Somebody takes the members out as a file: nothing changes, but who took them is kept."""
    record("members.exported", user, by=by, via=via, kind=kind)
    return user


@transaction.atomic
def note_bad_lines_taken(batch: ImportBatch, *, by: User, via: str) -> ImportBatch:
    """Somebody takes the bad lines of her file back, with what stands in them."""
    record("member_import.bad_lines_taken", batch, by=by, via=via)
    return batch


def hold_writing() -> bool:
    """Take the right to write until this transaction ends; False when another import has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        (is_ours,) = cursor.fetchone()
    return bool(is_ours)


def _only_one_decides() -> None:
    """Two presses at once come one after the other; a running import does not hold this lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME + 1])


def _locked(batch: ImportBatch) -> ImportBatch:
    return (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("uploaded_by")
        .get(pk=batch.pk)
    )


def _count(batch: ImportBatch, counts: Counts) -> None:
    batch.created, batch.updated = counts.created, counts.updated
    batch.unchanged, batch.refused = counts.unchanged, counts.refused
    batch.rows_total = batch.rows_done = counts.total
    batch.touched_at = timezone.now()


def _drop_file(batch: ImportBatch) -> None:
    # After commit only: an import that is rolled back is tried again from this file.
    if batch.file:
        transaction.on_commit(partial(batch.file.storage.delete, str(batch.file.name)))
        batch.file = ""
