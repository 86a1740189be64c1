"""A kelurahan proposes, staff answer and repeat an event, a shopper finds it in the agenda."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.actions.series import Hours, Plan, publish_series, repeat_event
from events.choices import EventKind
from events.models import Event, EventSeries
from tests import make
from tests.journeys.conftest import fits, shoot, sign_in
from umkm_portal.lib.recurrence import Every, Pattern

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_kelurahan_proposes_and_staff_make_it_an_event(
    phone_page, desk, petugas, cache_table
) -> None:
    day = timezone.localdate() + timedelta(days=40)
    make.event(name="Posyandu", venue="Balai RW 05", days=[day])
    page = phone_page
    page.goto("/agenda/")
    page.get_by_role("link", name="Usulkan acara").click()
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_role("alert").get_by_text("Tulis nama acara.")).to_be_visible()
    page.get_by_label("Nama acara").fill("Pameran kopi")
    page.get_by_label("Pameran", exact=True).check()
    page.get_by_label("Tanggal").fill(f"{day:%d/%m/%Y}")
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_label("Selesai").fill("16:00")
    page.locator("#id_venue").fill("Balai RW 05")
    page.get_by_label("Kecamatan").select_option(label="Tebet")
    page.get_by_label("Penyelenggara").fill("Kelurahan Tebet Timur")
    page.get_by_label("Nama penghubung").fill("Rina")
    page.get_by_label("Nomor HP").fill("0812 0000 0009")
    assert fits(page)
    shoot(page, "usul-360")
    page.get_by_role("button", name="Kirim usulan").click()
    expect(page.get_by_text("Menunggu petugas")).to_be_visible()
    assert fits(page)
    shoot(page, "usulan-360")
    mine = page.url

    sign_in(desk, petugas)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Usulan acara").first.click()
    desk.get_by_role("link", name="Pameran kopi").click()
    expect(desk.get_by_text("Tempat ini juga dipakai Posyandu")).to_be_visible()
    shoot(desk, "usulan-meja-1280")
    desk.get_by_role("button", name="Terima sebagai acara").click()
    desk.get_by_role("button", name="Tampilkan di portal").click()

    page.goto(mine)
    expect(page.get_by_text("Acara ini sudah tampil di agenda.")).to_be_visible()
    page.goto("/agenda/?q=kopi")
    expect(page.get_by_role("link", name="Pameran kopi")).to_be_visible()
    assert Event.objects.get(name="Pameran kopi").published


def test_staff_repeat_a_market_until_new_year(desk, petugas) -> None:
    friday = timezone.localdate() + timedelta(days=1)
    event = make.event(
        days=[], name="Jumat Beli Lokal", kind=EventKind.JBL, needs_sign_up=False, published=False
    )
    make.jbl_day(friday, edition=event)
    sign_in(desk, petugas)
    desk.goto(f"/admin/events/event/{event.pk}/change/")
    desk.get_by_role("link", name="Ulangi tiap minggu atau bulan").click()
    desk.get_by_label("Sampai (tidak wajib)", exact=False).first.fill(
        f"{friday + timedelta(weeks=5):%d/%m/%Y}"
    )
    desk.get_by_role("button", name="Lihat tanggalnya").click()
    expect(desk.get_by_text("6 tanggal")).to_be_visible()
    desk.locator("#tanggal-3").uncheck()
    shoot(desk, "ulangi-1280")
    desk.get_by_role("button", name="Simpan dan buat acaranya").click()
    desk.get_by_role("button", name="Tampilkan semua tanggal").click()
    expect(desk.get_by_text("Sudah tampil.")).to_have_count(5)
    shoot(desk, "seri-1280")
    assert EventSeries.objects.get().exceptions == [friday + timedelta(weeks=2)]


def test_the_agenda_is_read_by_week_by_month_and_in_a_frame(
    phone_page, new_page, petugas, cache_table
) -> None:
    fill(petugas)
    page = phone_page
    page.goto("/agenda/")
    assert fits(page)
    shoot(page, "agenda-360")
    page.get_by_role("link", name="#Persiapan G20").click()
    expect(page.get_by_role("link", name="Siap ekspor")).to_be_visible()
    expect(page.get_by_role("link", name="Pasar malam Blok M")).to_have_count(0)
    page.get_by_role("link", name="Semua", exact=True).first.click()
    page.goto(f"/agenda/{month():%Y/%m}/")
    assert fits(page)
    shoot(page, "agenda-bulan-360")
    page.goto("/agenda/sematan/")
    assert fits(page)
    shoot(page, "sematan-360")
    page.goto("/agenda/sematan/cara/")
    assert fits(page)
    wide = new_page(viewport={"width": 1280, "height": 900})
    for path, name in (("/agenda/", "agenda"), (f"/agenda/{month():%Y/%m}/", "agenda-bulan")):
        wide.goto(path)
        shoot(wide, f"{name}-1280")


def month() -> date:
    """The next one, so that nothing in it is past."""
    return (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)


def fill(petugas) -> None:
    first = month() + timedelta(days=(4 - month().weekday()) % 7)
    night = make.event(days=[], name="Pasar malam Blok M", kind=EventKind.JBL, needs_sign_up=False)
    make.jbl_day(first, edition=night, break_from=None, break_to=None)
    pattern = Pattern(Every.WEEK, first, (4,), first + timedelta(weeks=5))
    plan = Plan(pattern, Hours(time(18), time(1)))
    by = {"by": petugas, "via": "admin"}
    publish_series(repeat_event(night, plan=plan, **by), **by)
    make.event(name="Siap ekspor", days=[first + timedelta(days=4)], tags=["Persiapan G20"])
    make.event(name="Festival", kind=EventKind.FESTIVAL, days=[first + timedelta(days=8)])
