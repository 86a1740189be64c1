"""In the hall there is no signal: what one visit to Friday's page left behind still opens."""

from __future__ import annotations

import re

import pytest

from events.actions.editions import cancel_event
from tests import make
from tests.journeys.conftest import PHONE, fits, shoot
from tests.journeys.test_card_offline import wait_for_worker

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = r"Tidak ada sinyal\. Ini salinan yang disimpan pukul \d\d\.\d\d WIB"


def kept(page) -> list[str]:
    return page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)"
        ".then((store) => store.keys()))))"
        ".then((found) => found.flat().map((asked) => new URL(asked.url).pathname)"
        ".filter((path) => path === '/jumat/' || path.startsWith('/jbl/')).sort())"
    )


def lose_signal(page) -> None:
    """For ten seconds a browser may show a page again without asking; that time is over."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


def wait_until_kept(page, *paths: str) -> None:
    page.wait_for_function(
        "(paths) => Promise.all(paths.map((path) => caches.match(path)))"
        ".then((found) => found.every(Boolean))",
        arg=list(paths),
    )


def test_after_one_visit_page_plan_and_sellers_open_without_signal(
    new_page, batik, siti, petugas
) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    for number in range(1, 64):
        make.place(day, make.business(siti, name=f"Usaha {number}"), f"B{number:02}")
    edition = day.event.get_absolute_url()
    plan = f"{edition}denah/"
    phone = new_page(viewport=PHONE)
    phone.goto("/jumat/")
    wait_for_worker(phone)
    wait_until_kept(phone, "/jumat/", edition, plan)

    lose_signal(phone)
    phone.goto("/jumat/")
    assert re.search(KEPT, phone.inner_text("main"))
    assert "Batik Siti" in phone.inner_text("main")
    assert fits(phone)
    shoot(phone, "jumat-tanpa-sinyal")
    phone.get_by_role("link", name="Denah lapak").click()
    assert re.search(KEPT, phone.inner_text("main"))
    assert phone.locator("main svg a").count() == 64
    assert fits(phone)
    shoot(phone, "denah-tanpa-sinyal")
    phone.goto("/jumat/")
    phone.get_by_role("link", name="Tampilkan 4 penjual lagi").click()
    assert re.search(KEPT, phone.inner_text("main"))
    assert "Usaha 63" in phone.inner_text("main")
    phone.goto("/katalog/")
    assert "Halaman ini belum tersimpan" in phone.inner_text("main")

    phone.context.set_offline(False)
    cancel_event(day.event, reason="Hujan lebat", by=petugas, via="admin")
    phone.goto("/jumat/")
    assert "Hujan lebat" in phone.inner_text("main")
    phone.wait_for_function(
        "caches.match('/jumat/').then((kept) => kept.text())"
        ".then((text) => text.includes('Hujan lebat'))"
    )
    phone.wait_for_function("(path) => caches.match(path).then((kept) => !kept)", arg=edition)
    assert kept(phone) == ["/jumat/"]
    lose_signal(phone)
    phone.goto("/jumat/")
    assert "Hujan lebat" in phone.inner_text("main")
