"""A shopper puts goods of two sellers on her list and gets one message for each."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests import make
from tests.journeys.conftest import PHONE, fits, shoot

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [False, True])
def test_two_sellers_two_messages(new_page, batik, budi, javascript) -> None:
    kain = make.product(batik, name="Kain & selendang 😀", photo=False)
    syal = make.product(batik, name="Syal katun", price=90_000, photo=False)
    roti = make.product(
        make.business(budi, name="Roti Budi", order_phone="+6285711112222"),
        name="Roti sobek",
        price=25_000,
        photo=False,
    )
    phone = new_page(viewport=PHONE, javascript=javascript)
    for product, quantity in ((kain, "2"), (syal, "1"), (roti, "3")):
        phone.goto(product.get_absolute_url())
        assert fits(phone)
        phone.get_by_label("Jumlah").fill(quantity)
        phone.get_by_role("button", name="Tambah ke titipan").click()
        expect(phone.get_by_role("heading", name="Titipan", level=1)).to_be_visible()
    assert fits(phone)
    shoot(phone, f"titipan-{'js' if javascript else 'tanpa-js'}")
    batik_part = phone.get_by_role("region", name="Batik Siti")
    expect(batik_part.get_by_text("Total Rp660.000")).to_be_visible()

    phone.get_by_label("Jumlah Syal katun").fill("3")
    batik_part.get_by_role("button", name="Simpan jumlah").click()
    expect(phone.get_by_text("Total Rp840.000")).to_be_visible()

    link = phone.get_by_role("link", name="Pesan lewat WhatsApp").first.get_attribute("href")
    answer = phone.request.get(str(link), max_redirects=0)
    sent = urlsplit(answer.headers["location"])
    text = parse_qs(sent.query)["text"][0]
    assert (sent.netloc, sent.path) == ("wa.me", "/6281234567890")
    assert "• 2 × Kain & selendang 😀 (Rp285.000 per lembar)" in text
    assert "Total: Rp840.000" in text
    assert "Roti" not in text

    phone.get_by_role("button", name="Hapus Roti sobek").click()
    expect(phone.get_by_text("Roti Budi")).to_have_count(0)
    phone.get_by_role("button", name="Kosongkan titipan").click()
    expect(phone.get_by_text("Belum ada titipan.")).to_be_visible()
    assert phone.context.cookies() == []


def test_a_total_without_javascript(new_page, batik) -> None:
    product = make.product(batik, photo=False)
    phone = new_page(viewport=PHONE, javascript=False)
    phone.goto(product.get_absolute_url())

    phone.get_by_label("Jumlah").fill("4")
    phone.get_by_role("button", name="Hitung totalnya").click()

    expect(phone.locator(".bubble")).to_contain_text("Total: Rp1.140.000")
    assert phone.context.cookies() == []
