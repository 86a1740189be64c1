"""The desk mends prices in its list, through the action, and undoes nobody's."""

from __future__ import annotations

import pytest

from catalog.actions.listing import set_price
from tests import make
from umkm_portal.audit.models import AuditEntry

LIST = "/admin/catalog/product/"


@pytest.fixture
def desk(client, kurator):
    client.force_login(kurator)
    return client


def sent(product, *, shown: int, price: int, sold_out: bool = False) -> dict[str, str]:
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": str(product.pk),
        "form-0-price": str(price),
        "initial-form-0-price": str(shown),
        "initial-form-0-sold_out": "False",
        "_save": "Simpan",
    }
    return data | ({"form-0-sold_out": "on"} if sold_out else {})


def test_a_price_is_mended_with_its_line(desk, batik, kurator) -> None:
    product = make.product(batik)

    assert desk.get(LIST).status_code == 200
    desk.post(LIST, sent(product, shown=285_000, price=9_000, sold_out=True))

    product.refresh_from_db()
    assert (product.price, product.sold_out, product.status) == (9_000, True, "live")
    lines = AuditEntry.objects.filter(by=kurator, via="admin")
    assert set(lines.values_list("verb", flat=True)) == {"product.priced", "product.sold_out"}


@pytest.mark.parametrize("price", [285_000, 99_000])
def test_a_page_left_open_undoes_nothing(desk, batik, siti, price) -> None:
    product = make.product(batik)
    set_price(product, 111_000, by=siti, via="web")

    desk.post(LIST, sent(product, shown=285_000, price=price))

    product.refresh_from_db()
    assert product.price == 111_000


def test_who_only_looks_changes_nothing(client, petugas, batik) -> None:
    product = make.product(batik)
    client.force_login(petugas)

    assert client.post(LIST, sent(product, shown=285_000, price=5)).status_code in {302, 403, 200}
    product.refresh_from_db()
    assert product.price == 285_000
