"""Ten pages on a phone and at a desk: axe finds nothing, and nothing sticks out sideways."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from events.actions.edition import publish_rules
from events.choices import PlaceStatus
from events.models import EventDay
from events.place_links import offer_link
from tests import make
from tests.journeys.conftest import DESK, PHONE, fits, shoot, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PAGES = ["/", "/jumat/", "/katalog/", "/usaha/", "/agenda/", "/daftar/", "/cek/", "/akun/masuk/"]
OWN_PAGES = ["/saya/", "/saya/iuran/"]


@pytest.fixture
def lively(siti, batik):
    """A portal with a product, a market day with a booth, and a training."""
    make.product(batik)
    make.place(make.jbl_day(), batik)
    make.event()


def findings(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


@pytest.fixture
def market(siti, batik):
    """A market Siti may ask for, one she waits for, one she is offered a place of, one of hers."""
    make.product(batik)
    drawn = make.place(make.jbl_day(), batik)
    asked, waits, offered = (_open_edition(number) for number in (10, 11, 12))
    make.application(waits, batik, status=PlaceStatus.WAITLISTED, rank=1)
    now = timezone.now()
    offer = make.application(
        offered,
        batik,
        status=PlaceStatus.OFFERED,
        offered_at=now,
        offer_until=now + timedelta(hours=5),
    )
    return asked.event.slug, drawn.day.event.slug, offer


def _open_edition(in_days: int) -> EventDay:
    day = make.jbl_day(timezone.localdate() + timedelta(days=in_days))
    make.edition(day.event, seats_per_day=2)
    publish_rules(day.event, text="Datang pukul 7.", by=None, via="admin")
    return day


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_seller_can_read_and_use_the_pages_of_her_market(
    new_page, viewport, market, siti
) -> None:
    asked, drawn, offer = market
    page = new_page(viewport=viewport)
    shown = ["/jbl/", f"/jbl/{asked}/", f"/jbl/{drawn}/denah/", f"/jbl/{drawn}/katalog/"]
    shown += [f"/jbl/{asked}/giliran/", offer_link(offer)]
    own = [f"/jbl/{asked}/ikut/", "/saya/jbl/"]
    own += [f"/saya/jbl/{place.pk}/" for place in offer.business.booth_places.all()]
    own += [f"/saya/jbl/{offer.pk}/batal/", f"/saya/jbl/{offer.pk}/produk/"]
    wrong = {}
    for path in shown + own:
        if path == own[0]:
            sign_in(page, siti)
        page.goto(path)
        wrong |= look_at(page, path)

    assert wrong == {}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_seller_can_read_what_she_typed_wrong_what_she_sends_and_what_comes_next(
    new_page, viewport, market, siti
) -> None:
    page = new_page(viewport=viewport)
    sign_in(page, siti)
    page.goto(f"/jbl/{market[0]}/ikut/")
    page.locator("input[name=meja]").fill("99")
    page.get_by_role("button", name="Periksa pengajuan").click()
    expect(page).to_have_title(re.compile("^Kesalahan: Ikut"))
    wrong = look_at(page, "ikut-salah")
    page.locator("input[name=meja]").fill("1")
    page.locator("input[name=setuju]").check()
    page.get_by_role("button", name="Periksa pengajuan").click()
    expect(page.get_by_role("heading", name="Periksa sebelum dikirim")).to_be_visible()
    wrong |= look_at(page, "ikut-periksa")
    page.get_by_role("button", name="Kirim pengajuan").click()
    expect(page.get_by_role("heading", name="Pengajuan terkirim")).to_be_visible()
    wrong |= look_at(page, "ikut-terkirim")

    assert wrong == {}


def look_at(page, path: str) -> dict[str, list[str]]:
    """What is wrong with the page that is open, by its path."""
    shoot(page, f"axe-{page.viewport_size['width']}{path.replace('/', '-')[:60]}")
    found = findings(page) + ([] if fits(page) else ["wider than the screen"])
    return {path: found} if found else {}


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_read_and_use_the_pages(new_page, viewport, lively, siti) -> None:
    page = new_page(viewport=viewport)
    wrong = {}
    for path in PAGES + OWN_PAGES:
        if path == OWN_PAGES[0]:
            sign_in(page, siti)
        page.goto(path)
        wrong |= look_at(page, path)

    assert wrong == {}
