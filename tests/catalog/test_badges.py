"""Badges: there while a licence is verified and in date, gone the same day it is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalog.actions.food import FoodFacts, set_food_facts
from catalog.badges import good, mark_label
from catalog.cards import make_cards
from catalog.models import Product
from members.actions.vault import Licence, upload_document, verify_document
from members.choices import DocumentKind, DocumentStatus
from tests import make
from tests.members.apply import picture

TODAY = timezone.localdate


@pytest.fixture
def dish(batik) -> Product:
    return make.dish(batik)


def kinds(product: Product) -> list[str]:
    product.refresh_from_db()
    return good(product.badges, on=TODAY())


def page(client, product: Product) -> str:
    return client.get(product.get_absolute_url()).content.decode()


class TestKept:
    def test_an_officers_word_brings_them(self, batik, dish, siti, petugas) -> None:
        end = TODAY() + timedelta(days=30)
        paper = upload_document(
            batik,
            licence=Licence(DocumentKind.PIRT, "2063171010123-29", end),
            content=picture(),
            by=siti,
            via="web",
        )
        assert kinds(dish) == []

        verify_document(paper, expires_on=end, by=petugas, via="admin")
        assert kinds(dish) == ["pirt"]
        assert dish.badges == [{"kind": "pirt", "until": end.isoformat()}]

    def test_food_licences_are_not_for_cloth(self, batik, dish) -> None:
        cloth = make.product(batik)
        for kind in DocumentKind.values:
            make.licence(batik, kind)

        assert kinds(cloth) == ["nib", "merek"]
        assert kinds(dish) == ["pirt", "bpom", "nib", "merek"]

    def test_halal_only_where_the_seller_says_so(self, batik, dish, siti) -> None:
        make.licence(batik)
        assert kinds(dish) == []

        facts = FoodFacts("halal", dish.ingredients, dish.allergens, 90)
        set_food_facts(dish, facts, by=siti, via="web")
        assert kinds(dish) == ["halal"]
        assert dish.halal_until.year == 9999

    @pytest.mark.parametrize(
        "end",
        [{"status": DocumentStatus.REFUSED}, {"replaced_at": timezone.now()}, {"kind": "ktp"}],
    )
    def test_what_is_taken_back_is_gone(self, batik, dish, end) -> None:
        paper = make.licence(batik, "nib")
        assert kinds(dish) == ["nib"]

        for field, value in end.items():
            setattr(paper, field, value)
        paper.save()
        assert kinds(dish) == []

    def test_what_is_deleted_is_gone(self, batik, dish) -> None:
        make.licence(batik, "nib").delete()

        assert kinds(dish) == []

    def test_a_licence_follows_its_business(self, batik, dish, budi) -> None:
        other = make.dish(make.business(budi, name="Warung Budi"))
        paper = make.licence(batik, "nib")
        paper.business = other.business
        paper.save()

        assert (kinds(dish), kinds(other)) == ([], ["nib"])

    def test_a_product_made_later_has_them_from_the_start(self, batik) -> None:
        make.licence(batik, "nib")

        assert kinds(make.product(batik)) == ["nib"]


class TestShown:
    def test_on_the_card_and_the_page_until_the_last_day(self, client, batik) -> None:
        last = TODAY() + timedelta(days=3)
        make.licence(batik, "halal", expires_on=last)
        make.licence(batik, "nib", number="9000000000001")
        dish = make.dish(batik, food_mark="halal")

        assert make_cards(Product.objects.visible())[0].licences == "Halal · NIB"
        text = page(client, dish)
        assert 'href="#izin-halal"' in text
        assert 'id="izin-halal"' in text
        assert "ID31110000000000001" in text
        assert "9000000000001" not in text
        assert "Diperiksa petugas Pemkot Jakarta Selatan" in text

        with time_machine.travel(timezone.now() + timedelta(days=3)):
            assert "#izin-halal" in page(client, dish)
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            text = page(client, dish)
            assert "#izin-halal" not in text
            assert "Belum bersertifikat halal" in text
            assert make_cards(Product.objects.visible())[0].licences == "NIB"

    def test_allergens_stand_beside_the_price(self, client, batik) -> None:
        dish = make.dish(batik, allergens=["telur", "susu"], other_allergens="wijen")

        text = page(client, dish)
        assert "Mengandung alergen:" in text
        assert "Telur, Susu, wijen" in text
        assert "90 hari sejak dibuat" in text

    def test_no_allergen_is_what_the_seller_says(self, client, batik) -> None:
        text = page(client, make.dish(batik))

        assert "Mengandung alergen:" not in text
        assert "Tidak ada yang disebut penjual" in text

    def test_non_halal_is_a_label_of_the_card_and_the_page(self, client, batik) -> None:
        dish = make.dish(batik, food_mark="nonhalal")

        assert "Non-halal" in page(client, dish)
        assert "Non-halal" in client.get("/katalog/").content.decode()

    def test_cloth_says_nothing_of_food(self, client, batik) -> None:
        text = page(client, make.product(batik))

        assert "Keterangan pangan" not in text
        assert "Yang sudah diperiksa" not in text

    def test_one_badge_and_five_cost_the_same(
        self, client, batik, django_assert_max_num_queries, django_assert_num_queries
    ) -> None:
        dish = make.dish(batik, food_mark="halal")
        make.licence(batik, "nib")
        with django_assert_max_num_queries(15) as one:
            page(client, dish)
        for kind in ("halal", "pirt", "bpom", "merek"):
            make.licence(batik, kind)
        with django_assert_num_queries(len(one)):
            page(client, dish)


@pytest.mark.parametrize(
    ("mark", "days", "words"),
    [
        ("", None, ""),
        ("halal", 0, "Halal"),
        ("halal", -1, "Belum bersertifikat halal"),
        ("halal", None, "Belum bersertifikat halal"),
        ("belum", 5, "Belum bersertifikat halal"),
        ("nonhalal", None, "Non-halal"),
    ],
)
def test_the_words_of_a_mark(mark, days, words) -> None:
    until = None if days is None else TODAY() + timedelta(days=days)

    assert mark_label(mark, until, on=TODAY()) == words
