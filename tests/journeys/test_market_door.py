"""At the door of the market: a petugas ticks sellers off, also while the signal is gone."""

from __future__ import annotations

from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.choices import PlaceStatus
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot, sign_in

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
