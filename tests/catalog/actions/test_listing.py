"""What Siti may do with her products, and what happens of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from catalog.actions.listing import (
    ProductValues,
    archive_product,
    change_product,
    draft_product,
    set_price,
    set_sold_out,
    submit_product,
)
from catalog.choices import Category, ProductStatus
from catalog.models import Product
from members.choices import ApplicationStatus, Sector
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

KAIN = ProductValues("Kain batik tulis", 285_000, "lembar", Category.FASHION, "Pewarna alam")


def verbs(product) -> list[str]:
    return list(AuditEntry.objects.about(product).values_list("verb", flat=True))[::-1]


def draft(batik) -> Product:
    product = draft_product(batik, KAIN, by=batik.owner, via="web")
    product.photos.create(name="aa/" + "a" * 40 + ".webp", width=1200, height=900)
    return product


class TestDraft:
    def test_it_is_seen_by_nobody(self, batik) -> None:
        product = draft_product(batik, KAIN, by=batik.owner, via="web")

        assert product.status == ProductStatus.DRAFT
        assert not Product.objects.visible().exists()
        assert verbs(product) == ["product.drafted"]

    def test_the_same_form_twice_is_one_product(self, batik) -> None:
        first = draft_product(batik, KAIN, by=batik.owner, via="web", key="k")

        assert draft_product(batik, KAIN, by=batik.owner, via="web", key="k") == first

    def test_back_and_another_name_is_another_product(self, batik) -> None:
        first = draft_product(batik, KAIN, by=batik.owner, via="web", key="k")
        other = replace(KAIN, name="Selendang")

        assert draft_product(batik, other, by=batik.owner, via="web", key="k") != first

    def test_a_business_has_room_for_so_many(self, batik, monkeypatch) -> None:
        monkeypatch.setattr("catalog.actions.listing.MOST_PRODUCTS", 1)
        draft(batik)

        with pytest.raises(ActionRefused, match="Paling banyak 1 produk"):
            draft(batik)

    def test_a_name_of_signs_only_still_has_an_address(self, batik) -> None:
        product = draft_product(batik, replace(KAIN, name="كعك 😀"), by=batik.owner, via="web")

        assert product.slug == "produk"


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_product(batik) -> None:
    outcomes = all_at_once(
        lambda key: draft_product(batik, KAIN, by=batik.owner, via="web", key=key), ["k"] * 4
    )

    assert outcomes == ["done"] * 4
    assert Product.objects.count() == 1


class TestSubmit:
    def test_it_waits_for_the_curator(self, batik) -> None:
        product = submit_product(draft(batik), by=batik.owner, via="web")

        assert product.status == ProductStatus.WAITING
        assert list(Product.objects.waiting()) == [product]

    def test_twice_is_once(self, batik) -> None:
        product = draft(batik)
        first = submit_product(product, by=batik.owner, via="web")
        second = submit_product(product, by=batik.owner, via="web")

        assert first.submitted_at == second.submitted_at
        assert verbs(product) == ["product.drafted", "product.submitted"]

    def test_without_a_photo_it_is_refused(self, batik) -> None:
        product = draft_product(batik, KAIN, by=batik.owner, via="web")

        with pytest.raises(ActionRefused, match="Tambahkan satu foto dulu"):
            submit_product(product, by=batik.owner, via="web")

    def test_before_the_business_is_approved_it_is_refused(self, siti) -> None:
        waiting = make.business(siti, status=ApplicationStatus.SUBMITTED)

        with pytest.raises(ActionRefused, match="Usaha Anda belum disetujui"):
            submit_product(draft(waiting), by=siti, via="web")

    def test_a_service_does_not_list(self, siti) -> None:
        with pytest.raises(ActionRefused, match="kuliner, fashion, dan kerajinan"):
            submit_product(draft(make.business(siti, sector=Sector.JASA)), by=siti, via="web")

    def test_what_a_curator_took_down_stays_down(self, batik) -> None:
        product = make.product(batik, status=ProductStatus.TAKEN_DOWN, return_note="x")

        with pytest.raises(ActionRefused, match="diturunkan"):
            submit_product(product, by=batik.owner, via="web")
        with pytest.raises(ActionRefused, match="diturunkan"):
            change_product(product, KAIN, by=batik.owner, via="web")
        with pytest.raises(ActionRefused, match="diturunkan"):
            archive_product(product, by=batik.owner, via="web")


class TestChange:
    def values(self, product: Product, **changes) -> ProductValues:
        return replace(
            ProductValues(
                product.name, product.price, product.unit, product.category, product.description
            ),
            **changes,
        )

    @pytest.mark.parametrize(
        "change", [{"name": "Kain lain"}, {"description": "Baru"}, {"category": "kerajinan"}]
    )
    def test_new_words_are_looked_at_again(self, batik, change) -> None:
        product = make.product(batik)

        changed = change_product(product, self.values(product, **change), by=batik.owner, via="web")

        assert changed.status == ProductStatus.WAITING

    @pytest.mark.parametrize("change", [{"price": 1}, {"unit": "helai"}, {}])
    def test_price_and_unit_are_not(self, batik, change) -> None:
        product = make.product(batik)

        changed = change_product(product, self.values(product, **change), by=batik.owner, via="web")

        assert changed.status == ProductStatus.LIVE

    def test_the_audit_line_says_from_what_to_what(self, batik) -> None:
        product = make.product(batik)
        change_product(product, self.values(product, price=1), by=batik.owner, via="web")

        (entry,) = AuditEntry.objects.about(product)
        assert entry.data == {"changed": {"price": [285_000, 1]}}


class TestPriceAndStock:
    def test_they_change_at_once_without_a_curator(self, batik) -> None:
        product = make.product(batik)

        set_price(product, 300_000, by=batik.owner, via="web")
        product = set_sold_out(product, sold_out=True, by=batik.owner, via="web")

        assert (product.price, product.sold_out) == (300_000, True)
        assert product.status == ProductStatus.LIVE
        assert list(Product.objects.visible()) == [product]

    def test_the_second_press_writes_nothing(self, batik) -> None:
        product = make.product(batik)
        for _press in range(2):
            set_sold_out(product, sold_out=True, by=batik.owner, via="web")
            set_price(product, 1_000, by=batik.owner, via="web")

        assert verbs(product) == ["product.sold_out", "product.priced"]

    def test_nothing_is_free(self, batik) -> None:
        with pytest.raises(ActionRefused, match="Harga harus lebih dari Rp0"):
            set_price(make.product(batik), 0, by=batik.owner, via="web")


def test_an_archived_product_comes_back_through_the_curator(batik) -> None:
    product = archive_product(make.product(batik), by=batik.owner, via="web")
    assert not Product.objects.visible().exists()

    assert submit_product(product, by=batik.owner, via="web").status == ProductStatus.WAITING


@pytest.mark.parametrize(
    "lie",
    [
        {"status": "sold"},
        {"category": "jasa"},
        {"price": 0},
        {"name": ""},
        {"status": ProductStatus.WAITING, "submitted_at": None},
        {"status": ProductStatus.LIVE, "decided_at": None},
        {"status": ProductStatus.LIVE, "published_at": None},
        {"status": ProductStatus.NEEDS_REPAIR},
        {"status": ProductStatus.TAKEN_DOWN},
    ],
)
def test_the_database_refuses_what_cannot_be(batik, lie) -> None:
    product = make.product(batik)

    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(**lie)
