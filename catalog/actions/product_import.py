"""A sheet of goods: uploaded, checked by a job, confirmed, written row by row, or called off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import IO, Any

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile, File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product, ProductImport
from members.actions.sheet_work import (
    Counts,
    Problems,
    begin_sheet,
    cancel_sheet,
    confirm_sheet,
    count_sheet,
    drop_files,
    drop_old_files_of,
    finish_sheet,
    lock_sheet,
)
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
    gave_up = _("Gangguan di sistem kami. Unggah berkasnya lagi.")
    return begin_sheet(batch, gave_up=gave_up, by=by, via=via)


@transaction.atomic
def report_product_check(  # noqa: PLR0913  what a check has to say
    batch: ProductImport,
    *,
    counts: Counts,
    problems: Problems,
    changes: Sequence[tuple[int, str, str]],
    refusal: str = "",
    by: User | None,
    via: str,
) -> ProductImport:
    """Every row was looked at; with nothing to write there is nothing to confirm."""
    batch = lock_sheet(batch)
    if batch.state != ImportState.CHECKING:
        return batch
    has_work = counts.created or counts.updated
    batch.state = ImportState.CHECKED if has_work and not refusal else ImportState.REFUSED
    count_sheet(batch, counts)
    batch.problems = [list(problem) for problem in problems]
    batch.refusal = refusal[:500]
    batch.changes = [list(change) for change in changes[:MOST_CHANGES]]
    batch.save()
    record("product_import.checked", batch, by=by, via=via, state=batch.state, **counts._asdict())
    return batch


@transaction.atomic
def confirm_product_import(batch: ProductImport, *, by: User, via: str) -> ProductImport:
    """The owner has seen what would change: the right rows are written next."""
    batch = lock_sheet(batch)
    if batch.state in {ImportState.TO_WRITE, ImportState.WRITING, ImportState.DONE}:
        return batch
    running = ProductImport.objects.at_work().filter(business=batch.business)
    if batch.state == ImportState.CHECKED and running.exists():
        raise ActionRefused(_("Impor lain masih dikerjakan. Tunggu sampai selesai."))
    return confirm_sheet(batch, by=by, via=via)


def note_written(
    batch: ProductImport, line: int, product: Product, before: dict[str, Any] | None
) -> None:
    """In the transaction that wrote the row, so that a job that died forgets none."""
    row = json.dumps([[line, product.pk, before]], cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE catalog_productimport SET written = written || %s::jsonb WHERE id = %s",
            [row, batch.pk],
        )


@transaction.atomic
def finish_product_import(
    batch: ProductImport,
    *,
    counts: Counts,
    problems: Problems,
    by: User | None,
    via: str,
) -> ProductImport:
    """The right rows are written; the file stays a day for those that were not."""
    batch = lock_sheet(batch)
    if batch.state == ImportState.DONE:
        return batch
    batch.problems = [list(problem) for problem in problems]
    return finish_sheet(batch, counts=counts, drop=["photos"], by=by, via=via)


@transaction.atomic
def cancel_product_import(batch: ProductImport, *, by: User, via: str) -> ProductImport:
    """The owner calls a checked sheet off before anything was written."""
    return cancel_sheet(batch, by=by, via=via)


@transaction.atomic
def drop_old_product_imports(*, at: datetime, by: User | None, via: str) -> int:
    """Delete files nobody went on with for a day; return how many imports had some."""
    return drop_old_files_of(ProductImport, at=at, by=by, via=via)


def forget_old_product_imports(*, on: date) -> int:
    """A year is enough to see what a sheet did; return how many rows went. Their files are gone."""
    old = ProductImport.objects.filter(uploaded_at__date__lt=on - IMPORTS_KEPT, file="")
    return old.delete()[0]


@transaction.atomic
def erase_product_imports(business: Business, *, by: User | None, via: str) -> Business:
    """A business is forgotten: its sheets go with their files, whatever state they are in."""
    batches = list(ProductImport.objects.select_for_update().filter(business=business))
    for batch in batches:
        drop_files(batch, batch.FILES)
    ProductImport.objects.filter(pk__in=[batch.pk for batch in batches]).delete()
    record("business.product_imports_erased", business, by=by, via=via, imports=len(batches))
    return business
