"""Siti and the market: she applies, waits, takes an offer, shows her card, says what she sold."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.actions.allocation import allocate_day
from events.actions.applications import withdraw_application
from events.actions.booths import place_business
from events.actions.edition import publish_rules
from events.actions.sales import ask_for_reports
from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay, SalesReport
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in
from tests.members.money import member
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(petugas) -> EventDay:
    """In ten days, with one seat."""
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=1, weather_plan="Pindah ke selasar.")
    publish_rules(
        day.event, text="Datang tepat waktu.\nBawa pulang sampah.", by=petugas, via="admin"
    )
    return day


@pytest.fixture
def warung(budi, day) -> BoothPlace:
    """Budi asked a week ago, so the seat is his by turn."""
    asked = timezone.now() - timedelta(days=7)
    return make.application(day, make.business(budi, name="Warung Budi"), applied_at=asked)


def applies(phone: Page, day: EventDay) -> None:
    phone.goto(day.event.get_absolute_url())
    phone.get_by_role("link", name="Ajukan tempat").click()
    expect(phone.get_by_role("heading", name="Ikut berjualan")).to_be_visible()
    assert fits(phone)
    shoot(phone, "ikut-360")
    phone.get_by_label("Meja").fill("1")
    phone.get_by_label("Kursi").fill("2")
    phone.get_by_label("Saya sudah membaca dan menyetujui").check()
    phone.get_by_role("button", name="Periksa pengajuan").click()
    expect(phone.get_by_text("1 meja, 2 kursi")).to_be_visible()
    assert fits(phone)
    shoot(phone, "ikut-periksa-360")
    phone.get_by_role("button", name="Kirim pengajuan").click()
    expect(phone.get_by_role("heading", name="Pengajuan terkirim")).to_be_visible()
    assert fits(phone)
    shoot(phone, "ikut-terkirim-360")


def waits(phone: Page) -> None:
    """She reads where she stands, and why."""
    phone.goto("/saya/jbl/")
    phone.get_by_role("region", name="Pengajuan Anda").get_by_role("link").click()
    expect(phone.get_by_role("heading", name="Daftar tunggu nomor 1")).to_be_visible()
    expect(phone.get_by_text("Anda di urutan 1 karena: 0 kali ikut")).to_be_visible()
    expect(phone.get_by_text("kemungkinan besar Anda mendapat tempat")).to_be_visible()
    phone.get_by_text("Periksa undian saya").click()
    expect(phone.get_by_text("jumat-1", exact=True)).to_be_visible()
    assert fits(phone)
    shoot(phone, "saya-jbl-menunggu-360")


def letter(place: BoothPlace, purpose: str) -> str:
    return Notice.objects.about(place).get(purpose=purpose).link


def test_from_the_application_to_the_report(
    phone_page, new_page, petugas, sekretariat, siti, batik, warung, day, cache_table
) -> None:
    make.product(batik)
    card = member(batik, by=sekretariat)
    phone = phone_page
    sign_in(phone, siti)

    applies(phone, day)
    place = BoothPlace.objects.get(business=batik)
    allocate_day(day, seed="jumat-1", by=petugas, via="admin")
    waits(phone)

    # Budi cannot come; her letter has a link that needs no account.
    withdraw_application(warung, by=warung.business.owner, via="web")
    phone.context.clear_cookies()
    phone.goto(letter(place, "jbl_offer"))
    expect(phone.get_by_role("heading", name="Ada tempat untuk Anda")).to_be_visible()
    assert fits(phone)
    shoot(phone, "tawaran-360")
    phone.get_by_role("button", name="Saya ikut").click()
    expect(phone.get_by_text("Tempat ini milik Anda. Sampai jumpa!")).to_be_visible()
    shoot(phone, "tawaran-diterima-360")
    booth = make.booth(day.event, "A07")
    place = place_business(booth, day=day, business=batik, by=petugas, via="admin")

    # The day has come, from its first minute to its last.
    hours = {"set_up_at": None, "break_from": None, "break_to": None}
    EventDay.objects.filter(pk=day.pk).update(
        date=timezone.localdate(), opens_at=time(0), closes_at=time(23, 59), **hours
    )
    officer = new_page(viewport=PHONE, javascript=False)
    sign_in(officer, petugas)
    officer.goto(f"/petugas/hadir/{day.pk}/")
    officer.get_by_label("Cari nama").fill(f"https://portal.example/cek/{card.card_code}/")
    officer.get_by_role("button", name="Cari", exact=True).click()
    officer.get_by_role("button", name="Hadir Batik Siti", exact=True).click()
    expect(officer.get_by_text("Hadir pukul")).to_be_visible()
    officer.wait_for_load_state("networkidle")
    place.refresh_from_db()
    assert place.status == PlaceStatus.PRESENT

    # It has closed, yesterday; three taps, and no more.
    yesterday = timezone.localdate() - timedelta(days=1)
    EventDay.objects.filter(pk=day.pk).update(date=yesterday)
    assert ask_for_reports(at=timezone.now(), by=None, via="jadwal") == 1
    phone.goto(letter(place, "sales_report"))
    taps = [
        phone.locator("label.tap", has_text="500 ribu–1 juta").first,
        phone.locator("label.tap", has_text="11–25").first,
        phone.get_by_role("button", name="Kirim", exact=True),
    ]
    for tap in taps:
        tap.tap()
    expect(phone.get_by_role("heading", name="Terima kasih, laporan tersimpan")).to_be_visible()
    assert len(taps) == 3
    report = SalesReport.objects.get(business=batik)
    assert (report.booth_bracket, report.pieces_bracket) == ("1000", "25")
