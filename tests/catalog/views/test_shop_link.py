"""Where else a product is sold."""

from __future__ import annotations

import pytest

from catalog.actions.shop_link import set_shop_link
from catalog.choices import ProductStatus
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

LINK = "https://www.tokopedia.com/batiksiti/kain"


def test_shoppers_find_the_way_there(client, batik, siti) -> None:
    product = make.product(batik)
    client.force_login(siti)
    client.post(f"/saya/produk/{product.pk}/toko/", {"tautan": LINK})
    client.logout()

    text = client.get(product.get_absolute_url()).content.decode()

    assert f'href="{LINK}" rel="nofollow noopener">Beli di Tokopedia' in text


def test_a_new_link_asks_no_curator_and_twice_is_once(batik, siti) -> None:
    product = make.product(batik)
    for _again in range(2):
        product = set_shop_link(product, LINK, by=siti, via="web")

    assert product.status == ProductStatus.LIVE
    assert AuditEntry.objects.filter(verb="product.shop_linked").count() == 1


@pytest.mark.parametrize("typed", ["http://tokopedia.com/a", "https://toko.example/a", "abc"])
def test_a_link_to_anywhere_else_gets_a_sentence(client, batik, siti, typed) -> None:
    product = make.product(batik)
    client.force_login(siti)

    page = client.post(f"/saya/produk/{product.pk}/toko/", {"tautan": typed})

    assert "Tautan" in page.context["form"].errors["tautan"][0]
    assert typed in page.content.decode()
    product.refresh_from_db()
    assert product.shop_url == ""


def test_an_empty_one_takes_it_away(client, batik, siti) -> None:
    product = make.product(batik, shop_url=LINK)
    client.force_login(siti)
    client.post(f"/saya/produk/{product.pk}/toko/", {"tautan": ""})

    product.refresh_from_db()
    assert product.shop_url == ""


def test_one_that_was_taken_down_is_not_touched(batik, siti) -> None:
    product = make.product(batik, status=ProductStatus.TAKEN_DOWN, return_note="x")
    with pytest.raises(ActionRefused, match="Hubungi kurator"):
        set_shop_link(product, LINK, by=siti, via="web")
    with pytest.raises(ActionRefused, match="marketplace"):
        set_shop_link(make.product(batik), "https://jahat.example", by=siti, via="web")
