"""Food facts, badges and goods for Friday: readable by everybody, on a phone and at a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.curation import approve_product
from catalog.actions.listing import ProductValues, change_product
from catalog.choices import ProductStatus
from events.models import BroughtProduct
from tests import make
from tests.journeys.conftest import DESK, PHONE, fits, shoot, sign_in
from tests.journeys.test_accessibility import findings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(batik):
    return make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)


@pytest.fixture
def dish(batik):
    for kind in ("halal", "pirt", "nib"):
        make.licence(batik, kind, expires_on=timezone.localdate() + timedelta(days=90))
    return make.dish(batik, food_mark="halal", allergens=["telur", "susu"], lead_days=2)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_everybody_can_read_and_use_them(new_page, viewport, siti, place, dish) -> None:
    make.dish(dish.business, name="Lapis rum", food_mark="nonhalal")
    BroughtProduct.objects.create(day=place.day, product=dish)
    page = new_page(viewport=viewport)
    sign_in(page, siti)
    wrong = {}
    for path in (
        dish.get_absolute_url(),
        f"/jbl/{place.day.event.slug}/katalog/",
        f"/saya/produk/{dish.pk}/",
        f"/saya/produk/{dish.pk}/pangan/",
        f"/saya/jbl/{place.pk}/produk/",
    ):
        page.goto(path)
        shoot(page, f"pangan-{viewport['width']}{path.replace('/', '-')}")
        if found := findings(page) + ([] if fits(page) else ["wider than the screen"]):
            wrong[path] = found

    assert wrong == {}


def test_siti_says_what_she_brings(phone_page, siti, place, dish) -> None:
    make.dish(dish.business, name="Lapis rum", food_mark="nonhalal")
    phone = phone_page
    sign_in(phone, siti)
    phone.goto("/saya/jbl/")
    phone.get_by_role("link", name="Produk yang dibawa").click()
    phone.get_by_label("Lapis rum").uncheck()
    assert fits(phone)
    phone.get_by_role("button", name="Simpan daftar").click()
    phone.get_by_text("Daftar produk tersimpan").wait_for()

    assert [row.product for row in BroughtProduct.objects.all()] == [dish]


def test_a_badge_leads_to_what_was_checked(phone_page, dish) -> None:
    phone = phone_page
    phone.goto(dish.get_absolute_url())
    phone.get_by_role("link", name="Halal", exact=True).click()

    assert phone.url.endswith("#izin-halal")
    assert phone.locator("#izin-halal").is_visible()
    assert "Mengandung alergen: Telur, Susu" in phone.inner_text("main")


def test_the_curator_sees_both_sides_and_goes_on(desk, siti, kurator, dish) -> None:
    other = make.dish(dish.business, name="Rengginang", status=ProductStatus.WAITING)
    approve_product(other, by=kurator, via="admin")
    values = ProductValues("Rengginang terasi", 25_000, "bungkus", "kuliner", "Gurih.")
    change_product(other, values, by=siti, via="web")
    make.dish(dish.business, name="Opak", status=ProductStatus.WAITING)

    sign_in(desk, kurator)
    desk.goto("/admin/")
    desk.get_by_role("link", name="Kurasi produk").first.click()
    desk.get_by_role("link", name="Rengginang terasi").click()
    assert desk.locator("ins").first.inner_text().strip() == "terasi"
    for check in ("Legalitas:", "Mutu:", "Kemasan:"):
        desk.get_by_label(check).check()
    shoot(desk, "pangan-kurasi")
    desk.get_by_role("button", name="Setujui").click()
    desk.get_by_text("Rengginang terasi: Tayang.").wait_for()
    desk.get_by_role("heading", name="Opak").wait_for()
