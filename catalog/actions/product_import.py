"""A sheet of goods: uploaded, checked by a job, confirmed, written row by row, or called off."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import IO, Any

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import ProductImport
from members.actions.import_batch import FILE_LIFE, MOST_TRIES, TO_WORK, Counts
from members.choices import ImportState
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name

IMPORTS_KEPT = relativedelta(years=1)
MOST_CHANGES = 100
"""So many are shown before somebody confirms; the counts say how many there are."""


@transaction.atomic
def upload_products(  # noqa: PLR0913  a sheet and what comes with it
    business: Business,
    content: bytes,
    *,
    name: str,
    photos: IO[bytes] | None = None,
    submits: bool = True,
    by: User,
    via: str,
) -> ProductImport:
    """Keep the files for a job to check; the same sheet sent twice in a row is one."""
    business = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    key = hashlib.sha256(content).hexdigest()
    running = ProductImport.objects.at_work().filter(business=business).first()
    if running is not None:
        if running.file_digest == key:
            return running
        raise ActionRefused(_("Impor sebelumnya masih dikerjakan. Tunggu sampai selesai."))
    ending = "xlsx" if content[:2] == b"PK" else "csv"
    batch = ProductImport(
        business=business,
        file=ContentFile(content, name=f"impor-produk/{random_name(ending)}"),
        file_name=name[:200],
        file_digest=key,
        submits=submits,
        uploaded_by=by,
        touched_at=timezone.now(),
    )
    if photos is not None:
        batch.photos = File(photos, name=f"impor-produk/{random_name('zip')}")
    batch.save()
    record("product_import.uploaded", batch, by=by, via=via, file=batch.file_name)
    return batch


@transaction.atomic
def begin_product_import(batch: ProductImport, *, by: User | None, via: str) -> ProductImport:
    """A job takes the file, or takes it again after the one before it died."""
    batch = _locked(batch)
    if batch.state not in TO_WORK:
        raise ActionRefused(_("Impor ini sudah selesai dikerjakan."))
    batch.state = TO_WORK[ImportState(batch.state)]
    batch.rows_done, batch.touched_at = 0, timezone.now()
    batch.tries += 1
    if batch.tries > MOST_TRIES:
        batch.state = ImportState.REFUSED
        batch.refusal = _("Gangguan di sistem kami. Unggah berkasnya lagi.")
    batch.save(update_fields=["state", "rows_done", "touched_at", "tries", "refusal"])
    record("product_import.begun", batch, by=by, via=via, state=batch.state)
    return batch


@transaction.atomic
def report_product_check(  # noqa: PLR0913  what a check has to say
    batch: ProductImport,
    *,
    counts: Counts,
    problems: Sequence[tuple[int, str]],
    changes: Sequence[tuple[int, str, str]],
    refusal: str = "",
    by: User | None,
    via: str,
) -> ProductImport:
    """Every row was looked at; with nothing to write there is nothing to confirm."""
    batch = _locked(batch)
    if batch.state != ImportState.CHECKING:
        return batch
    has_work = counts.created or counts.updated
    batch.state = ImportState.CHECKED if has_work and not refusal else ImportState.REFUSED
    _count(batch, counts, problems)
    batch.refusal = refusal[:500]
    batch.changes = [list(change) for change in changes[:MOST_CHANGES]]
    batch.save()
    record("product_import.checked", batch, by=by, via=via, state=batch.state, **counts._asdict())
    return batch


@transaction.atomic
def confirm_product_import(batch: ProductImport, *, by: User, via: str) -> ProductImport:
    """The owner has seen what would change: the right rows are written next."""
    batch = _locked(batch)
    if batch.state in {ImportState.TO_WRITE, ImportState.WRITING, ImportState.DONE}:
        return batch
    if batch.state != ImportState.CHECKED or not batch.file:
        raise ActionRefused(_("Berkas ini belum bisa diimpor: %s.") % batch.get_state_display())
    running = ProductImport.objects.at_work().filter(business=batch.business)
    if running.exists():
        raise ActionRefused(_("Impor lain masih dikerjakan. Tunggu sampai selesai."))
    batch.state = ImportState.TO_WRITE
    batch.rows_done, batch.tries, batch.touched_at = 0, 0, timezone.now()
    batch.save(update_fields=["state", "rows_done", "tries", "touched_at"])
    record("product_import.confirmed", batch, by=by, via=via)
    return batch


@transaction.atomic
def finish_product_import(
    batch: ProductImport,
    *,
    counts: Counts,
    problems: Sequence[tuple[int, str]],
    by: User | None,
    via: str,
) -> ProductImport:
    """The right rows are written; the file stays a day for those that were not."""
    batch = _locked(batch)
    if batch.state == ImportState.DONE:
        return batch
    batch.state = ImportState.DONE
    batch.finished_at = timezone.now()
    _count(batch, counts, problems)
    _drop(batch, "photos")
    batch.save()
    record("product_import.finished", batch, by=by, via=via, **counts._asdict())
    return batch


@transaction.atomic
def cancel_product_import(batch: ProductImport, *, by: User, via: str) -> ProductImport:
    """The owner calls a checked sheet off before anything was written."""
    batch = _locked(batch)
    if batch.state == ImportState.CANCELLED:
        return batch
    if batch.state not in {ImportState.CHECKED, ImportState.REFUSED}:
        raise ActionRefused(_("Impor ini tidak bisa dibatalkan: %s.") % batch.get_state_display())
    batch.state = ImportState.CANCELLED
    _drop(batch, "file", "photos")
    batch.save(update_fields=["state", "file", "photos"])
    record("product_import.cancelled", batch, by=by, via=via)
    return batch


@transaction.atomic
def drop_old_product_imports(*, at: datetime, by: User | None, via: str) -> int:
    """Delete files nobody went on with for a day; return how many imports had some."""
    old = ProductImport.objects.with_file_until(at - FILE_LIFE)
    batches = list(old.select_for_update(of=("self",), skip_locked=True))
    for batch in batches:
        if batch.state == ImportState.CHECKED:
            batch.state = ImportState.CANCELLED
        _drop(batch, "file", "photos")
        batch.save(update_fields=["state", "file", "photos"])
        record("product_import.file_deleted", batch, by=by, via=via)
    return len(batches)


def forget_old_product_imports(*, on: date) -> int:
    """A year is enough to see what a sheet did; return how many rows went. Their files are gone."""
    old = ProductImport.objects.filter(uploaded_at__date__lt=on - IMPORTS_KEPT, file="")
    return old.delete()[0]


@transaction.atomic
def erase_product_imports(business: Business, *, by: User | None, via: str) -> Business:
    """A business is forgotten: its sheets go with their files, whatever state they are in."""
    batches = list(ProductImport.objects.select_for_update().filter(business=business))
    for batch in batches:
        _drop(batch, "file", "photos")
    ProductImport.objects.filter(pk__in=[batch.pk for batch in batches]).delete()
    record("business.product_imports_erased", business, by=by, via=via, imports=len(batches))
    return business


def _locked(batch: ProductImport) -> ProductImport:
    return (
        ProductImport.objects.select_for_update(of=("self",))
        .select_related("business", "uploaded_by")
        .get(pk=batch.pk)
    )


def _count(batch: ProductImport, counts: Counts, problems: Sequence[tuple[int, str]]) -> None:
    batch.created, batch.updated = counts.created, counts.updated
    batch.unchanged, batch.refused = counts.unchanged, counts.refused
    batch.rows_total = batch.rows_done = counts.total
    batch.problems = [list(problem) for problem in problems]
    batch.touched_at = timezone.now()


def _drop(batch: ProductImport, *fields: str) -> None:
    for field in fields:
        file: Any = getattr(batch, field)
        if file:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
            setattr(batch, field, "")
