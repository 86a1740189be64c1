"""At a gate without signal Siti still shows her card; after she signs out nobody can."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import PHONE, fits, shoot, sign_in
from tests.members.money import member, pay

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for_worker(page) -> None:
    page.evaluate(
        "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller || "
        "new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done)))"
        ".then(() => true)"
    )


def kept_pages(page) -> int:
    return page.evaluate(
        "caches.open('umkm-kartu').then((store) => store.keys()).then((keys) => keys.length)"
    )


def test_siti_shows_her_card_without_signal_until_she_signs_out(
    new_page, siti, batik, sekretariat
) -> None:
    card = member(batik, by=sekretariat)
    pay(card.invoices.get(), by=sekretariat)
    phone = new_page(viewport=PHONE)
    sign_in(phone, siti)
    phone.goto("/saya/")
    wait_for_worker(phone)
    phone.goto("/saya/kartu/")
    assert fits(phone)
    shoot(phone, "kartu")
    phone.wait_for_function(
        "caches.open('umkm-kartu').then((store) => store.keys()).then((keys) => keys.length === 1)"
    )

    phone.context.set_offline(True)
    phone.goto("/saya/kartu/")
    text = phone.inner_text("main")
    assert "Tidak ada sinyal. Ini salinan yang disimpan pukul" in text
    assert card.card_code in text
    assert phone.locator(".member-card svg.qr").count() == 1
    shoot(phone, "kartu-tanpa-sinyal")
    phone.goto("/saya/iuran/")
    assert "Halaman ini belum tersimpan" in phone.inner_text("main")

    phone.context.set_offline(False)
    phone.goto("/saya/kartu/")
    phone.locator("form.sign-out button:visible").first.click()
    phone.wait_for_url("**/")
    phone.context.set_offline(True)
    phone.goto("/saya/kartu/")
    assert card.card_code not in phone.inner_text("body")
    assert kept_pages(phone) == 0


def test_a_session_that_is_over_takes_the_copy_with_it(new_page, siti, batik, sekretariat) -> None:
    card = member(batik, by=sekretariat)
    pay(card.invoices.get(), by=sekretariat)
    phone = new_page(viewport=PHONE)
    sign_in(phone, siti)
    phone.goto("/saya/")
    wait_for_worker(phone)
    phone.goto("/saya/kartu/")
    phone.wait_for_function(
        "caches.open('umkm-kartu').then((store) => store.keys()).then((keys) => keys.length === 1)"
    )
    siti.set_password("kata-sandi-lain-9")
    siti.save()

    phone.goto("/saya/kartu/")

    phone.context.set_offline(True)
    phone.goto("/saya/kartu/")
    assert card.card_code not in phone.inner_text("body")
