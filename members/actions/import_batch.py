"""A file of members: uploaded, checked, confirmed, written as a whole by a job, or called off."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.sheet_work import (
    Counts,
    Problems,
    begin_sheet,
    cancel_sheet,
    confirm_sheet,
    count_sheet,
    drop_old_files_of,
    finish_sheet,
    lock_sheet,
)
from members.choices import ImportState
from members.models import ImportBatch, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name

ONE_AT_A_TIME = 7_100_412
"""Key of the advisory lock that the one writing import holds."""


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
    gave_up = _("Gangguan di sistem kami. Tidak ada yang ditulis. Unggah berkasnya lagi.")
    return begin_sheet(batch, gave_up=gave_up, by=by, via=via)


@transaction.atomic
def report_check(  # noqa: PLR0913  what a check has to say
    batch: ImportBatch,
    *,
    counts: Counts,
    problems: Problems,
    refusal: str = "",
    by: User | None,
    via: str,
) -> ImportBatch:
    """Every line was looked at: either all may be written, or each bad one is named."""
    batch = lock_sheet(batch)
    if batch.state not in {ImportState.CHECKING, ImportState.WRITING}:
        return batch
    is_bad = bool(problems or refusal)
    batch.state = ImportState.REFUSED if is_bad else ImportState.CHECKED
    count_sheet(batch, counts)
    batch.problems, batch.refusal = [list(problem) for problem in problems], refusal[:500]
    batch.save()
    record("member_import.checked", batch, by=by, via=via, state=batch.state, **counts._asdict())
    return batch


@transaction.atomic
def confirm_import(batch: ImportBatch, *, tell_owners: bool, by: User, via: str) -> ImportBatch:
    """Staff have seen the counts: the file is written next, unless another one is being written."""
    _only_one_decides()
    batch = lock_sheet(batch)
    if batch.state in {ImportState.TO_WRITE, ImportState.WRITING, ImportState.DONE}:
        return batch
    writing = ImportBatch.objects.filter(state__in=[ImportState.TO_WRITE, ImportState.WRITING])
    if batch.state == ImportState.CHECKED and writing.exists():
        raise ActionRefused(_("Impor lain sedang ditulis. Tunggu sampai selesai, lalu coba lagi."))
    return confirm_sheet(batch, by=by, via=via, tell_owners=tell_owners)


@transaction.atomic
def finish_import(batch: ImportBatch, *, counts: Counts, by: User | None, via: str) -> ImportBatch:
    """All lines are written in this transaction; the file is needed no more."""
    batch = lock_sheet(batch)
    if batch.state == ImportState.DONE:
        return batch
    return finish_sheet(batch, counts=counts, drop=batch.FILES, by=by, via=via)


@transaction.atomic
def cancel_import(batch: ImportBatch, *, by: User, via: str) -> ImportBatch:
    """Staff call a checked file off before anything was written."""
    return cancel_sheet(batch, by=by, via=via)


@transaction.atomic
def delete_old_files(*, at: datetime, by: User | None, via: str) -> int:
    """Delete files nobody went on with for a day; return how many."""
    return drop_old_files_of(ImportBatch, at=at, by=by, via=via)


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
