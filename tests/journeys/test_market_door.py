"""At the door of the market: a petugas ticks sellers off, also while the signal is gone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import PlaceStatus
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in
from tests.journeys.test_card_offline import wait_for_worker
from umkm_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day():
    """Today, from the first minute to the last, so that the door is open whenever this runs."""
    today = timezone.localdate()
    return make.jbl_day(
        today,
        set_up_at=None,
        break_from=None,
        break_to=None,
        opens_at=time(0),
        closes_at=time(23, 59),
    )


def test_petugas_ticks_a_seller_off(phone_page, petugas, day, batik) -> None:
    place = make.place(day, batik)
    sign_in(phone_page, petugas)
    phone_page.goto(f"/petugas/hadir/{day.pk}/?q=batik")
    assert fits(phone_page)

    phone_page.get_by_role("button", name=f"Hadir {batik.name}", exact=True).click()

    expect(phone_page.get_by_text("Hadir pukul")).to_be_visible()
    expect(phone_page.get_by_text("1 dari 1 hadir")).to_be_visible()
    phone_page.wait_for_load_state("networkidle")
    place.refresh_from_db()
    assert place.status == PlaceStatus.PRESENT


def test_the_signal_goes_and_comes_back_and_nobody_is_lost(
    new_page, petugas, day, batik, budi
) -> None:
    places = [make.place(day, batik, "A01")]
    places += [make.place(day, make.business(budi, name=f"Dapur {n}"), f"A0{n}") for n in (2, 3)]
    phone = new_page(viewport=PHONE)
    sign_in(phone, petugas)
    phone.goto(f"/petugas/hadir/{day.pk}/")

    phone.context.set_offline(True)
    phone.fill("#cari-hadir", "dapur")
    expect(phone.locator(".door__row:visible")).to_have_count(2)
    for place in places[1:]:
        name = f"Hadir {place.business.name}"
        phone.get_by_role("button", name=name, exact=True).click()
    expect(phone.locator("#antre")).to_contain_text("2 catatan tersimpan di HP ini")
    shoot(phone, "hadir-tanpa-sinyal")
    assert fits(phone)
    assert not day.places.filter(status=PlaceStatus.PRESENT).exists()

    phone.context.set_offline(False)
    expect(phone.locator("#antre")).to_be_hidden()
    assert set(day.places.filter(status=PlaceStatus.PRESENT)) == set(places[1:])
    phone.reload()
    expect(phone.get_by_text("2 dari 3 hadir")).to_be_visible()


KEPT = "Tidak ada sinyal. Ini salinan yang disimpan pukul"


def open_and_keep(phone, petugas, day) -> str:
    """The list lies on the phone of an officer whose browser knows the portal."""
    sign_in(phone, petugas)
    path = f"/petugas/hadir/{day.pk}/"
    phone.goto(path)
    wait_for_worker(phone)
    phone.reload()
    phone.wait_for_function("(path) => caches.match(path).then(Boolean)", arg=path)
    return path


def kept_of_lists(phone) -> list[str]:
    return phone.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
        ".then((store) => store.keys())))).then((found) => found.flat()"
        ".map((asked) => new URL(asked.url).pathname)"
        ".filter((path) => path.startsWith('/petugas/')))"
    )


def kept_taps(phone) -> list[str]:
    return phone.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('hadir-'))")


def tick_off(phone, place) -> None:
    phone.get_by_role("button", name=f"Hadir {place.business.name}", exact=True).click()


def test_two_minutes_without_signal_and_the_page_loaded_anew_lose_nobody(
    new_page, signal, petugas, day, batik, budi
) -> None:
    places = [make.place(day, batik, "A01")]
    places += [make.place(day, make.business(budi, name=f"Dapur {n}"), f"A0{n}") for n in (2, 3, 4)]
    phone = new_page(viewport=PHONE, url=signal.url)
    # Its clock is behind by the minutes that pass below, so that no tap comes from the future.
    phone.clock.install(time=timezone.now() - timedelta(minutes=3))
    path = open_and_keep(phone, petugas, day)
    tick_off(phone, places[0])
    expect(phone.get_by_text("1 dari 4 hadir")).to_be_visible()
    phone.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.startsWith('hadir-antre'))"
    )

    signal.cut()
    tick_off(phone, places[1])
    expect(phone.locator("#antre")).to_contain_text("1 catatan tersimpan di HP ini")
    phone.clock.run_for(60_000)
    phone.goto(path)
    assert KEPT in phone.inner_text("main")
    expect(phone.locator("#antre")).to_contain_text("1 catatan tersimpan di HP ini")
    expect(phone.get_by_text("2 dari 4 hadir")).to_be_visible()
    tick_off(phone, places[2])
    phone.clock.run_for(60_000)
    phone.get_by_role("link", name="Belum hadir").click()
    expect(phone.locator(".door__row:visible")).to_have_count(1)
    shoot(phone, "hadir-dimuat-ulang-tanpa-sinyal")
    assert fits(phone)
    assert day.places.filter(status=PlaceStatus.PRESENT).count() == 1
    taps = phone.evaluate(
        "JSON.parse(localStorage.getItem("
        "Object.keys(localStorage).find((name) => name.startsWith('hadir-antre'))))"
    )

    signal.mend()
    expect(phone.locator("#antre")).to_be_hidden()
    expect(phone.get_by_role("link", name="Muat daftar terbaru")).to_be_visible()
    assert set(day.places.filter(status=PlaceStatus.PRESENT)) == set(places[:3])
    for tap in taps:
        place = day.places.get(pk=tap["siapa"])
        assert place.checked_in_at == datetime.fromisoformat(tap["pada"])
    noted = AuditEntry.objects.filter(verb="place.present").values_list("object_id", flat=True)
    assert sorted(noted) == [place.pk for place in places[:3]]
    phone.get_by_role("link", name="Muat daftar terbaru").click()
    expect(phone.get_by_text("3 dari 4 hadir")).to_be_visible()
    assert KEPT not in phone.inner_text("main")


def test_signing_out_takes_list_and_taps_from_the_phone(
    new_page, signal, petugas, day, batik
) -> None:
    place = make.place(day, batik)
    phone = new_page(viewport={"width": 1280, "height": 740}, url=signal.url)
    path = open_and_keep(phone, petugas, day)
    signal.cut()
    tick_off(phone, place)
    expect(phone.locator("#antre")).to_contain_text("1 catatan tersimpan di HP ini")
    out = phone.locator("form.sign-out button:visible").first

    asked = []
    phone.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    out.click()
    assert asked == ["1 catatan hadir belum terkirim dan akan hilang. Tetap keluar?"]
    assert len(kept_taps(phone)) == 1
    assert kept_of_lists(phone) == [path]

    phone.once("dialog", lambda dialog: dialog.accept())
    with phone.expect_event("requestfailed"):
        out.click()
    phone.wait_for_timeout(500)  # the browser's own page about it comes in between
    phone.goto(path)
    assert "Halaman ini belum tersimpan" in phone.inner_text("main")
    assert kept_taps(phone) == []
    assert kept_of_lists(phone) == []


def test_signing_out_of_the_desk_says_the_same_and_takes_the_same(
    new_page, signal, petugas, day, batik
) -> None:
    """A tick that waits is sent from its list alone; whoever leaves by the desk is told."""
    place = make.place(day, batik)
    phone = new_page(viewport=PHONE, url=signal.url)
    open_and_keep(phone, petugas, day)
    signal.cut()
    tick_off(phone, place)
    expect(phone.locator("#antre")).to_contain_text("1 catatan tersimpan di HP ini")
    phone.goto("about:blank")
    signal.mend()
    phone.goto(f"{signal.url}/admin/")
    out = phone.get_by_role("button", name="Keluar")

    asked = []
    phone.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    out.click()
    assert asked == ["1 catatan hadir belum terkirim dan akan hilang. Tetap keluar?"]
    assert len(kept_taps(phone)) == 1

    phone.once("dialog", lambda dialog: dialog.accept())
    out.click()
    expect(phone.get_by_text("Anda sudah keluar dari meja petugas")).to_be_visible()
    assert kept_taps(phone) == []
    assert kept_of_lists(phone) == []


def test_what_one_officer_kept_is_not_sent_by_another(new_page, petugas, admin, day, batik) -> None:
    place = make.place(day, batik)
    phone = new_page(viewport=PHONE)
    path = open_and_keep(phone, petugas, day)
    phone.context.set_offline(True)
    tick_off(phone, place)
    phone.goto("/katalog/")  # away from the list, which would send it once there is a signal
    phone.context.set_offline(False)
    phone.context.clear_cookies()
    sign_in(phone, admin)
    phone.evaluate(
        "([path, key]) => localStorage.setItem(key, JSON.stringify("
        "[{id: 'a', siapa: 1, apa: 'hadir', pada: '2026-01-01T00:00:00Z'}]))",
        [path, "hadir-antre-999-1"],
    )
    phone.goto(path)
    expect(phone.get_by_text("0 dari 1 hadir")).to_be_visible()

    assert kept_taps(phone) == [f"hadir-antre-{day.pk}-{petugas.pk}"]
    place.refresh_from_db()
    assert place.status == PlaceStatus.ACCEPTED


def test_no_other_page_of_the_desk_stays_on_the_phone(new_page, petugas, day, batik) -> None:
    make.place(day, batik)
    phone = new_page(viewport=PHONE)
    path = open_and_keep(phone, petugas, day)
    training = make.event(days=[day.date]).days.get()
    for other in (
        "/admin/",
        f"/petugas/hadir/{training.pk}/",
        f"{path}?q=batik",
        "/petugas/pindai/",
    ):
        phone.goto(other)

    assert kept_of_lists(phone) == [path]
    phone.context.set_offline(True)
    phone.goto(f"/petugas/hadir/{training.pk}/")
    assert "Halaman ini belum tersimpan" in phone.inner_text("main")
    phone.goto(f"{path}?q=batik")
    assert KEPT in phone.inner_text("main")
    phone.context.set_offline(False)
    petugas.groups.clear()
    phone.goto(path)
    assert kept_of_lists(phone) == []
