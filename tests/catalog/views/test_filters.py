"""Filters, their counts, chips and pages, as a shopper walks through them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalog.choices import Category, FoodMark
from catalog.counting import count_facets
from members.choices import DocumentKind
from tests import make
from tests.members import money


def names(response) -> list[str]:
    return [card.name for card in response.context["found"].cards]


def option(response, group: str, value: str):
    groups = {each.name: each for each in response.context["groups"]}
    return next(each for each in groups[group].options if each.value == value)


@pytest.fixture
def dishes(batik):
    halal = {"category": Category.KULINER, "food_mark": FoodMark.HALAL}
    make.licence(batik, DocumentKind.HALAL)
    make.licence(batik, DocumentKind.PIRT)
    make.product(batik, name="Rendang", **halal)
    make.product(batik, name="Sate babi", category="kuliner", food_mark=FoodMark.NON_HALAL)
    make.product(batik, name="Kain")


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("halal=halal", ["Rendang"]),
            ("halal=nonhalal", ["Sate babi"]),
            ("halal=halal&halal=nonhalal", ["Sate babi", "Rendang"]),
            ("lencana=pirt", ["Sate babi", "Rendang"]),
            ("lencana=pirt&halal=halal", ["Rendang"]),
            ("lencana=pirt&lencana=nib", []),
            ("lencana=bpom", []),
        ],
    )
    def test_by_what_was_checked(self, client, dishes, query, found) -> None:
        assert names(client.get(f"/katalog/?{query}")) == found
        assert names(client.get(f"/katalog/?q=siti&{query}")) == []

    def test_words_and_marks_together(self, client, dishes) -> None:
        from catalog.actions.indexing import write_search
        from catalog.models import Product

        for product in Product.objects.select_related("business__kelurahan__kecamatan"):
            write_search(product)

        assert names(client.get("/katalog/?q=siti&halal=halal&lencana=pirt")) == ["Rendang"]

    def test_who_is_at_a_booth_this_friday(self, client, batik, budi) -> None:
        make.product(batik, name="Datang")
        other = make.business(budi, name="Lain")
        make.product(other, name="Tidak datang")
        later = make.jbl_day(timezone.localdate() + timedelta(days=9))
        make.place(later, other)
        make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)

        assert names(client.get("/katalog/?hadir=1")) == ["Datang"]

    def test_nobody_is_at_a_booth(self, client, batik) -> None:
        make.product(batik)

        text = client.get("/katalog/?hadir=1").content.decode()

        assert "Tidak ada produk yang cocok." in text

    def test_members_in_good_standing_today(
        self, client, batik, budi, sekretariat, bendahara
    ) -> None:
        make.product(batik, name="Anggota")
        make.product(make.business(budi, name="Lain"), name="Bukan")
        money.pay(money.bill(money.member(batik, by=sekretariat)), by=bendahara)

        assert names(client.get("/katalog/?lencana=anggota")) == ["Anggota"]

    def test_several_districts_and_a_price(self, client, siti, batik) -> None:
        tebet = make.business(siti, name="Tebet", kelurahan=make.kelurahan("Bukit Duri"))
        pancoran = make.business(siti, name="Pancoran", kelurahan=make.kelurahan("Kalibata"))
        for business in (batik, tebet, pancoran):
            make.product(business, name=business.name, price=20_000)
            make.product(business, name=f"{business.name} mahal", price=900_000)

        response = client.get(
            "/katalog/?kecamatan=tebet&kecamatan=pancoran&harga_maks=50.000&urut=termurah"
        )

        assert names(response) == ["Tebet", "Pancoran"]
        assert option(response, "kecamatan", "tebet").count == "1"
        assert option(response, "kecamatan", "jagakarsa").count == "1"
        assert response.context["found"].count == 2

    def test_a_price_the_wrong_way_round_is_turned(self, client, batik) -> None:
        make.product(batik, price=20_000)

        response = client.get("/katalog/?harga_min=50000&harga_maks=10000")

        assert len(names(response)) == 1

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("harga_min=-5", "Harga “-5” tidak dipakai."),
            ("harga_maks=" + "9" * 25, "Harga “99999999999999999999” tidak dipakai."),
            ("harga_maks=<b>x</b>", "Harga “&lt;b&gt;x&lt;/b&gt;” tidak dipakai."),
            ("q=" + "a" * 10_000, "Kata pencarian terlalu panjang"),
        ],
    )
    def test_what_makes_no_sense_is_said(self, client, batik, query, sentence) -> None:
        make.product(batik)

        response = client.get(f"/katalog/?{query}")

        assert response.status_code == 200
        assert sentence in response.content.decode()


class TestCounts:
    def test_each_option_is_counted_as_if_its_group_were_open(self, client, dishes, siti) -> None:
        tebet = make.business(siti, name="Tebet", kelurahan=make.kelurahan("Bukit Duri"))
        make.product(tebet, name="Kain Tebet", sold_out=True)
        count_facets(at=timezone.now())

        response = client.get("/katalog/?kecamatan=jagakarsa&tersedia=1")

        assert option(response, "kecamatan", "jagakarsa").count == "3"
        assert option(response, "kecamatan", "tebet").count == "0"
        assert option(response, "halal", "halal").count == "1"
        assert option(response, "lencana", "pirt").count == "2"
        assert option(response, "lencana", "bpom").count == "0"
        assert option(response, "tersedia", "1").count == "3"
        assert option(response, "hadir", "1").count is None
        assert "3 produk" in response.content.decode()

    def test_badges_add_up(self, client, dishes) -> None:
        count_facets(at=timezone.now())

        response = client.get("/katalog/?lencana=pirt&halal=halal")

        assert option(response, "lencana", "pirt").count == "1"
        assert option(response, "halal", "nonhalal").count == "1"

    def test_before_anybody_counted_there_are_no_numbers(self, client, dishes) -> None:
        response = client.get("/katalog/")

        assert option(response, "kecamatan", "jagakarsa").count is None
        assert "3 produk" in response.content.decode()

    def test_counting_twice_is_counting_once(self, dishes) -> None:
        assert count_facets(at=timezone.now()) == count_facets(at=timezone.now()) == 3


@pytest.mark.parametrize(
    "query",
    ["", "kecamatan=jagakarsa", "harga_min=1", "hadir=1&harga_maks=9.000", "lencana=anggota"],
)
def test_four_queries_whatever_was_asked(  # the counters are read twice a minute
    client, batik, query, settings, monkeypatch, django_assert_max_num_queries
) -> None:
    settings.FACETS_SECONDS = 30
    monkeypatch.setattr("catalog.reports.places._kept", None)
    make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)
    make.product(batik, price=8_000)
    client.get("/katalog/")
    with django_assert_max_num_queries(4) as one:
        client.get(f"/katalog/?{query}")
    make.product(batik, price=8_000)
    make.product(batik, price=8_000)
    with django_assert_max_num_queries(len(one)):
        client.get(f"/katalog/?{query}")


class TestPages:
    @pytest.mark.parametrize("query", ["", "urut=termurah", "urut=termahal", "q=kain"])
    def test_there_and_back_again(self, client, batik, query) -> None:
        from catalog.actions.indexing import write_search
        from catalog.models import Product

        now = timezone.now()
        for number in range(55):
            made = make.product(
                batik,
                name=f"Kain {number}",
                photo=False,
                price=1000 + number % 3,
                published_at=now - timedelta(seconds=number // 4),
            )
            write_search(
                Product.objects.select_related("business__kelurahan__kecamatan").get(pk=made.pk)
            )
        first = client.get(f"/katalog/?{query}")
        second = client.get(first.context["next_url"])
        third = client.get(second.context["next_url"])
        assert first.context["previous_url"] == ""
        assert third.context["next_url"] == ""
        assert len(names(third)) == 7

        assert names(client.get(third.context["previous_url"])) == names(second)
        back = client.get(client.get(third.context["previous_url"]).context["previous_url"])
        assert names(back) == names(first)
        assert back.context["previous_url"] == ""

    def test_a_token_of_another_order_or_altered_shows_the_first_page(self, client, batik) -> None:
        for number in range(30):
            make.product(batik, name=f"Kain {number}", photo=False)
        first = client.get("/katalog/")
        token = first.context["next_url"].split("setelah=")[1]

        for query in (f"setelah={token[:-2]}xx", f"urut=termurah&setelah={token}", "sebelum=a"):
            response = client.get(f"/katalog/?{query}")
            assert response.status_code == 200
            assert response.context["previous_url"] == ""

    def test_filtered_pages_are_not_for_search_engines(self, client, batik) -> None:
        make.product(batik)
        assert "noindex" not in client.get("/katalog/").content.decode()
        assert "noindex" not in client.get("/katalog/fashion/").content.decode()
        assert "noindex" not in client.get("/katalog/?utm_source=x").content.decode()

        text = client.get("/katalog/?kecamatan=tebet").content.decode()

        assert "noindex" in text
        assert 'chip--applied" href="/katalog/" rel="nofollow"' in text

    def test_one_question_has_one_address(self, client, batik) -> None:
        response = client.get("/katalog/?kecamatan=tebet&kecamatan=cilandak&kecamatan=tebet")

        assert response.context["filters"].url("/katalog/") == (
            "/katalog/?kecamatan=cilandak&kecamatan=tebet"
        )


def test_the_day_decides_about_a_badge(client, batik) -> None:
    make.licence(batik, DocumentKind.NIB, expires_on=date(2020, 1, 1))
    make.product(batik)

    assert names(client.get("/katalog/?lencana=nib")) == []
