"""What answers a question, and what comes below it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.actions.indexing import write_search
from catalog.actions.vocabulary import count_words, is_count_due
from catalog.filters import Filters
from catalog.lexicon import refresh_lexicon
from catalog.models import Product, SearchWord
from catalog.reports import commonness
from catalog.reports.search import find_products
from catalog.search_days import Figures, days_since_first, known_figures
from tests import make


@pytest.fixture(autouse=True)
def words_of_this_test(db):
    refresh_lexicon(now=True)
    yield
    known_figures(now=True)


def sold(batik, *names: str) -> list[Product]:
    """Products found by their words, as those that went through the actions are."""
    products = [make.product(batik, name=name, photo=False) for name in names]
    for product in products:
        write_search(product)
    return products


def names(q: str, **more) -> list[str]:
    return [card.name for card in find_products(Filters(q=q, **more)).cards]


def close_to(q: str) -> list[str]:
    return [card.name for card in find_products(Filters(q=q)).close]


def test_a_thing_is_found_by_its_kind_and_not_the_reverse(batik) -> None:
    sold(batik, "Kopi Tubruk", "Aneka Minuman")

    assert set(names("minuman")) == {"Kopi Tubruk", "Aneka Minuman"}
    assert names("kopi") == ["Kopi Tubruk"]


def test_some_of_the_words_come_below_all_of_them(batik) -> None:
    sold(batik, "Dompet Tenun", "Tas Tenun")

    assert names("tas tenun") == ["Tas Tenun"]
    assert close_to("tas tenun") == ["Dompet Tenun"]


def test_praise_and_sizes_are_no_condition(batik) -> None:
    sold(batik, "Kopi Tubruk")

    assert names("kopi murah 250 gr") == ["Kopi Tubruk"]


def test_two_words_typed_as_one_are_found(batik) -> None:
    sold(batik, "Tatakan Pringgondani")
    count_words(at=timezone.now())

    assert names("tatakanpringgondani") == ["Tatakan Pringgondani"]


def test_a_word_of_the_dictionary_is_never_mended(batik) -> None:
    sold(batik, "Gantungan Kunci")

    assert find_products(Filters(q="kursi")).meant == ""
    assert find_products(Filters(q="gantugan")).meant == "gantungan"


def test_vowels_left_out_in_a_hurry_are_put_back(batik) -> None:
    sold(batik, "Keripik Singkong", "Kerupuk Udang", "Gamelan Mini", "Sambal Roa")
    count_words(at=timezone.now())

    for typed, meant in [
        ("kripk", "keripik"), ("krpik", "keripik"), ("gmln", "gamelan"), ("gamlan", "gamelan"),
        ("sambl", "sambal"), ("krupk", "kerupuk"), ("sngkng", "singkong"),
    ]:  # fmt: skip
        assert find_products(Filters(q=typed)).meant == meant
    assert names("kripk") == ["Keripik Singkong"]


def test_what_is_made_so_is_mended_where_goods_are_written_with_the_root(batik) -> None:
    sold(batik, "Tas Rajut", "Topeng Perajin", "Keranjang Rotan")
    count_words(at=timezone.now())

    for typed in ("rajtan", "rajutn", "rajuatn"):
        assert names(typed) == ["Tas Rajut"], typed
    assert find_products(Filters(q="rajtan")).meant == "rajutan"
    assert names("rajutan") == ["Tas Rajut"]


def test_another_name_is_mended_where_goods_are_written_with_the_usual_one(batik) -> None:
    sold(batik, "Hijab Voal", "Keripik Pisang")
    count_words(at=timezone.now())

    for typed, meant in [("jilbb", "jilbab"), ("jilbap", "jilbab"), ("kerdung", "kerudung")]:
        found = find_products(Filters(q=typed))
        assert (found.meant, [card.name for card in found.cards]) == (meant, ["Hijab Voal"])


def test_another_name_of_nothing_that_is_sold_mends_nothing(batik) -> None:
    sold(batik, "Keripik Pisang")
    count_words(at=timezone.now())

    assert find_products(Filters(q="jilbb")).meant == ""


def test_a_word_is_not_taken_for_another_with_other_vowels(batik) -> None:
    sold(batik, "Gamelan Mini")
    count_words(at=timezone.now())

    assert find_products(Filters(q="gumulin")).meant == ""
    assert find_products(Filters(q="gmlns")).meant == ""


def test_a_mended_word_is_remembered_until_the_next_count(batik) -> None:
    sold(batik, "Gamelan Mini")
    count_words(at=timezone.now())
    find_products(Filters(q="gamlan"))

    with CaptureQueriesContext(connection) as said:
        assert find_products(Filters(q="gamlan")).meant == "gamelan"
    assert not any("similarity" in query["sql"] for query in said)

    SearchWord.objects.filter(word="gamelan").delete()
    known_figures(now=True)
    assert find_products(Filters(q="gamlan")).meant == ""


def test_the_count_forgets_words_that_are_gone_and_drafts(batik) -> None:
    gone, _stays = sold(batik, "Zebrano Antik", "Kopi Tubruk")
    Product.objects.filter(pk=gone.pk).update(status="archived")

    assert count_words(at=timezone.now()) == 1
    known = set(SearchWord.objects.values_list("word", flat=True))
    assert "tubruk" in known
    assert "zebrano" not in known


def test_the_count_is_due_when_it_is_old(batik) -> None:
    now = timezone.now()
    assert is_count_due(at=now, hour=12)
    count_words(at=now)
    assert not is_count_due(at=now, hour=12)
    assert is_count_due(at=now + timedelta(minutes=11), hour=12)


def test_a_common_word_is_looked_for_among_the_newest_days(batik, monkeypatch) -> None:
    monkeypatch.setattr(commonness, "WINDOW", 12)
    for days in range(30):
        (product,) = sold(batik, f"Kopi {days}")
        Product.objects.filter(pk=product.pk).update(
            published_at=timezone.now() - timedelta(days=days)
        )
    count_words(at=timezone.now())

    with CaptureQueriesContext(connection) as said:
        found = find_products(Filters(q="kopi", urut="cocok"))

    assert any("#d" in query["sql"] or "#m" in query["sql"] for query in said)
    assert found.is_uncounted
    assert found.at_least == 30
    assert "Kopi 0" in [card.name for card in found.cards]


def test_days_are_named_by_blocks_when_they_are_many() -> None:
    today = days_since_first()
    figures = Figures(600, tuple((day, 1) for day in range(today, today - 600, -1)))

    marks = commonness.newest_days(figures, 65)
    assert "'#m" in marks
    assert commonness.newest_days(figures, 10_000) == ""


def test_whole_blocks_are_named_when_they_hold_about_enough() -> None:
    start = days_since_first() // commonness.BLOCK * commonness.BLOCK - 1
    figures = Figures(90_000, tuple((day, 1000) for day in range(start, start - 90, -1)))

    block = start // commonness.BLOCK
    assert f"'#m{block}'" in commonness.newest_days(figures, 40_000)
    assert f"'#m{block - 1}'" not in commonness.newest_days(figures, 40_000)
    assert f"'#d{start - 1}'" in commonness.newest_days(figures, 1500)
    assert "'#m" not in commonness.newest_days(figures, 1500).split(f"'#d{start}'")[1]


def test_days_after_the_last_count_are_looked_at_too() -> None:
    today = days_since_first()
    figures = Figures(100, tuple((day, 10) for day in range(today - 70, today - 80, -1)))

    marks = commonness.newest_days(figures, 20)
    assert f"'#d{today - 69}'" in marks
    assert f"'#m{(today + 1) // commonness.BLOCK}'" in marks
