"""Sheets in and out: XLSX and CSV as rows of text, the same whichever it was.

Nothing is worked out while reading: a formula comes as the text it is, macros and links to other
files are never looked at. What is written holds text cells, so that leading zeros and long
numbers stay and nothing starts to calculate in somebody's Excel; only columns that are said to be
sums hold numbers, to be added up there.
"""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from django.core.files.base import File
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from umkm_portal.lib.batches import batched
from umkm_portal.lib.sheets import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_LENGTH,
    MAX_ROWS,
    SheetRefused,
    csv_rows,
    xlsx_rows,
)

__all__ = [
    "CSV_TYPE",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_LENGTH",
    "MAX_ROWS",
    "XLSX_TYPE",
    "SheetRefused",
    "csv_parts",
    "iter_rows",
    "read_rows",
    "write_csv",
    "write_rows",
    "write_sheets",
    "xlsx_response",
]

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_CELL_OF_EXCEL = 32_767
_ROWS_WITH_CHOICES = 1_000
_NARROWEST, _BROADEST = 12, 60
_LINES_OF_A_PART = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_STARTS_FORMULA = re.compile(r"[=+\-@\t\r]")
_PHONE = re.compile(r"\+62[0-9 ]{6,15}")
# The other office suites of the world; none of them is read, and each is told what to do.
_OTHER_KINDS = {b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf", b"{\\rt": "rtf"}


def iter_rows(file: IO[bytes] | File[Any], *, name: str) -> Iterator[list[str]]:
    """Yield each row as text cells, one at a time; empty cells and rows at the end are left out.

    Dates are "12/06/2026", whole numbers have no ".0", a formula is its own text ("=A1"). Rows
    that are empty in between come as [], so that a row's place is its number in the sheet.
    `name` is the file's, for the sentence. Raises SheetRefused, also while rows are taken.
    """
    file.seek(0, io.SEEK_END)
    size = file.tell()
    file.seek(0)
    if not size:
        raise SheetRefused(_("Berkas itu kosong. Pilih berkas lain."))
    if size > MAX_BYTES:
        raise SheetRefused(
            _("Berkas %(size)d MB. Paling besar %(most)d MB. Bagi menjadi beberapa berkas.")
            % {"size": -(-size // 2**20), "most": MAX_BYTES // 2**20}
        )
    head = file.read(4)
    file.seek(0)
    if kind := _OTHER_KINDS.get(head):
        raise SheetRefused(
            _("%(name)s adalah berkas .%(kind)s. Simpan ulang sebagai .xlsx atau .csv.")
            % {"name": name, "kind": kind}
        )
    rows = xlsx_rows(file) if head[:2] == b"PK" else csv_rows(file)
    return _without_empty_end(rows)


def read_rows(file: IO[bytes] | File[Any], *, name: str) -> list[list[str]]:
    """Return all rows of `iter_rows` at once."""
    return list(iter_rows(file, name=name))


def _without_empty_end(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    empty = count = 0
    for row in rows:
        while row and not row[-1]:
            row.pop()
        if not row:
            empty += 1
            # A sheet of Excel has 1,048,576 rows; one that claims more is made to keep us busy.
            if empty > 1_100_000:
                raise SheetRefused(_too_many_rows())
            continue
        count += empty + 1
        if count > MAX_ROWS:
            raise SheetRefused(_too_many_rows())
        _refuse_wide(row, count)
        yield from ([] for _nothing in range(empty))
        empty = 0
        yield row


def _refuse_wide(row: list[str], number: int) -> None:
    if len(row) > MAX_COLUMNS:
        raise SheetRefused(
            _("Baris %(row)d punya %(count)d kolom. Paling banyak %(most)d kolom.")
            % {"row": number, "count": len(row), "most": MAX_COLUMNS}
        )
    if max(map(len, row)) > MAX_LENGTH:
        raise SheetRefused(
            _("Baris %(row)d punya isian lebih dari %(most)d huruf. Pendekkan isian itu.")
            % {"row": number, "most": MAX_LENGTH}
        )


def _too_many_rows() -> str:
    return _("Paling banyak %(most)d baris. Bagi menjadi beberapa berkas.") % {"most": MAX_ROWS}


def write_rows(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, sheet: str = "Data"
) -> bytes:
    """Return an XLSX of text cells with a bold first row; rows may come one at a time."""
    return write_sheets({sheet: (headers, rows)})


def write_sheets(
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[object]]]],
    *,
    choices: Mapping[str, Mapping[int, Sequence[str]]] | None = None,
    numbers: Mapping[str, Collection[int]] | None = None,
) -> bytes:
    """Return an XLSX of several such sheets, by name, in their order.

    `choices` has by sheet and column (from 0) the words its cells offer; others may be typed.
    `numbers` has by sheet the columns whose whole numbers are written as such.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  2 MB

    data = io.BytesIO()
    # Each row leaves memory as soon as the next begins.
    book = Workbook(data, {"constant_memory": True})
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"num_format": "@", "bold": True})
    count = book.add_format({"num_format": "#,##0"})
    for name, (headers, rows) in sheets.items():
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        widest = {column: len(header) + 4 for column, header in enumerate(headers)}
        for column, header in enumerate(headers):
            page.write_string(0, column, header, bold)
        sums = (numbers or {}).get(name, ())
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, int) and column in sums:
                    page.write_number(number, column, value, count)
                    width = len(f"{value:,}") + 2
                else:
                    width = _write_words(page, (number, column), as_text(value), text)
                widest[column] = max(widest.get(column, 0), width)
        for column, width in widest.items():
            page.set_column(column, column, max(_NARROWEST, min(_BROADEST, width)), text)
        for column, offered in (choices or {}).get(name, {}).items():
            rule = {"validate": "list", "source": list(offered), "show_error": False}
            page.data_validation(1, column, _ROWS_WITH_CHOICES, column, rule)
    book.close()
    return data.getvalue()


def _write_words(page: Any, cell: tuple[int, int], words: str, look: Any) -> int:
    """Return how broad they are."""
    if words:
        page.write_string(*cell, words[:_CELL_OF_EXCEL], look)
    return len(words) + 2


def csv_parts(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield a CSV that Excel opens by a double click: UTF-8 with its mark, semicolons.

    What a sheet would take for a formula gets a ' before it, which `read_rows` takes off again;
    phone numbers (+62…) stay as they are.
    """
    yield "\ufeff".encode()
    lines = itertools.chain([headers], rows)
    for batch in batched(lines, _LINES_OF_A_PART):
        data = io.StringIO(newline="")
        writer = csv.writer(data, delimiter=";")
        writer.writerows([_guarded(as_text(value)) for value in line] for line in batch)
        yield data.getvalue().encode()


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return all of `csv_parts` at once."""
    return b"".join(csv_parts(headers, rows))


def xlsx_response(content: bytes, *, filename: str) -> HttpResponse:
    """Return the sheet as a file to save, kept by nobody on the way."""
    name = content_disposition_header(as_attachment=True, filename=filename)
    headers = {"Content-Disposition": name or "attachment", "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX_TYPE, headers=headers)


def as_text(value: object) -> str:
    """Return a value as its cell shows it: dates "12/06/2026", yes and no, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime.datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return _CONTROL.sub("", str(value))


def _guarded(text: str) -> str:
    if _STARTS_FORMULA.match(text) and not _PHONE.fullmatch(text):
        return f"'{text}"
    return text
