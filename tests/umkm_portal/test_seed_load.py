"""Invented businesses by the thousand, written past the application and equal to what it writes."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Value

from catalog.models import FacetCount, Product
from events.models import Event
from members.models import Business
from umkm_portal.demo.load import Load, Untrue, prove
from umkm_portal.demo.load_agenda import fill_agenda
from umkm_portal.demo.load_words import COMMON, RARE, Vocabulary
from umkm_portal.lib.search_text import search_document

WORDS = 300


@pytest.fixture
def load(db) -> Load:
    return Load(seed=1, say=lambda sentence: None, words=WORDS)


def test_it_makes_what_is_asked_and_twice_is_once(load) -> None:
    for _time in range(2):
        load.fill(products=60, businesses=7)
        assert load.count() == (7, 60)
    assert Product.objects.visible().count() == 60
    assert sum(FacetCount.objects.values_list("count", flat=True)) == 60


def test_it_tops_up(load) -> None:
    load.fill(products=10, businesses=3)
    kept = set(Product.objects.values_list("pk", flat=True))
    load.fill(products=40, businesses=9)
    assert load.count() == (9, 40)
    assert kept < set(Product.objects.values_list("pk", flat=True))


def test_every_row_is_what_the_application_would_have_written(load) -> None:
    load.fill(products=150, businesses=20)
    pks = Product.objects.order_by("pk").values_list("pk", flat=True)
    prove(range(pks[0], pks[0] + 150))


def test_a_row_that_is_not_true_is_told(load) -> None:
    load.fill(products=5, businesses=2)
    first = Product.objects.order_by("pk").values_list("pk", flat=True)[0]
    Product.objects.filter(pk=first).update(search_vector=Value("lain"))
    with pytest.raises(Untrue, match="search_vector"):
        prove(range(first, first + 5))


def test_it_is_found_in_catalogue_and_directory(load, client) -> None:
    load.fill(products=40, businesses=4)
    assert "istimewa" in client.get("/katalog/?q=istimewa").content.decode().lower()
    assert client.get(Product.objects.all()[0].get_absolute_url()).status_code == 200
    assert client.get(Business.objects.all()[0].get_absolute_url()).status_code == 200


def test_two_months_are_filled_with_events_and_twice_is_once(db, client) -> None:
    today = date(2026, 11, 24)
    assert fill_agenda(30, today=today, seed=1) == 60
    assert fill_agenda(30, today=today, seed=1) == 0
    assert fill_agenda(40, today=today, seed=1) == 20
    for event in Event.objects.with_days():
        event.full_clean()
        assert event.days.get().date.strftime("%Y-%m") in event.slug
    page = client.get("/agenda/2026/12/")
    more = sum(map(int, re.findall(r"\+(\d+) acara lagi", page.text)))
    assert page.text.count("cal__event ") + more == 40


def test_words_are_many_different_and_the_two_asked_for_stand_alone() -> None:
    words = Vocabulary(1, {"kotak"}, {"dodol"}, size=WORDS)
    assert len(set(words.words)) == WORDS
    assert "kotak" not in words.words
    assert "dodol" in words.kinds
    apart = set(search_document(f"{COMMON} {RARE}").split())
    assert not any(apart & set(words.forms[word]) for word in words.words)


def test_it_refuses_beside_real_businesses(batik, settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="bukan peragaan"):
        call_command("seed_load", products=5, businesses=1)
    assert not Business.objects.filter(number__startswith="UJI-").exists()


def test_products_need_a_business(db) -> None:
    with pytest.raises(CommandError, match="satu usaha"):
        call_command("seed_load", products=5, businesses=0)
