"""Twenty prices in one form; a wrong row holds up no right one."""

from __future__ import annotations

import pytest

from catalog.actions.listing import set_price
from catalog.actions.pricing import reprice_product
from catalog.choices import ProductStatus
from catalog.models import Product
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry

TABLE = "/saya/produk/harga/"


@pytest.fixture
def siti_signed_in(client, siti, batik):
    client.force_login(siti)
    return client


def typed(*rows) -> dict[str, object]:
    """As the page sends it: product, price shown, price typed, ticked."""
    data: dict[str, object] = {"produk": [str(product.pk) for product, *_rest in rows]}
    for product, shown, price, sold_out in rows:
        data |= {f"p{product.pk}-harga": price, f"p{product.pk}-harga_lama": str(shown)}
        data |= {f"p{product.pk}-habis": "on"} if sold_out else {}
    return data


def now(product) -> tuple[int, bool]:
    product.refresh_from_db()
    return product.price, product.sold_out


def test_right_rows_are_saved_and_the_wrong_one_is_marked(siti_signed_in, batik) -> None:
    one, two, three = (make.product(batik, name=f"Kain {n}") for n in "abc")

    page = siti_signed_in.post(
        TABLE,
        typed(
            (one, 285_000, "300rb", False),
            (two, 285_000, "0", True),
            (three, 285_000, "285.000", True),
        ),
    ).content.decode()

    assert now(one) == (300_000, False)
    assert now(two) == (285_000, False)
    assert now(three) == (285_000, True)
    assert "Ada 1 baris yang perlu diperbaiki" in page
    assert "Kain b: Harga harus lebih dari Rp0." in page
    assert "2 produk tersimpan." in page
    assert 'value="0"' in page


def test_no_curator_is_asked_and_each_change_has_its_line(siti_signed_in, batik) -> None:
    product = make.product(batik)

    answer = siti_signed_in.post(TABLE, typed((product, 285_000, "9.000", True)))

    assert answer["Location"] == TABLE
    product.refresh_from_db()
    assert product.status == ProductStatus.LIVE
    actions = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"product.priced", "product.sold_out"} <= actions


def test_nothing_changed_says_so(siti_signed_in, batik) -> None:
    product = make.product(batik)

    answer = siti_signed_in.post(TABLE, typed((product, 285_000, "285.000", False)), follow=True)

    assert b"Tidak ada yang berubah." in answer.content


def test_what_another_changed_meanwhile_is_not_undone(siti_signed_in, batik, siti) -> None:
    product, other = make.product(batik), make.product(batik, name="Selendang")
    set_price(product, 111_000, by=siti, via="web")

    page = siti_signed_in.post(
        TABLE, typed((product, 285_000, "99.000", False), (other, 285_000, "285.000", False))
    ).content.decode()

    assert now(product) == (111_000, False)
    assert "diubah orang lain menjadi Rp111.000" in page
    assert f'name="p{product.pk}-harga_lama" value="111000"' in page

    # A row she did not touch keeps the other's price without a word.
    untouched = siti_signed_in.post(TABLE, typed((product, 285_000, "285.000", False)))
    assert untouched.status_code == 302
    assert now(product) == (111_000, False)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_is_told(batik, siti) -> None:
    product = make.product(batik)

    def press(price: int) -> None:
        reprice_product(
            product,
            price=price,
            sold_out=None,
            old_price=285_000,
            old_sold_out=False,
            by=siti,
            via="web",
        )

    assert all_at_once(press, [100, 200]) == ["done", "refused"]


def test_budis_row_is_not_among_them(siti_signed_in, batik, budi) -> None:
    other = make.product(make.business(budi))
    mine = make.product(batik)

    siti_signed_in.post(TABLE, typed((other, 285_000, "1", True), (mine, 285_000, "5", False)))

    assert now(other) == (285_000, False)
    assert now(mine) == (5, False)


@pytest.mark.parametrize("pk", ["x", "-1", "9" * 30, "1e3"])
def test_nonsense_is_a_page(siti_signed_in, batik, pk) -> None:
    make.product(batik)

    assert siti_signed_in.post(TABLE, {"produk": pk}).status_code == 302


def test_twenty_to_a_page_at_a_constant_cost(
    siti_signed_in, batik, django_assert_max_num_queries
) -> None:
    for number in range(21):
        make.product(batik, photo=False, name=f"Kain {number:02}")

    with django_assert_max_num_queries(8):
        first = siti_signed_in.get(TABLE)
    assert len(first.context["rows"]) == 20
    assert len(siti_signed_in.get(TABLE + first.context["next_url"]).context["rows"]) == 1


def test_what_was_taken_down_or_archived_is_not_in_the_table(siti_signed_in, batik) -> None:
    make.product(batik, status=ProductStatus.ARCHIVED)
    make.product(batik, status=ProductStatus.TAKEN_DOWN, return_note="Merek lain.")

    assert siti_signed_in.get(TABLE).context["rows"] == []
    assert Product.objects.count() == 2
