"""One file from its first line to its last: read in chunks, checked, then written as a whole."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from members.actions.import_batch import (
    begin_work,
    finish_import,
    hold_writing,
    report_check,
)
from members.actions.sheet_work import Counts
from members.choices import ImportState
from members.member_resource import MemberResource, dataset_of
from members.member_sheet import Column, columns_of
from members.models import ImportBatch
from members.reports.member_rows import CHUNK
from umkm_portal.lib.beside import Beside, beside
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.xlsx import SheetRefused, iter_rows, write_rows


class NotAsAWhole(Exception):
    """Something in the file cannot be written any more, so nothing of it is."""


def work_on(batch_pk: int) -> ImportBatch | None:
    """Do what the file waits for; a job that comes too late or second finds nothing to do."""
    batch = ImportBatch.objects.select_related("uploaded_by").get(pk=batch_pk)
    try:
        batch = begin_work(batch, by=batch.uploaded_by, via="impor")
    except ActionRefused:
        return None
    if batch.state == ImportState.REFUSED:
        return batch
    with beside() as outside:
        if batch.state == ImportState.CHECKING:
            return _check(batch, outside)
        return _write(batch, outside)


@dataclass
class Opened:
    """Header texts, their columns, and the lines that are not empty with their number."""

    headers: list[str]
    columns: list[Column | None]
    lines: Iterator[tuple[int, list[str]]]


@contextmanager
def opened(batch: ImportBatch) -> Iterator[Opened]:
    """Open the file for reading line by line.

    Raises SheetRefused for a file that is no sheet, ValueError for headers of another one.
    """
    with batch.file.open("rb") as file, closing(_rows(file, batch)) as rows:
        numbered = enumerate(rows, 1)
        _number, headers = next(((n, row) for n, row in numbered if row), (0, []))
        lines = ((number, row) for number, row in numbered if row)
        yield Opened(headers, columns_of(headers), lines)


def _rows(file: File[Any], batch: ImportBatch) -> Generator[list[str], None, None]:
    yield from iter_rows(file, name=batch.file_name)


def _check(batch: ImportBatch, outside: Beside) -> ImportBatch:
    resource = MemberResource(batch, by=batch.uploaded_by)
    refusal = ""
    try:
        _run(batch, resource, outside, dry_run=True)
    except (SheetRefused, ValueError) as error:
        refusal = str(error)
    if not refusal and not resource.counts.total:
        refusal = _("Tidak ada baris berisi di bawah judul kolom.")
    return report_check(
        batch,
        counts=resource.counts,
        problems=resource.problems,
        refusal=refusal,
        by=batch.uploaded_by,
        via="impor",
    )


def _write(batch: ImportBatch, outside: Beside) -> ImportBatch | None:
    resource = MemberResource(batch, by=batch.uploaded_by)
    try:
        with transaction.atomic():
            if not hold_writing():
                return None
            _run(batch, resource, outside, dry_run=False)
            _refuse_in_part(resource)
            return finish_import(batch, counts=resource.counts, by=batch.uploaded_by, via="impor")
    except NotAsAWhole:
        return report_check(
            batch,
            counts=resource.counts,
            problems=resource.problems,
            refusal=_("Data di portal berubah sejak berkas ini diperiksa. Tidak ada yang ditulis."),
            by=batch.uploaded_by,
            via="impor",
        )


def _refuse_in_part(resource: MemberResource) -> None:
    if resource.problems:
        raise NotAsAWhole


def _run(batch: ImportBatch, resource: MemberResource, outside: Beside, *, dry_run: bool) -> Counts:
    done = 0
    with opened(batch) as sheet:
        while chunk := list(islice(sheet.lines, CHUNK)):
            resource.take(dataset_of(sheet.columns, chunk), dry_run=dry_run)
            done += len(chunk)
            if resource.problems and not dry_run:
                break
            _show_progress(outside, batch, done)
    resource.settle()
    return resource.counts


def _show_progress(outside: Beside, batch: ImportBatch, done: int) -> None:
    outside.execute(
        "UPDATE members_importbatch SET rows_done = %s, touched_at = now() WHERE id = %s",
        [done, batch.pk],
    )


def bad_lines(batch: ImportBatch) -> bytes:
    """Return the lines that cannot be imported, each with its reason, as an XLSX.

    The cells are those of the file, so that it can be mended and sent again.
    """
    reasons: dict[int, str] = {}
    for number, sentence in batch.problems:
        reasons[number] = f"{reasons.get(number, '')} {sentence}".strip()
    with opened(batch) as sheet:
        width = len(sheet.columns)
        bad = (
            [*(cells + [""] * width)[:width], reasons[number], number]
            for number, cells in sheet.lines
            if number in reasons
        )
        return write_rows([*sheet.headers, str(_("Alasan")), str(_("Baris"))], bad)
