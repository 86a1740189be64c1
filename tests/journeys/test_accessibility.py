"""Ten pages on a phone and at a desk: axe finds nothing, and nothing sticks out sideways."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

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


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_read_and_use_the_pages(new_page, viewport, lively, siti) -> None:
    page = new_page(viewport=viewport)
    wrong = {}
    for path in PAGES + OWN_PAGES:
        if path == OWN_PAGES[0]:
            sign_in(page, siti)
        page.goto(path)
        shoot(page, f"axe-{viewport['width']}{path.replace('/', '-')}")
        if found := findings(page) + ([] if fits(page) else ["wider than the screen"]):
            wrong[path] = found

    assert wrong == {}
