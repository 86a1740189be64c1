from __future__ import annotations

import io
import re
import time
import tracemalloc
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from umkm_portal.lib.xlsx import MAX_ROWS, SheetRefused, iter_rows, read_rows, write_csv, write_rows


def csv_file(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def xlsx_file(*rows: list[object], change=None) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    data = io.BytesIO()
    book.save(data)
    return data


def rezipped(data: io.BytesIO, **parts: bytes) -> io.BytesIO:
    """The same archive with some parts' content replaced; names with __ for / and . ."""
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, parts.pop(item.filename, None) or old.read(item))
        for name, content in parts.items():
            new.writestr(name, content)
    return out


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_it_finds_out_what_separates_the_cells(delimiter) -> None:
    rows = [["Tanggal", "Berita", "Jumlah"], ["12/06/2026", "TRF INV-KJS-2026-000001", "120000"]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert read_rows(csv_file(text), name="mutasi.csv") == rows


def test_amounts_with_commas_do_not_confuse_a_file_with_semicolons() -> None:
    text = "Tanggal;Jumlah;Saldo\n1/6/2026;120.000,00;1.000.000,00\n2/6/2026;120.000,00;9,00\n"
    assert read_rows(csv_file(text), name="m.csv")[1] == ["1/6/2026", "120.000,00", "1.000.000,00"]


def test_it_hears_the_line_by_which_excel_names_its_separator() -> None:
    assert read_rows(csv_file("sep=|\r\na|b\r\n"), name="m.csv") == [["a", "b"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_letters_survive_every_encoding(encoding) -> None:
    text = "nama,kota\nKué “Ñaña” – Sīti,Depok\n"
    rows = read_rows(csv_file(text, encoding), name="a.csv")
    assert rows == [["nama", "kota"], ["Kué “Ñaña” – Sīti", "Depok"]]


def test_old_windows_files_are_read_too() -> None:
    assert read_rows(csv_file("Café;Ñ\n", "cp1252"), name="a.csv") == [["Café", "Ñ"]]


def test_a_quoted_cell_keeps_its_line_break_and_its_delimiter() -> None:
    assert read_rows(csv_file('a,"b\nc, d"\n'), name="a.csv") == [["a", "b\nc, d"]]


def test_every_kind_of_cell_becomes_text() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.active["A2"].number_format = "00000"

    data = xlsx_file(
        ["081234567890", "003", 12630, 120000.0, 3174994507850001, 1234.5],
        [123, date(2026, 6, 12), datetime(2026, 6, 12, 9, 30), True, None, "akhir "],  # noqa: DTZ001
        [1.5e15, -0.25, 1e-7, "x", None, None],
        change=change,
    )
    assert read_rows(data, name="a.xlsx") == [
        ["081234567890", "003", "12630", "120000", "3174994507850001", "1234.5"],
        ["00123", "12/06/2026", "12/06/2026 09:30", "TRUE", "", "akhir"],
        ["1500000000000000", "-0.25", "0.0000001", "x"],
    ]


def test_a_formula_is_its_own_text_and_is_never_worked_out() -> None:
    data = xlsx_file(["=1+1", '=HYPERLINK("http://x.example";"klik")', "=A1"])
    assert read_rows(data, name="a.xlsx") == [
        ["=1+1", '=HYPERLINK("http://x.example";"klik")', "=A1"]
    ]


def test_empty_rows_between_keep_the_row_numbers_and_those_at_the_end_go() -> None:
    data = xlsx_file(["a"], [], [None, ""], ["b", None], [None], [""])
    assert read_rows(data, name="a.xlsx") == [["a"], [], [], ["b"]]


def test_the_first_sheet_that_is_shown_is_read() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("pilihan").append(["bukan ini"])
        hidden = book.create_sheet("sembunyi", 0)
        hidden.sheet_state = "hidden"

    assert read_rows(xlsx_file(["ini"], change=change), name="a.xlsx") == [["ini"]]


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    data = xlsx_file(["a", "b"], ["c", "d"])
    with zipfile.ZipFile(data) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    lying = re.sub(rb'ref="A1:B2"', b'ref="A1"', sheet)
    assert lying != sheet
    assert len(read_rows(rezipped(data, **{"xl/worksheets/sheet1.xml": lying}), name="a.xlsx")) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0" + b"\0" * 600,
        b"%PDF-1.4\n%%EOF",
        b"PK\x03\x04 rusak",
        b"a,b\0c\n",
        b"\x81\x8d\x8f",
        b'a,"' + b"x" * 70_000,
        b"\xff\xfe\x00",
        ("\n".join(["a"] * (MAX_ROWS + 1))).encode(),
        b"a," * 101 + b"b\n",
        b"a" * 4_001,
        b"a\n" * 9_000_000,
    ],
    ids=[
        "empty",
        "old Excel or locked by a password",
        "PDF",
        "broken archive",
        "NUL",
        "no text",
        "quote never closed",
        "half a letter",
        "too many rows",
        "too many columns",
        "long cell",
        "too many bytes",
    ],
)
def test_it_refuses_with_a_sentence(data) -> None:
    with pytest.raises(SheetRefused, match=r"\.$"):
        read_rows(io.BytesIO(data), name="mutasi")


def test_an_archive_that_is_no_sheet_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(SheetRefused):
        read_rows(data, name="a.xlsx")


SHEET_HEAD = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_TAIL = b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", SHEET_HEAD + b'<row r="1" a="' + b"x" * 100_000_000),
        ("xl/media/big.bin", b"\0" * 200_000_000),
        ("xl/worksheets/sheet1.xml", SHEET_HEAD + b'<row r="1">' + b"<c/>" * 6_000_000),
        ("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * 2_000_000),
        (
            "xl/worksheets/sheet1.xml",
            SHEET_HEAD
            + b'<row r="99999999"><c r="A99999999" t="n"><v>1</v></c></row>'
            + SHEET_TAIL,
        ),
        (
            "xl/worksheets/sheet1.xml",
            b"<!DOCTYPE a ["
            + b'<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
            + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 20) for n in range(1, 9))
            + b"]>"
            + SHEET_HEAD
            + b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a8;</t></is></c></row>'
            + SHEET_TAIL,
        ),
    ],
    ids=[
        "one cell of 100 MB",
        "200 MB of zeros",
        "6 million cells",
        "2 million styles",
        "row 99,999,999",
        "laughs",
    ],
)
def test_a_bomb_is_refused_before_it_can_hurt(part, content) -> None:
    data = rezipped(xlsx_file(["a"]), **{part: content})
    began = time.perf_counter()
    with pytest.raises(SheetRefused):
        read_rows(data, name="a.xlsx")
    assert time.perf_counter() - began < 4


def test_macros_and_links_to_other_files_are_never_looked_at() -> None:
    data = rezipped(
        xlsx_file(["a"]),
        **{
            "xl/vbaProject.bin": b"MACRO",
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
        },
    )
    assert read_rows(data, name="a.xlsm") == [["a"]]


def test_what_is_written_holds_text_only_and_reads_back_the_same() -> None:
    rows = [
        ["=1+1", "+6281234567890", "003", 12630, date(2026, 6, 12), None, True],
        ["-5", "@x", "a\nb", "3174994507850001", "x\x00\x0by", "<b>&", ""],
    ]
    data = write_rows(["A", "B", "C", "D", "E", "F", "G"], rows)
    read = read_rows(io.BytesIO(data), name="a.xlsx")
    assert read == [
        ["A", "B", "C", "D", "E", "F", "G"],
        ["=1+1", "+6281234567890", "003", "12630", "12/06/2026", "", "ya"],
        ["-5", "@x", "a\nb", "3174994507850001", "xy", "<b>&"],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds <= {"s", "inlineStr"}


def test_a_csv_guards_formulas_but_not_phone_numbers_and_reads_back_the_same() -> None:
    rows = [["=1+1", "+6281234567890", "-5", "@x", "+62;DDE", "'kutip"]]
    data = write_csv(["a", "b", "c", "d", "e", "f"], rows)
    assert data.startswith(b"\xef\xbb\xbf")
    line = data.decode("utf-8-sig").splitlines()[1]
    assert line == "'=1+1;+6281234567890;'-5;'@x;\"'+62;DDE\";'kutip"
    assert read_rows(io.BytesIO(data), name="a.csv")[1] == rows[0]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_ten_thousand_rows_pass_through_with_flat_memory(kind) -> None:
    def rows():
        for n in range(10_000):
            yield [f"{n:06}", "Batik Siti", "081234567890", "Jl. Contoh No. 1", date(2026, 6, 12)]

    headers = ["Nomor", "Nama", "HP", "Alamat", "Tanggal"]
    tracemalloc.start()
    data = write_rows(headers, rows()) if kind == "xlsx" else write_csv(headers, rows())
    count = sum(1 for _row in iter_rows(io.BytesIO(data), name=f"a.{kind}"))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_001
    assert peak < 30_000_000


def test_a_column_is_as_wide_as_what_it_holds_up_to_a_screen() -> None:
    rows = [["Batik Siti Rahmawati dan Anak-anak", "a"], ["Kopi", "b" * 500]]

    book = openpyxl.load_workbook(io.BytesIO(write_rows(["Usaha", "Catatan"], rows)))

    widths = [round(book.active.column_dimensions[letter].width) for letter in "AB"]
    assert widths == [37, 61]
