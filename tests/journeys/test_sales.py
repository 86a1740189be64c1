"""The evening after the market: Siti reports in three taps, the desk reads the recap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from events.actions.sales import Figures, ask_for_reports, report_sales
from events.models import SalesReport
from events.sales_choices import OmzetBracket, PiecesBracket
from tests import make
from tests.journeys.conftest import fits, shoot, sign_in
from tests.journeys.test_accessibility import findings
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(cache_table):
    """Yesterday's market, with a target."""
    day = make.jbl_day(timezone.localdate() - timedelta(days=1))
    day.event.target_omzet = 1_000_000
    day.event.save()
    return day


@pytest.fixture
def tap() -> tuple[Callable[[Locator], None], list[str]]:
    """A finger that counts: the only way this story touches the page."""
    taps: list[str] = []

    def touch(what: Locator) -> None:
        taps.append(what.inner_text() or "tombol")
        what.tap()

    return touch, taps


def test_siti_reports_in_exactly_three_taps_and_the_desk_sees_the_sum(
    phone_page, desk, tap, day, batik, petugas
) -> None:
    make.stood(day, batik)
    ask_for_reports(at=timezone.now(), by=None, via="jadwal")
    touch, taps = tap

    # The link of her message opens without signing in, and nothing is tapped before.
    phone_page.goto(Notice.objects.get(purpose="sales_report").link)
    assert phone_page.locator("input:checked").count() == 0
    assert fits(phone_page)
    # All three lie on the first screen: nothing is scrolled, nothing covers the button.
    button = phone_page.get_by_role("button", name="Kirim").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= 740
    assert phone_page.locator(".tabbar").count() == 0
    touch(chip(phone_page, "500 ribu–1 juta"))
    touch(chip(phone_page, "11–25"))
    assert not SalesReport.objects.exists()
    touch(phone_page.get_by_role("button", name="Kirim"))
    expect(phone_page.get_by_text("Terima kasih").first).to_be_visible()

    assert len(taps) == 3, taps
    report = SalesReport.objects.get()
    assert report.booth_bracket == OmzetBracket.TO_1000
    assert report.pieces_bracket == PiecesBracket.TO_25
    assert fits(phone_page)
    shoot(phone_page, "lapor-terima-kasih-360")

    sign_in(desk, petugas)
    desk.goto(f"/admin/events/event/{day.event_id}/change/")
    desk.get_by_role("link", name="Rekap penjualan").click()
    expect(desk.get_by_text("Rp750.000").first).to_be_visible()
    expect(desk.get_by_text("75 %", exact=True)).to_be_visible()
    expect(desk.get_by_text("1 dari 1 melapor").first).to_be_visible()
    assert fits(desk)
    assert findings(desk) == []


def test_two_taps_are_too_few(phone_page, tap, day, batik) -> None:
    make.stood(day, batik)
    ask_for_reports(at=timezone.now(), by=None, via="jadwal")
    touch, taps = tap
    phone_page.goto(Notice.objects.get(purpose="sales_report").link)

    touch(chip(phone_page, "1–2 juta"))
    touch(phone_page.get_by_role("button", name="Kirim"))

    expect(phone_page.get_by_text("Pilih berapa barang yang laku").first).to_be_visible()
    assert len(taps) == 2
    assert not SalesReport.objects.exists()


def test_the_desk_takes_a_report_down_corrects_it_and_saves_the_recap(
    desk, day, siti, batik, budi, petugas, tmp_path
) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    make.stood(day, batik, "A01")
    place = make.stood(day, make.business(budi, name="Kopi Budi"), "A02")
    figures = Figures(booth=400_000, pieces=20, transactions=11)
    report_sales(place, figures=figures, by=None, via="tautan")

    sign_in(desk, petugas)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Laporan penjualan belum masuk").click()
    expect(desk.get_by_role("link", name="WhatsApp Batik Siti")).to_be_visible()
    expect(desk.get_by_text("Kopi Budi")).to_have_count(0)
    desk.get_by_role("link", name="Catat Batik Siti").click()
    desk.get_by_label("Omzet lapak (Rp)").fill("30.000")
    desk.get_by_label("Barang terjual:", exact=True).fill("12")
    desk.get_by_role("button", name="Simpan laporan").click()
    expect(desk.get_by_text("ditandai dicatat petugas")).to_be_visible()
    desk.get_by_label("Omzet lapak (Rp)").fill("300.000")
    desk.get_by_role("button", name="Simpan koreksi").click()
    expect(desk.get_by_text("Tulis alasan koreksi.").first).to_be_visible()
    desk.get_by_label("Alasan koreksi").fill("Kurang satu nol.")
    desk.get_by_role("button", name="Simpan koreksi").click()
    expect(desk.get_by_role("cell", name="Rp30.000")).to_be_visible()
    assert findings(desk) == []

    desk.goto(f"/admin/events/salesreport/rekap/{day.event_id}/")
    expect(desk.get_by_text("Rp700.000").first).to_be_visible()
    expect(desk.get_by_text("Kurang satu nol.")).to_be_visible()
    assert pages_of(saved(desk, "Unduh PDF", tmp_path)) == 1
    book = load_workbook(BytesIO(saved(desk, "Unduh XLSX", tmp_path)))
    sums = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(values_only=True)}
    assert (sums["Omzet (Rp)"], sums["Transaksi"]) == (700_000, 11)
    assert book["Koreksi"].cell(2, 4).value == "Rp30.000"


def chip(page: Page, words: str) -> Locator:
    """The first question that has it; sales online ask the same further down."""
    return page.locator("label.tap", has_text=words).first


def saved(page: Page, link: str, folder: Path) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=link).click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path.read_bytes()


def pages_of(pdf: bytes) -> int:
    """Read by another library than the one that wrote it."""
    return len(PdfReader(BytesIO(pdf)).pages)
