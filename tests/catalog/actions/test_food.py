"""What is in a dish: told before the curator looks, and looked at again when it changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.actions.curation import approve_product
from catalog.actions.food import FoodFacts, set_food_facts, set_lead_days
from catalog.actions.listing import ProductValues, change_product, set_price, submit_product
from catalog.choices import Category, ProductStatus
from catalog.models import Product
from members.choices import DocumentStatus
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

FACTS = FoodFacts(
    food_mark="belum",
    ingredients="Singkong, cabai, garam.",
    allergens=["kacang"],
    shelf_life_days=60,
)


@pytest.fixture
def draft(batik) -> Product:
    return make.product(
        batik,
        name="Keripik",
        category=Category.KULINER,
        status=ProductStatus.DRAFT,
        decided_at=None,
        published_at=None,
    )


class TestFacts:
    def test_a_dish_is_sent_once_they_are_told(self, draft, siti) -> None:
        with pytest.raises(ActionRefused, match="Isi dulu keterangan pangan"):
            submit_product(draft, by=siti, via="web")

        set_food_facts(draft, FACTS, by=siti, via="web")
        assert submit_product(draft, by=siti, via="web").status == ProductStatus.WAITING

    def test_cloth_needs_none(self, batik, siti) -> None:
        cloth = make.product(batik, status=ProductStatus.DRAFT)

        assert submit_product(cloth, by=siti, via="web").status == ProductStatus.WAITING
        with pytest.raises(ActionRefused, match="hanya untuk produk kuliner"):
            set_food_facts(cloth, FACTS, by=siti, via="web")

    def test_twice_is_once(self, draft, siti) -> None:
        for _press in range(2):
            set_food_facts(draft, FACTS, by=siti, via="web")

        (entry,) = AuditEntry.objects.about(draft)
        assert entry.verb == "product.food_facts_set"
        assert entry.data["changed"]["allergens"] == [[], ["kacang"]]

    def test_a_changed_claim_of_a_live_dish_waits_again_a_price_does_not(self, batik, siti) -> None:
        dish = make.dish(batik)
        assert set_price(dish, 25_000, by=siti, via="web").status == ProductStatus.LIVE
        assert set_lead_days(dish, 3, by=siti, via="web").status == ProductStatus.LIVE

        changed = set_food_facts(dish, FACTS, by=siti, via="web")
        assert changed.status == ProductStatus.WAITING
        assert changed.updated_at > dish.updated_at

    def test_what_a_curator_took_down_stays_as_it_is(self, batik, siti) -> None:
        dish = make.dish(batik, status=ProductStatus.TAKEN_DOWN, return_note="Lihat.")

        with pytest.raises(ActionRefused, match="diturunkan"):
            set_food_facts(dish, FACTS, by=siti, via="web")
        with pytest.raises(ActionRefused, match="diturunkan"):
            set_lead_days(dish, 2, by=siti, via="web")

    def test_cloth_that_was_a_dish_says_nothing_of_halal(self, batik, siti) -> None:
        dish = make.dish(batik)
        values = ProductValues("Kain", 22_000, "bungkus", Category.FASHION)

        assert change_product(dish, values, by=siti, via="web").food_mark == ""

    def test_cloth_that_became_a_dish_is_not_approved_before_it_told(
        self, batik, siti, kurator
    ) -> None:
        values = ProductValues("Kue", 22_000, "bungkus", Category.KULINER)
        dish = change_product(make.product(batik), values, by=siti, via="web")

        assert dish.status == ProductStatus.WAITING
        with pytest.raises(ActionRefused, match="belum lengkap"):
            approve_product(dish, by=kurator, via="admin")


class TestHalal:
    def test_a_verified_certificate_lets_it_be_said(self, draft, batik, siti) -> None:
        make.licence(batik, expires_on=timezone.localdate())

        dish = set_food_facts(draft, replace(FACTS, food_mark="halal"), by=siti, via="web")
        assert dish.food_mark == "halal"

    @pytest.mark.parametrize(
        "paper",
        [
            None,
            {"status": DocumentStatus.UPLOADED, "decided_at": None},
            {"expires_on": timezone.localdate() - timedelta(days=1)},
            {"kind": "pirt"},
            {"replaced_at": timezone.now()},
        ],
    )
    def test_nothing_else_does(self, draft, batik, siti, paper) -> None:
        if paper is not None:
            make.licence(batik, **paper)

        with pytest.raises(ActionRefused, match="belum disahkan"):
            set_food_facts(draft, replace(FACTS, food_mark="halal"), by=siti, via="web")

    def test_the_certificate_of_another_business_does_not(self, draft, budi, siti) -> None:
        make.licence(make.business(budi, name="Warung Budi"))

        with pytest.raises(ActionRefused, match="belum disahkan"):
            set_food_facts(draft, replace(FACTS, food_mark="halal"), by=siti, via="web")


class TestLead:
    def test_twice_is_once(self, batik, siti) -> None:
        cake = make.dish(batik)
        for _press in range(2):
            set_lead_days(cake, 3, by=siti, via="web")

        (entry,) = AuditEntry.objects.about(cake)
        assert (entry.verb, entry.data) == ("product.lead_days_set", {"before": 0, "days": 3})

    @pytest.mark.parametrize("days", [-1, 61])
    def test_not_so_long(self, batik, siti, days) -> None:
        with pytest.raises(ActionRefused, match="0 sampai 60 hari"):
            set_lead_days(make.dish(batik), days, by=siti, via="web")


@pytest.mark.parametrize(
    "nonsense",
    [
        {"food_mark": "mungkin"},
        {"category": Category.FASHION},
        {"allergens": ["batu"]},
        {"allergens": ["tidak_ada", "susu"]},
        {"shelf_life_days": 0},
        {"lead_days": 61},
    ],
)
def test_the_database_refuses_nonsense(batik, nonsense) -> None:
    dish = make.dish(batik)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=dish.pk).update(**nonsense)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_tell_at_once_the_second_sees_the_first(batik, siti) -> None:
    dish = make.dish(batik)

    def tell(days: int) -> None:
        set_food_facts(dish, replace(FACTS, shelf_life_days=days), by=siti, via="web")

    assert all_at_once(tell, [10, 20]) == ["done", "done"]
    first, second = (
        AuditEntry.objects.about(dish).filter(verb="product.food_facts_set").order_by("pk")
    )
    days = [entry.data["changed"]["shelf_life_days"] for entry in (first, second)]
    assert days[1][0] == days[0][1]
    verbs = AuditEntry.objects.about(dish).values_list("verb", flat=True)
    assert list(verbs).count("product.queued_again") == 1
