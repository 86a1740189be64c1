"""The recap as a sheet and on paper."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from events.actions.sales import Figures, report_sales
from events.models.sales import report_locks_at
from events.reports.recap_files import recap_pdf, recap_xlsx
from tests import make
from tests.events.sales.test_recap import recap, url


def test_the_sheet_holds_the_same_numbers(client, day, sold, petugas) -> None:
    sold(1_000_000, online=200_000, transactions=12)
    sold(None)
    client.force_login(petugas)

    answer = client.get(url("rekap_xlsx", day))

    book = load_workbook(BytesIO(answer.content))
    sums = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert (sums["Omzet (Rp)"], sums["Transaksi"]) == (1_200_000, 12)
    rows = list(book["Per kecamatan"].iter_rows(values_only=True))
    assert rows[1][:6] == ("Jagakarsa", 1, 2, 1_000_000, 200_000, 1_200_000)
    assert rows[-1][0] == "Semua"
    sellers = list(book["Penjual"].iter_rows(values_only=True))
    assert [row[13] for row in sellers[1:]] == ["penjual", "belum melapor"]
    assert "no-store" in answer["Cache-Control"]


def test_what_nobody_mentioned_is_not_nothing(client, day, sold, petugas) -> None:
    """A nought would say that nobody bought and nothing was sold online."""
    sold(1_000_000, "Cipedak", online=200_000, transactions=12)
    sold(500_000, "Menteng Dalam")
    client.force_login(petugas)

    found = recap(day, petugas)

    tebet = next(line for line in found.tables[0].lines if line.label == "Tebet")
    assert (tebet.told_online, tebet.told_transactions) == (None, None)
    assert "<td>–</td>" in client.get(url("rekap", day)).content.decode()
    assert "–" in PdfReader(BytesIO(recap_pdf(found))).pages[0].extract_text()
    book = load_workbook(BytesIO(recap_xlsx(found, [])))
    heads, *rows = book["Per kecamatan"].iter_rows(values_only=True)
    said = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert (said["Tebet"]["Daring (Rp)"], said["Tebet"]["Transaksi"]) == (None, None)
    assert (said["Tebet"]["Menyebut daring"], said["Tebet"]["Menyebut transaksi"]) == (0, 0)
    assert (said["Semua"]["Transaksi"], said["Semua"]["Menyebut transaksi"]) == (12, 1)


def test_the_last_edition_is_a_number_in_the_sheet_and_named_for_what_it_is(
    day, sold, petugas
) -> None:
    before = make.jbl_day(day.date - timedelta(days=7))
    with time_machine.travel(before.ends + timedelta(hours=1)):
        sold(100_000, on=before)
    sold(500_000)

    now, later = recap(day, petugas), recap(day, petugas, at=report_locks_at(day))

    book = load_workbook(BytesIO(recap_xlsx(now, [])))
    sums = {row[0]: row[1:3] for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert sums["Omzet edisi sebelumnya (Rp)"] == (100_000, "1 dari 1")
    so_long = "selama ini sesudah tutup"
    assert so_long in PdfReader(BytesIO(recap_pdf(now))).pages[0].extract_text()
    assert so_long not in PdfReader(BytesIO(recap_pdf(later))).pages[0].extract_text()


def test_a_name_is_never_a_formula(day, batik, petugas) -> None:
    batik.name = "=1+1"
    batik.save()
    place = make.stood(day, batik)
    report_sales(place, figures=Figures(booth=1, pieces=1), by=None, via="tautan")

    book = load_workbook(BytesIO(recap_xlsx(recap(day, petugas), [])))
    cell = book["Penjual"].cell(2, 4)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_paper_is_a_pdf_whatever_was_typed(client, day, sold, petugas) -> None:
    day.event.name = 'JBL "#pagebreak()" $x$'
    day.event.save()
    sold(1_000, best_words="#sys.inputs *tebal*")
    client.force_login(petugas)

    answer = client.get(url("rekap_pdf", day))

    assert answer["Content-Type"] == "application/pdf"
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    (paper,) = PdfReader(BytesIO(content)).pages
    text = paper.extract_text()
    for words in ("#pagebreak()", "#sys.inputs *tebal*", "Rp1.000", "1 dari 1 melapor"):
        assert words in text
