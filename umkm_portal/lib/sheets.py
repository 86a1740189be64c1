"""How the rows of an XLSX or a CSV file are read, with what a file may be at most."""

from __future__ import annotations

import codecs
import csv
import datetime
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import ParseError

from django.core.files.base import File
from django.utils.translation import gettext as _

Source: TypeAlias = "IO[bytes] | File[Any]"

MAX_BYTES = 16 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 100
MAX_LENGTH = 4_000
"""Letters in one cell; a description of a product has at most half of that."""
MAX_PARTS = 500
MAX_UNPACKED = 160 * 2**20
MAX_CELLS = 600_000
"""12,000 rows of 50 columns; openpyxl reads some 60,000 cells a second."""
MAX_TAGS = 5_000_000
MAX_TAGS_IN_ROW = 20_000
MAX_TAGS_ASIDE = 80_000
"""In what is not cells: styles, relations. Excel itself stops at 64,000 kinds of cell."""
MAX_BYTES_OF_ROW = 4 * 2**20
"""100 columns of 4,000 letters are 1.6 MB at the most; also for one shared text."""
MAX_BYTES_ASIDE = 32 * 2**20
"""All shared texts, or all styles, are in memory at once."""

_CHUNK = 2**16
_MAX_ROW_TAGS = 200_000
_CELL_TAG = re.compile(rb"<(?:\w+:)?(?:c|si)[ />]")
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b")
_STARTS_XML = re.compile(rb"[\s\0\xef\xbb\xbf\xff\xfe]*(?:<|$)")
_DELIMITERS = ",;\t"
_ZEROS = re.compile(r"0{2,20}")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
_LINE_END = re.compile(r"\r\n|\r|\n")
_GUARD = re.compile(r"'(?=[=+\-@\t\r])")
# Every line would be "inside a quoted cell" after a quote nobody closed.
csv.field_size_limit(_CHUNK)


class SheetRefused(ValueError):
    """This file cannot be read as a sheet; the message is for the user."""


def _broken() -> SheetRefused:
    return SheetRefused(_("Berkas itu rusak atau bukan XLSX/CSV. Simpan ulang, lalu coba lagi."))


def _too_big() -> SheetRefused:
    return SheetRefused(_("Isi berkas itu terlalu besar setelah dibuka. Bagi menjadi beberapa."))


# --- XLSX -----------------------------------------------------------------------------------


def xlsx_rows(file: Source) -> Iterator[list[str]]:
    """Yield the rows of the first sheet that is shown."""
    from openpyxl import load_workbook  # noqa: PLC0415  6 MB

    try:
        _refuse_bomb(file)
        file.seek(0)
        book = load_workbook(file, read_only=True, keep_links=False, data_only=False)
        try:
            sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
            # Programs write wrong sizes ("A1") into the sheet; the cells themselves are right.
            sheet.reset_dimensions()
            for row in sheet.iter_rows():
                yield [_cell_text(cell) for cell in row]
        finally:
            book.close()
    except SheetRefused:
        raise
    # openpyxl lets through what its many parsers raise on a file that is not quite one.
    except (
        zipfile.BadZipFile,
        ParseError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        OSError,
        EOFError,
        NotImplementedError,
        StopIteration,
        zlib.error,
    ) as error:
        raise _broken() from error


def _refuse_bomb(file: Source) -> None:
    """Refuse by what the archive says of itself, before anything is unpacked; then count tags."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        # zipfile never unpacks more of a part than the size written here.
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise _too_big()
        tags = 0
        for part in parts:
            tags += _tags(archive, part)
            if tags > MAX_TAGS:
                raise _too_big()


def _tags(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Count the tags of a part as it streams by. Raises SheetRefused for more than it may have.

    A row is held in memory whole, so its bytes are limited too. What a part is called does not
    matter: a sheet may be named like a picture; only what does not begin as XML is left out.
    """
    is_sheet = part.filename.startswith("xl/worksheets/")
    holds_cells = is_sheet or part.filename.startswith("xl/sharedStrings")
    tags = cells = rows = in_row = size = since_row = 0
    with archive.open(part) as packed:
        while chunk := packed.read(_CHUNK):
            if not size and not _STARTS_XML.match(chunk):
                return 0
            size += len(chunk)
            since_row = since_row + len(chunk) if _ROW_TAG.search(chunk) is None else 0
            _refuse_long(since_row if is_sheet else size, is_sheet=is_sheet)
            tags += chunk.count(b"<")
            if not holds_cells:
                if tags > MAX_TAGS_ASIDE:
                    raise _too_big()
                continue
            # No program writes comments or a document type among cells; a bomb hides behind them.
            if b"<!" in chunk:
                raise _broken()
            first, *others = _ROW_TAG.split(chunk)
            # openpyxl holds a row whole, so one of a million cells would fill the memory.
            lengths = [in_row * is_sheet + first.count(b"<"), *(o.count(b"<") for o in others)]
            in_row = lengths[-1]
            cells += len(_CELL_TAG.findall(chunk))
            rows += len(others)
            if is_sheet and max(lengths) > MAX_TAGS_IN_ROW:
                raise _too_big()
            if tags > MAX_TAGS or cells > MAX_CELLS or rows > _MAX_ROW_TAGS:
                raise _too_big()
    return tags


def _refuse_long(size: int, *, is_sheet: bool) -> None:
    if size > (MAX_BYTES_OF_ROW if is_sheet else MAX_BYTES_ASIDE):
        raise _too_big()


def _cell_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value, str(cell.number_format))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _moment_text(value)
    # The formula of a whole range stands in an object.
    return str(getattr(value, "text", None) or "=")


def _number_text(value: float, number_format: str) -> str:
    if isinstance(value, float):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  NaN
            return ""
        if not value.is_integer():
            return format(Decimal(repr(value)), "f")
    text = str(int(value))
    # A number shown as 00000 is a code, such as a postcode or a phone: its zeros are meant.
    return text.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else text


def _moment_text(value: datetime.datetime | datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}"


# --- CSV ------------------------------------------------------------------------------------


def csv_rows(file: Source) -> Iterator[list[str]]:
    """Yield the rows, whatever separates their cells."""
    text = _decoded(file.read())
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else _delimiter(text)
    try:
        for row in csv.reader(_lines(text), delimiter=delimiter):
            yield [_GUARD.sub("", cell, count=1).strip() for cell in row]
    except csv.Error as error:
        raise SheetRefused(
            _("CSV itu tidak terbaca. Mungkin ada tanda kutip yang tidak ditutup.")
        ) from error


def _lines(text: str) -> Iterator[str]:
    """One line at a time with its end: a StringIO would hold four bytes for every letter."""
    start = 0
    for end in _LINE_END.finditer(text):
        yield text[start : end.end()]
        start = end.end()
    yield text[start:]


def _decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, Excel's "Unicode text", or what old Windows writes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _broken()


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into equally many cells, and into the most."""
    lines = text[: 4 * _CHUNK].splitlines(keepends=True)[:60]

    def evenness(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:
            return (0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (count, width) if width > 1 else (0, 0)

    return max(_DELIMITERS, key=evenness)
