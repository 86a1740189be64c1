from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from members.statement_rows import Columns, guess_columns, read_day, read_lines, read_money

TODAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    "text",
    [
        "12/06/2026",
        "12-06-2026",
        "12.06.2026",
        "12/06/26",
        "12-Jun-26",
        "12 Jun 2026",
        "12-Jun-2026",
        "12 Juni 2026",
        "2026-06-12",
        "2026-06-12 09:15:33",
        "12/06/2026 09.15",
        "20260612",
        "46185",
        "46185.3958",
        "'12/06/2026",
    ],
)
def test_a_day_is_read_however_the_bank_writes_it(text) -> None:
    assert read_day(text) == date(2026, 6, 12)


@pytest.mark.parametrize("text", ["", "PEND", "Saldo Awal", "31/02/2026", "120000", "12/06"])
def test_what_is_no_day_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120.000,00", "120000"),
        ("120,000.00", "120000"),
        ("Rp120.000", "120000"),
        ("Rp 120.000,-", "120000"),
        ("IDR 120,000.00 CR", "120000"),
        ("120000", "120000"),
        ("120000.5", "120000.5"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("+120.000", "120000"),
        ("-120.000", "-120000"),
        ("120.000-", "-120000"),
        ("(120.000)", "-120000"),
        ("120.000,00 DB", "-120000"),
        ("120.000,00 K", "120000"),
        ("0,00", "0"),
    ],
)
def test_money_is_read_however_the_bank_writes_it(text, amount) -> None:
    assert read_money(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "12O.000", "120.00.000", "1.2.3", "=120000", "abc", "1e5"])
def test_what_is_no_money_is_refused(text) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_money(text)


def lines(rows: list[list[str]], **changes):
    columns = Columns(**{"header_row": 0, "date": 0, "amount": 2, "descriptions": (1,), **changes})
    return read_lines(rows, columns, method="transfer", today=TODAY)


def test_only_money_that_came_in_is_taken() -> None:
    found = lines(
        [
            ["Tanggal", "Berita", "Jumlah", "CR/DB"],
            ["01/06/2026", "Siti", "120.000", "CR"],
            ["01/06/2026", "Biaya adm", "5.000", "DB"],
            [],
            ["PEND", "belum", "120.000", "CR"],
            ["Saldo akhir", "", "1.000.000", ""],
        ],
        direction=3,
    )
    assert [(line.row, line.amount) for line in found.lines] == [(2, 120_000)]
    assert (found.outgoing, found.others, found.bad) == (1, 2, [])


def test_a_file_with_a_column_each_for_in_and_out_needs_only_the_first() -> None:
    found = lines([["Tgl", "Ket", "Kredit"], ["1/6/2026", "a", ""], ["1/6/2026", "b", "5.000"]])
    assert [line.description for line in found.lines] == ["b"]
    assert found.outgoing == 1


def test_every_bad_row_is_named_at_once() -> None:
    found = lines(
        [
            ["Tanggal", "Berita", "Jumlah"],
            ["01/06/2026", "Siti", "12O.000"],
            ["01/07/2026", "Budi", "120.000"],
            ["01/06/2026", "Ani", "99.000.000.000"],
        ]
    )
    assert found.bad == [
        "Baris 2: jumlah “12O.000” tidak terbaca.",
        "Baris 3: tanggal “01/07/2026” belum terjadi.",
        "Baris 4: jumlah “99.000.000.000” terlalu besar.",
    ]


def test_two_equal_transfers_of_a_day_are_two_and_in_any_file_the_same_two() -> None:
    head, same = ["Tgl", "Ket", "Jumlah"], ["01/06/2026", "QRIS", "120.000"]
    morning = lines([head, same])
    evening = lines(
        [head, ["01/06/2026", "lain", "120.000"], same, ["1-6-2026", " qris ", "120000"]]
    )
    assert len({line.digest for line in evening.lines}) == 3
    assert morning.lines[0].digest == evening.lines[1].digest
    assert [line.occurrence for line in evening.lines] == [1, 1, 2]


def test_the_head_of_the_table_is_found_by_its_words() -> None:
    rows = [
        ["PT Bank Contoh"],
        ["No. rekening", "123"],
        ["Tgl Transaksi", "Uraian", "Debet", "Kredit", "Saldo", "Referensi"],
    ]
    assert guess_columns(rows) == Columns(2, 0, 3, (1, 5), None)
    bca = [["Tanggal", "Keterangan", "Cabang", "Jumlah", "DB/CR", "Saldo"]]
    assert guess_columns(bca) == Columns(0, 0, 3, (1,), 4)
    assert guess_columns([["a", "b"]]) is None
