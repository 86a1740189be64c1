"""Staff run an edition: quota, turns, booths, and at the door on the day."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import PlaceStatus
from events.models import EventDay
from events.sales_links import report_link
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
S = PlaceStatus


@pytest.fixture
def day():
    """In ten days, so that quotas still keep their seats; two seats, three booths."""
    day = make.jbl_day(
        timezone.localdate() + timedelta(days=10),
        set_up_at=None,
        break_from=None,
        break_to=None,
        opens_at=time(0),
        closes_at=time(23, 59),
    )
    make.edition(day.event, seats_per_day=2, tables_stock=1)
    for number in ("A01", "A02", "A03"):
        make.booth(day.event, number, zone="Lorong A", power=number == "A03")
    return day


@pytest.fixture
def asked(day, siti, budi):
    """Two sellers of Jagakarsa and one of Tebet; the last to ask has not said what she needs."""
    tebet = make.kelurahan("Tebet Barat")
    sellers = [
        make.business(siti, name="Batik Siti"),
        make.business(siti, name="Kain Siti"),
        make.business(budi, name="Dapur Tebet", kelurahan=tebet),
        make.business(budi, name="Warung Tebet", kelurahan=tebet),
    ]
    for seller in sellers:
        make.product(seller, name=f"Barang {seller.name}")
    return [make.application(day, seller, tables=1) for seller in sellers]


def test_from_the_quota_to_the_door(new_page, desk, petugas, day, asked) -> None:
    sign_in(desk, petugas)
    event = reverse("admin:events_event_change", args=[day.event_id])

    # What waits stands on the first page; one application goes back, with what to mend.
    desk.goto("/admin/")
    desk.get_by_role("link", name="Pengajuan tempat JBL").click()
    desk.get_by_role("link", name="Warung Tebet").click()
    shoot(desk, "desk-pengajuan")
    desk.get_by_role("link", name="Kembalikan untuk dilengkapi").click()
    desk.get_by_label("Yang perlu dilengkapi").fill("Tulis watt kompor listriknya.")
    desk.get_by_role("button", name="Kembalikan untuk dilengkapi").click()
    expect(desk.get_by_text("Dikembalikan. Penjual membaca")).to_be_visible()

    # One seat for each of two kecamatan.
    desk.goto(event)
    desk.get_by_role("link", name="Kuota tempat").click()
    desk.get_by_label("Jagakarsa, Semua bidang").fill("1")
    desk.get_by_label("Tebet, Semua bidang").fill("1")
    desk.get_by_role("button", name="Simpan kuota").click()
    expect(desk.get_by_text("2 dari 2 tempat per hari sudah berkuota.")).to_be_visible()
    shoot(desk, "desk-kuota")

    # By turn one of each gets in, the other waits.
    desk.goto(event)
    desk.get_by_role("link", name="giliran", exact=True).click()
    desk.get_by_role("button", name="Bagi tempat").click()
    expect(desk.get_by_text("Tempat dibagi.")).to_be_visible()
    shoot(desk, "desk-giliran")
    for place in asked:
        place.refresh_from_db()
    words = [place.status for place in asked]
    assert sorted(words[:2]) == [S.ACCEPTED, S.WAITLISTED]
    assert words[2:] == [S.ACCEPTED, S.RETURNED]

    # Both asked for a table and there is one; the list for who brings them says so.
    desk.goto(event)
    desk.get_by_role("link", name="meja, kursi, listrik").click()
    expect(desk.get_by_text("Meja: kurang 1 dari persediaan 1.")).to_be_visible()
    shoot(desk, "desk-perlengkapan")

    # Each gets a booth, and the plan that visitors see has them both.
    desk.goto(event)
    desk.get_by_role("link", name="siapa di lapak mana").click()
    desk.get_by_role("button", name="Beri lapak kepada 2 penjual").click()
    expect(desk.get_by_text("2 penjual mendapat lapak dan diberi tahu.")).to_be_visible()
    expect(desk.get_by_text("2 dari 3 lapak terisi")).to_be_visible()
    shoot(desk, "desk-lapak")
    desk.get_by_role("link", name="Denah untuk pengunjung").click()
    inside = [place for place in asked if place.status == S.ACCEPTED]
    for place in inside:
        expect(desk.locator("main table").get_by_text(place.business.name)).to_be_visible()

    # The day has come: at the door, on a phone, one tap each, also while the signal is gone.
    EventDay.objects.filter(pk=day.pk).update(date=timezone.localdate())
    phone = new_page(viewport=PHONE)
    sign_in(phone, petugas)
    phone.goto(f"/petugas/hadir/{day.pk}/")
    assert fits(phone)
    phone.context.set_offline(True)
    name = f"Hadir {inside[0].business.name}"
    phone.get_by_role("button", name=name, exact=True).click()
    expect(phone.locator("#antre")).to_contain_text("1 catatan tersimpan di HP ini")
    assert not day.places.filter(status=S.PRESENT).exists()
    phone.context.set_offline(False)
    expect(phone.locator("#antre")).to_be_hidden()
    phone.reload()
    expect(phone.get_by_text("1 dari 2 hadir")).to_be_visible()
    inside[0].refresh_from_db()
    assert inside[0].status == S.PRESENT

    # The market is over: she reports, and from its first page the desk comes to the recap.
    EventDay.objects.filter(pk=day.pk).update(date=timezone.localdate() - timedelta(days=1))
    seller = new_page(viewport=PHONE, javascript=False)
    seller.goto(report_link(inside[0]))
    seller.locator("label.tap", has_text="500 ribu–1 juta").first.click()
    seller.locator("label.tap", has_text="11–25").first.click()
    seller.get_by_role("button", name="Kirim").click()
    expect(seller.get_by_text("Terima kasih").first).to_be_visible()
    desk.goto("/admin/")
    desk.get_by_role("link", name="Laporan penjualan", exact=True).click()
    desk.get_by_role("link", name="Rekap per tempat dan edisi").click()
    shoot(desk, "desk-penjualan-tempat")
    desk.get_by_role("link", name=day.event.name, exact=True).click()
    expect(desk.get_by_text("Rp750.000").first).to_be_visible()
    expect(desk.get_by_text("1 dari 1 melapor").first).to_be_visible()


def test_an_edition_and_its_rules_on_a_small_screen(phone_page, petugas, day) -> None:
    """The desk is also used on a phone, with and without JavaScript."""
    sign_in(phone_page, petugas)
    phone_page.goto(reverse("admin:events_event_change", args=[day.event_id]))
    assert fits(phone_page)
    phone_page.fill("#id_edition-0-seats_per_day", "30")
    phone_page.get_by_role("button", name="Simpan", exact=True).click()
    phone_page.get_by_text("berhasil diubah").wait_for()
    day.event.edition.refresh_from_db()
    assert day.event.edition.seats_per_day == 30

    phone_page.goto(reverse("admin:events_event_tata-tertib", args=[day.event_id]))
    phone_page.get_by_label("Tata tertib").fill("Datang pagi.\nBawa pulang sampah.")
    phone_page.get_by_role("button", name="Lihat dulu").click()
    assert fits(phone_page)
    shoot(phone_page, "desk-tata-tertib")
    phone_page.get_by_role("button", name="Terbitkan versi 1").click()
    phone_page.get_by_text("Tata tertib terbit.").wait_for()
    assert day.event.rules.get().text == "Datang pagi.\nBawa pulang sampah."
