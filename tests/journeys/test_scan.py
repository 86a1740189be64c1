"""A petugas holds her phone over a member card, or types its code, and ticks the seller off.

The camera is Chromium's own invented one. Chromium on Linux has no BarcodeDetector, so that alone
stands in here: it looks at the picture the page shows it, and says what is on the card.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import expect

from events.choices import PlaceStatus
from tests import make
from tests.journeys.conftest import PHONE, QUIET, fits, shoot, sign_in
from tests.journeys.test_market_door import day  # noqa: F401  a market of today
from tests.members.money import member, pay

pytestmark = pytest.mark.django_db(transaction=True)

DETECTOR = """
window.BarcodeDetector = class {
  constructor({ formats }) { this.reads = formats.includes("qr_code"); }
  async detect(video) {
    const isLive = video.srcObject.getVideoTracks()[0].readyState === "live";
    window.looked = (window.looked || 0) + 1;
    if (!this.reads || !isLive || !video.videoWidth || window.looked < 3) return [];
    return [{ rawValue: "%s" }];
  }
};
"""


@pytest.fixture(scope="module")
def browser_args() -> list[str]:
    return [*QUIET, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def card(batik, sekretariat) -> str:
    membership = member(batik, by=sekretariat)
    pay(membership.invoices.get(), by=sekretariat)
    return membership.card_code


def test_a_code_that_is_typed_leads_to_her_row(phone_page, petugas, day, batik, card) -> None:  # noqa: F811
    place = make.place(day, batik)
    sign_in(phone_page, petugas)
    phone_page.goto("/petugas/pindai/")
    assert fits(phone_page)
    expect(phone_page.get_by_role("button", name="Buka kamera")).to_be_hidden()
    shoot(phone_page, "pindai")

    phone_page.get_by_label("Kode kartu").fill(f"{card[:5]} {card[5:]}".lower())
    phone_page.get_by_role("button", name="Cari").last.click()
    phone_page.get_by_role("button", name=f"Hadir {batik.name}", exact=True).click()

    expect(phone_page.get_by_text("Hadir pukul")).to_be_visible()
    phone_page.wait_for_load_state("networkidle")
    place.refresh_from_db()
    assert place.status == PlaceStatus.PRESENT


def test_the_camera_reads_the_card_and_is_off_again(
    new_page,
    petugas,
    day,  # noqa: F811
    batik,
    budi,
    card,
) -> None:
    make.place(day, batik)
    make.place(day, make.business(budi, name="Dapur Budi"), "A08")
    phone = new_page(viewport=PHONE)
    phone.add_init_script(DETECTOR % f"{settings.SITE_URL}/cek/{card}/")
    sign_in(phone, petugas)
    phone.goto("/petugas/pindai/")

    phone.get_by_role("button", name="Buka kamera").click()
    phone.wait_for_url(f"**/petugas/hadir/{day.pk}/?q={card}")
    expect(phone.locator(".door__row:visible")).to_have_count(1)
    expect(phone.get_by_role("button", name=f"Hadir {batik.name}", exact=True)).to_be_visible()

    # On the list itself the camera narrows what is there, and needs no signal for it.
    phone.goto(f"/petugas/hadir/{day.pk}/")
    expect(phone.locator(".door__row:visible")).to_have_count(2)
    phone.context.set_offline(True)
    phone.evaluate("() => { window.looked = -1000 }")
    phone.get_by_role("button", name="Pindai kartu").click()
    expect(phone.locator("video")).to_be_visible()
    shoot(phone, "hadir-kamera")
    phone.get_by_role("button", name="Tutup kamera").click()
    expect(phone.locator("video")).to_be_hidden()
    phone.evaluate("() => { window.looked = 0 }")
    phone.get_by_role("button", name="Pindai kartu").click()
    expect(phone.locator(".door__row:visible")).to_have_count(1)
    expect(phone.locator("video")).to_be_hidden()
    assert phone.evaluate("() => document.querySelector('video').srcObject") is None


def test_a_camera_that_is_refused_leaves_the_field(new_page, petugas, card) -> None:
    phone = new_page(viewport=PHONE)
    phone.add_init_script(DETECTOR % card)
    phone.add_init_script(
        "navigator.mediaDevices.getUserMedia = "
        "() => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    sign_in(phone, petugas)
    phone.goto("/petugas/pindai/")

    phone.get_by_role("button", name="Buka kamera").click()

    expect(phone.get_by_text("Kamera tidak bisa dibuka.")).to_be_visible()
    phone.get_by_label("Kode kartu").fill(card)
    phone.get_by_role("button", name="Cari").last.click()
    expect(phone.get_by_text("Kartu ini berlaku hari ini.")).to_be_visible()
