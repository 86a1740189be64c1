"""The counts beside the filters when words were typed, and words with who is at a booth."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.actions.indexing import write_search
from catalog.actions.vocabulary import count_words
from catalog.choices import Category, FoodMark
from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from catalog.reports import commonness, word_counts
from catalog.search_days import known_figures
from members.choices import DocumentKind
from tests import make


@pytest.fixture(autouse=True)
def words_of_this_test(db, monkeypatch):
    refresh_lexicon(now=True)
    monkeypatch.setattr("catalog.reports.places._kept", None)
    word_counts._kept.clear()
    yield
    word_counts._kept.clear()
    known_figures(now=True)


def index_all() -> None:
    for product in Product.objects.select_related("business__kelurahan__kecamatan"):
        write_search(product)


def names(response) -> list[str]:
    return [card.name for card in response.context["found"].cards]


def counts(response) -> dict[str, str | None]:
    return {
        f"{group.name}:{each.value}": each.count
        for group in response.context["groups"]
        for each in group.options
    }


@pytest.fixture
def dishes(batik, siti):
    halal = {"category": Category.KULINER, "food_mark": FoodMark.HALAL}
    make.licence(batik, DocumentKind.HALAL)
    make.licence(batik, DocumentKind.PIRT)
    make.product(batik, name="Keripik pedas", price=10_000, **halal)
    make.product(
        batik, name="Keripik babi", price=20_000, category="kuliner",
        food_mark=FoodMark.NON_HALAL,
    )  # fmt: skip
    make.product(batik, name="Kain")
    tebet = make.business(siti, name="Tebet", kelurahan=make.kelurahan("Bukit Duri"))
    make.product(tebet, name="Keripik Tebet", price=30_000, sold_out=True)
    index_all()
    count_words(at=timezone.now())


class TestCounts:
    def test_what_has_the_words_is_counted(self, client, dishes) -> None:
        response = client.get("/katalog/?q=keripik")

        found = counts(response)
        assert found["kecamatan:jagakarsa"] == "2"
        assert found["kecamatan:tebet"] == "1"
        assert found["kecamatan:pancoran"] == "0"
        assert found["halal:halal"] == "1"
        assert found["halal:nonhalal"] == "1"
        assert found["lencana:pirt"] == "2"
        assert found["lencana:bpom"] == "0"
        assert found["tersedia:1"] == "2"
        assert found["hadir:1"] is None
        assert found["lencana:anggota"] is None

    @pytest.mark.parametrize(
        ("query", "some"),
        [
            # A group's own choice leaves its other options open; badges add up.
            ("kecamatan=jagakarsa", {"kecamatan:tebet": "1", "tersedia:1": "2"}),
            ("kecamatan=tebet", {"kecamatan:jagakarsa": "2", "tersedia:1": "0"}),
            ("tersedia=1", {"kecamatan:tebet": "0", "tersedia:1": "2"}),
            ("halal=halal", {"halal:nonhalal": "1", "lencana:pirt": "1", "kecamatan:tebet": "0"}),
            ("lencana=pirt", {"halal:halal": "1", "lencana:pirt": "2", "kecamatan:tebet": "0"}),
            ("lencana=pirt&lencana=bpom", {"lencana:pirt": "0", "halal:halal": "0"}),
            ("harga_maks=15000", {"kecamatan:jagakarsa": "1", "halal:nonhalal": "0"}),
            ("lencana=anggota", {"kecamatan:jagakarsa": "0"}),
            ("harga_maks=5", {"kecamatan:jagakarsa": "0"}),
            ("kategori=kuliner", {"kecamatan:jagakarsa": "2", "kecamatan:tebet": "0"}),
        ],
    )
    def test_each_group_is_counted_without_itself(self, client, dishes, query, some) -> None:
        found = counts(client.get(f"/katalog/?q=keripik&{query}"))

        assert {name: found[name] for name in some} == some

    def test_the_count_of_an_option_is_what_choosing_it_finds(self, client, dishes) -> None:
        for name, count in counts(client.get("/katalog/?q=keripik&tersedia=1")).items():
            group, value = name.split(":")
            if count is not None and group != "tersedia":
                page = client.get(f"/katalog/?q=keripik&tersedia=1&{group}={value}")
                assert page.context["found"].count == int(count), name

    def test_a_mended_spelling_is_counted(self, client, dishes) -> None:
        response = client.get("/katalog/?q=keripkk")

        assert response.context["found"].meant == "keripik"
        assert counts(response)["kecamatan:jagakarsa"] == "2"

    def test_nonsense_has_no_numbers_and_asks_for_none(self, client, dishes) -> None:
        with CaptureQueriesContext(connection) as said:
            response = client.get("/katalog/?q=zzqqxx")

        assert set(counts(response).values()) == {None}
        assert not any(") AS first" in query["sql"] for query in said)

    def test_of_a_common_word_there_are_at_least_so_many(
        self, client, batik, siti, monkeypatch
    ) -> None:
        monkeypatch.setattr(commonness, "WINDOW", 12)
        tebet = make.business(siti, name="Tebet", kelurahan=make.kelurahan("Bukit Duri"))
        for days in range(40):
            seller = tebet if days > 36 else batik
            ago = timezone.now() - timedelta(days=days)
            make.product(seller, name=f"Kopi {days}", photo=False, published_at=ago)
        index_all()
        count_words(at=timezone.now())

        found = counts(client.get("/katalog/?q=kopi"))

        number = found["kecamatan:jagakarsa"]
        assert number is not None
        assert number.endswith("+")
        assert 5 < int(number[:-1]) < 37
        # Not among the newest, so nobody knows; "0" would be a lie.
        assert found["kecamatan:tebet"] is None

    def test_a_second_page_and_another_order_count_nothing_again(
        self, client, dishes, settings
    ) -> None:
        settings.FACETS_SECONDS = 30
        client.get("/katalog/?q=keripik")

        with CaptureQueriesContext(connection) as said:
            client.get("/katalog/?q=keripik")
            sorted_page = client.get("/katalog/?q=keripik&urut=termurah")

        assert not any("GROUP BY kecamatan_id" in query["sql"] for query in said)
        assert counts(sorted_page)["kecamatan:jagakarsa"] == "2"

    def test_another_order_alone_is_not_counted(self, client, dishes) -> None:
        response = client.get("/katalog/?q=keripik&urut=termurah")

        assert len(names(response)) == 3
        assert set(counts(response).values()) == {None}

    def test_what_is_remembered_ends(self, client, dishes, settings, batik) -> None:
        settings.FACETS_SECONDS = 30
        client.get("/katalog/?q=keripik")
        make.product(batik, name="Keripik baru", photo=False)
        index_all()

        for seconds, number in [(40, "2"), (59, "2"), (61, "3")]:
            later = time.monotonic() + seconds
            with pytest.MonkeyPatch.context() as clock:
                clock.setattr(word_counts.time, "monotonic", lambda later=later: later)
                assert counts(client.get("/katalog/?q=keripik"))["kecamatan:jagakarsa"] == number

    def test_what_is_remembered_is_bounded(self, client, dishes, settings, monkeypatch) -> None:
        settings.FACETS_SECONDS = 30
        monkeypatch.setattr(word_counts, "MOST_KEPT", 3)
        for price in range(1, 8):
            client.get(f"/katalog/?q=keripik&harga_min={price}")

        assert len(word_counts._kept) <= 3


class TestAtABooth:
    @pytest.fixture
    def friday(self, batik, budi, dishes):
        other = make.business(budi, name="Lain")
        make.product(other, name="Keripik lain")
        index_all()
        day = make.jbl_day(timezone.localdate() + timedelta(days=3))
        make.place(day, batik)
        return day

    def test_words_of_those_who_come(self, client, friday) -> None:
        response = client.get("/katalog/?hadir=1&q=keripik")

        assert set(names(response)) == {"Keripik pedas", "Keripik babi"}
        assert response.context["found"].count == 2
        assert counts(response)["kecamatan:jagakarsa"] == "2"
        assert counts(response)["kecamatan:tebet"] == "0"
        assert all(card.stall_tag for card in response.context["found"].cards)

    @pytest.mark.parametrize("order", ["termurah", "termahal", "terbaru", "cocok"])
    def test_in_any_order(self, client, friday, order) -> None:
        found = names(client.get(f"/katalog/?hadir=1&q=keripik&urut={order}"))

        assert set(found) == {"Keripik pedas", "Keripik babi"}
        if order == "termurah":
            assert found == ["Keripik pedas", "Keripik babi"]

    def test_nobody_who_comes_has_it(self, client, friday) -> None:
        response = client.get("/katalog/?hadir=1&q=tebet")

        assert names(response) == []
        assert response.status_code == 200

    def test_the_number_of_queries_does_not_grow(
        self, client, friday, batik, django_assert_max_num_queries
    ) -> None:
        client.get("/katalog/?hadir=1&q=keripik")
        with CaptureQueriesContext(connection) as one:
            client.get("/katalog/?hadir=1&q=keripik")
        for number in range(15):
            make.product(batik, name=f"Keripik {number}", photo=False)
        index_all()
        with django_assert_max_num_queries(len(one)):
            page = client.get("/katalog/?hadir=1&q=keripik")
        assert page.context["found"].count == 17
