"""A business has another name or place: its goods are found by it, without anybody asking."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from catalog import tasks
from catalog.actions import indexing
from catalog.actions.indexing import write_search, write_stale_words
from catalog.filters import Filters
from catalog.models import Product, StaleWords
from catalog.reports.search import find_products
from members.models import Business
from tests import make
from tests.race import all_at_once
from umkm_portal.management.commands.tick import STEPS
from umkm_portal.merging import merge_businesses


@pytest.fixture(autouse=True)
def no_job_yet(db):
    cache.delete(tasks.REWORDING)
    yield
    cache.delete(tasks.REWORDING)


@pytest.fixture
def kain(batik) -> Product:
    product = make.product(batik, name="Kain", photo=False)
    write_search(product)
    return product


def found(words: str) -> list[str]:
    return [card.name for card in find_products(Filters(q=words)).cards]


def rename(business: Business, name: str) -> None:
    business.name = name
    business.save(update_fields=["name"])


def test_a_new_name_is_found_and_the_old_one_no_more(batik, kain) -> None:
    assert found("siti") == ["Kain"]
    rename(batik, "Lurik Kartini")
    assert found("kartini") == []

    assert write_stale_words() == 0

    assert found("kartini") == ["Kain"]
    assert found("siti") == []
    assert not StaleWords.objects.exists()


def test_a_new_place_is_found(batik, kain) -> None:
    batik.kelurahan = make.kelurahan("Bukit Duri")
    batik.save(update_fields=["kelurahan"])

    write_stale_words()

    assert found("tebet") == ["Kain"]
    assert found("jagakarsa") == []


def test_what_is_no_word_of_the_goods_notes_nothing(batik, kain) -> None:
    batik.street = "Jl. Lain 3"
    batik.save()
    kain.price = 5
    kain.save()

    assert not StaleWords.objects.exists()


def test_whoever_changed_it_and_however(batik, kain) -> None:
    Business.objects.filter(pk=batik.pk).update(name="Lurik Kartini")
    Business.objects.filter(pk=batik.pk).update(name="Lurik Sartika")

    assert StaleWords.objects.get().business == batik


def test_goods_of_a_merged_business_are_found_by_the_one_kept(batik, kain, budi, admin) -> None:
    make.owner(budi, phone="+6281399998888")
    gone = make.business(budi, name="Tenun Budi", order_phone="+6281399998888")
    product = make.product(gone, name="Selendang", photo=False)
    write_search(product)
    write_stale_words()

    with CaptureQueriesContext(connection) as said:
        merge_businesses(batik, gone=gone, take=[], by=admin, via="admin")
    assert not any("search_vector" in query["sql"] for query in said)

    write_stale_words()
    assert set(found("siti")) == {"Kain", "Selendang"}
    assert found("budi") == []


def test_a_merged_name_is_found_too(batik, kain, budi, admin) -> None:
    make.owner(budi, phone="+6281399998888")
    gone = make.business(budi, name="Tenun Budi", order_phone="+6281399998888")

    merge_businesses(batik, gone=gone, take=["name"], by=admin, via="admin")
    write_stale_words()

    assert found("tenun") == ["Kain"]


def test_renamed_again_meanwhile_stays_noted(batik, kain, monkeypatch) -> None:
    rename(batik, "Lurik Kartini")
    write = indexing._write

    def and_renamed(product: Product) -> set[str]:
        words = write(product)
        rename(batik, "Lurik Sartika")
        return words

    monkeypatch.setattr(indexing, "_write", and_renamed)
    assert write_stale_words() == 1
    monkeypatch.undo()

    assert write_stale_words() == 0
    assert found("sartika") == ["Kain"]


def test_the_minute_queues_one_job_for_all(batik, kain, budi) -> None:
    step = next(each for each in STEPS if "reword_when_stale" in each.__code__.co_names)
    jobs = DBTaskResult.objects.filter(task_path="catalog.tasks.stale_words_job")
    step(None)
    assert not jobs.exists()
    rename(batik, "Lurik Kartini")
    rename(make.business(budi, name="Kopi Budi"), "Kopi Baru")

    step(None)
    step(None)
    assert jobs.count() == 1

    tasks.stale_words_job.func()
    assert not StaleWords.objects.exists()
    assert found("kartini") == ["Kain"]
    step(None)
    assert jobs.count() == 1


def test_more_than_one_job_bears_goes_on_in_the_next(batik, kain, budi, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "MOST_STALE", 1)
    rename(batik, "Lurik Kartini")
    rename(make.business(budi, name="Kopi Budi"), "Kopi Baru")

    tasks.stale_words_job.func()

    assert StaleWords.objects.count() == 1
    assert DBTaskResult.objects.filter(task_path="catalog.tasks.stale_words_job").count() == 1


def test_the_queries_do_not_grow_by_seller(batik, kain) -> None:
    rename(batik, "Lurik Kartini")
    with CaptureQueriesContext(connection) as one:
        write_stale_words()
    make.product(batik, name="Kain dua", photo=False)
    make.product(batik, name="Kain tiga", photo=False)
    rename(batik, "Lurik Sartika")
    with CaptureQueriesContext(connection) as three:
        write_stale_words()

    # Two for each product (its words, and those learnt), whoever sells them.
    assert len(three) - len(one) <= 2 * 2


@pytest.mark.django_db(transaction=True)
def test_renaming_and_rewording_at_once_hold_nobody_up(batik, kain) -> None:
    for number in range(8):
        write_search(make.product(batik, name=f"Kain {number}", photo=False))
    rename(batik, "Lurik Kartini")

    def do(what: str) -> None:
        if what == "job":
            write_stale_words()
        else:
            rename(Business.objects.get(pk=batik.pk), what)

    assert all_at_once(do, ["job", "Lurik Sartika", "job"]) == ["done"] * 3
    write_stale_words()
    assert len(found("sartika")) == 9
    assert found("kartini") == []
