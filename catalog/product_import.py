"""One sheet of goods from its first row to its last: checked, then its right rows written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from catalog.actions.product_import import (
    begin_product_import,
    finish_product_import,
    report_product_check,
)
from catalog.models import ProductImport
from catalog.product_rows import Known, Row, RowRefused, read_row, write_row
from catalog.product_sheet import COLUMNS
from members.actions.sheet_work import Counts
from members.choices import ImportState
from members.member_sheet import Column, columns_of
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull
from umkm_portal.lib.images import ImageRefused
from umkm_portal.lib.picture_zip import PictureZip, ZipRefused
from umkm_portal.lib.xlsx import SheetRefused, iter_rows, write_rows

MOST_ROWS = 300
"""With their photos some two minutes of one core; a larger range comes in several sheets."""
STALLED_AFTER = timedelta(minutes=2)
"""A job at work says so after every row."""


@task()
def product_import_job(batch_pk: int) -> None:
    """Check or write an uploaded sheet of goods, whichever it waits for."""
    work_on(batch_pk)


def requeue_stalled_product_imports(*, at: datetime) -> int:
    """Queue again what a killed worker or a restarted database left behind; return how many."""
    stalled = ProductImport.objects.stalled(since=at - STALLED_AFTER)
    found = list(stalled.values_list("pk", flat=True))
    for pk in found:
        # Touched, so that the next minute does not queue it once more.
        ProductImport.objects.filter(pk=pk).update(touched_at=at)
        product_import_job.enqueue(pk)
    return len(found)


@dataclass
class Opened:
    """Header texts, their columns, the rows that are not empty with their number, the photos."""

    headers: list[str]
    columns: list[Column | None]
    rows: list[tuple[int, list[str]]]
    pictures: PictureZip | None

    def cells(self, row: list[str]) -> dict[str, str]:
        """The texts of one row by the key of their column."""
        pairs = zip(self.columns, row, strict=False)
        return {column.key: text for column, text in pairs if column}


@dataclass
class Outcome:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    changes: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        return Counts(self.created, self.updated, self.unchanged, len(self.problems))

    def add(self, row: Row) -> None:
        if not row.changes_something:
            self.unchanged += 1
            return
        if row.product is None:
            self.created += 1
        else:
            self.updated += 1
        self.changes.append((row.line, row.name, row.said()))


def work_on(batch_pk: int) -> ProductImport | None:
    """Do what the sheet waits for; a job that comes too late or second finds nothing to do."""
    batch = ProductImport.objects.select_related("business", "uploaded_by").get(pk=batch_pk)
    try:
        batch = begin_product_import(batch, by=batch.uploaded_by, via="impor")
    except ActionRefused:
        return None
    if batch.state == ImportState.CHECKING:
        return _check(batch)
    return _write(batch) if batch.state == ImportState.WRITING else batch


@contextmanager
def opened(batch: ProductImport) -> Iterator[Opened]:
    """Open sheet and photos. Raises SheetRefused, ZipRefused or ValueError with a sentence."""
    with ExitStack() as stack:
        pictures = None
        if batch.photos:
            pictures = PictureZip(stack.enter_context(batch.photos.open("rb")))
        file = stack.enter_context(batch.file.open("rb"))
        rows: list[tuple[int, list[str]]] = []
        for number, row in enumerate(iter_rows(file, name=batch.file_name), 1):
            if row:
                rows.append((number, row))
            if len(rows) > MOST_ROWS + 1:
                raise SheetRefused(
                    _("Paling banyak %d produk sekali kirim. Bagi menjadi beberapa berkas.")
                    % MOST_ROWS
                )
        headers = rows[0][1] if rows else []
        yield Opened(headers, columns_of(headers, COLUMNS), rows[1:], pictures)


def _check(batch: ProductImport) -> ProductImport:
    outcome, refusal = Outcome(), ""
    try:
        with opened(batch) as sheet:
            if not sheet.rows:
                refusal = _("Tidak ada baris berisi di bawah judul kolom.")
            for row in _read_all(batch, sheet, outcome):
                outcome.add(row)
    except (SheetRefused, ZipRefused, ValueError) as error:
        refusal = str(error)
    return report_product_check(
        batch,
        counts=outcome.counts,
        problems=outcome.problems,
        changes=outcome.changes,
        refusal=refusal,
        by=batch.uploaded_by,
        via="impor",
    )


def _write(batch: ProductImport) -> ProductImport:
    outcome = Outcome()
    with opened(batch) as sheet:
        for row in _read_all(batch, sheet, outcome):
            try:
                if row.changes_something:
                    write_row(row, batch, sheet.pictures)
            except (ActionRefused, ImageRefused, StorageFull) as refusal:
                outcome.problems.append((row.line, str(refusal)))
            else:
                outcome.add(row)
    return finish_product_import(
        batch,
        counts=outcome.counts,
        problems=sorted(outcome.problems),
        by=batch.uploaded_by,
        via="impor",
    )


def _read_all(batch: ProductImport, sheet: Opened, outcome: Outcome) -> Iterator[Row]:
    known = Known(batch.business, sheet.pictures)
    for done, (number, cells) in enumerate(sheet.rows, 1):
        try:
            yield read_row(number, sheet.cells(cells), known)
        except RowRefused as refusal:
            outcome.problems.append((number, str(refusal)))
        _show_progress(batch, done, len(sheet.rows))


def _show_progress(batch: ProductImport, done: int, total: int) -> None:
    ProductImport.objects.filter(pk=batch.pk).update(
        rows_done=done, rows_total=total, touched_at=timezone.now()
    )


def bad_rows(batch: ProductImport) -> bytes:
    """Return the rows that were not imported, each with its reason, as an XLSX to mend."""
    reasons: dict[int, str] = dict(batch.problems)
    with opened(batch) as sheet:
        width = len(sheet.headers)
        bad = [
            [*(cells + [""] * width)[:width], reasons[number], number]
            for number, cells in sheet.rows
            if number in reasons
        ]
        return write_rows([*sheet.headers, _("Alasan"), _("Baris")], bad, sheet=_("Produk"))
