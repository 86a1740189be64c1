"""Pages are kept for everybody, and yet Siti and her shoppers see what she changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.front import until
from tests.journeys.conftest import DESK, PHONE, sign_in
from umkm_portal.front import keep_public_pages
from umkm_portal.lib.changes import Changes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def live_server() -> Iterator[LiveServer]:
    """As under gunicorn: with the worker's memory of public pages before Django."""
    changes = Changes()
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = lambda files: keep_public_pages(files.application, changes)
    server.start()
    yield server
    server.stop()
    changes.close()


def shows(page: Page, path: str, text: str) -> bool:
    page.goto(path)
    return text in page.inner_text("main")


def test_siti_sees_her_change_at_once_and_a_shopper_within_seconds(
    new_page, siti, batik, cache_table
) -> None:
    product = make.product(batik, name="Kain batik tulis", price=125_000, photo=False)
    place = product.get_absolute_url()
    shopper, owner = new_page(viewport=PHONE, javascript=False), new_page(viewport=DESK)
    sign_in(owner, siti)

    for path in (place, "/katalog/"):
        assert until(lambda path=path: shows(shopper, path, "Rp125.000"))
        again = shopper.goto(path)
        assert again.headers["age"].isdigit(), "kept by the worker"
        assert "set-cookie" not in again.headers
        assert "age" not in owner.goto(path).headers
        expect(owner.get_by_role("button", name="Keluar")).to_be_visible()

    owner.goto(f"/saya/produk/{product.pk}/")
    owner.get_by_label("Harga").first.fill("99.000")
    owner.get_by_role("button", name="Simpan perubahan").click()
    assert shows(owner, place, "Rp99.000")
    assert shows(owner, "/katalog/", "Rp99.000")
    for path in (place, "/katalog/"):
        assert until(lambda path=path: shows(shopper, path, "Rp99.000"), 5)
        assert "Rp125.000" not in shopper.inner_text("main")
    assert shopper.context.cookies() == []

    owner.goto(f"/saya/produk/{product.pk}/")
    owner.get_by_role("button", name="Arsipkan produk ini").click()
    assert until(lambda: shopper.goto(place).status == 410, 5)
    assert until(lambda: not shows(shopper, "/katalog/", "Kain batik tulis"), 5)
