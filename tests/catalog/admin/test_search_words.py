"""Curators say what is another name for what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.indexing import ask_reindex, reindex_some
from catalog.actions.search_words import drop_old_misses, note_miss
from catalog.filters import Filters
from catalog.lexicon import refresh_lexicon
from catalog.models import SearchMiss, SearchReindex, Synonym
from catalog.reports.search import find_products
from catalog.tasks import continue_reindexing
from tests import make
from umkm_portal.lib.search_text import search_query, use_lexicon

ADD = "/admin/catalog/synonym/add/"


@pytest.fixture(autouse=True)
def own_words(db):
    """One test's synonyms are not the next one's."""
    yield
    use_lexicon((), ())


def test_a_new_pair_finds_old_products_once_they_are_indexed_anew(client, kurator, batik) -> None:
    product = make.product(batik, name="Wadah sirih")
    client.force_login(kurator)
    answer = client.post(ADD, {"variant": "Tepak", "canonical": "wadah", "relation": "sama"})
    assert answer.status_code == 302
    assert "0 dari" in client.get("/admin/catalog/synonym/").content.decode()

    reindex_some(at=timezone.now())

    assert [card.pk for card in find_products(Filters(q="tepak")).cards] == [product.pk]
    assert SearchReindex.objects.get().finished_at


@pytest.mark.parametrize(
    ("variant", "canonical"), [("KRIPIK", "gorengan"), ("kado", "KADO"), ("!!", "kado"), ("", "x")]
)
def test_pairs_that_say_nothing_new_are_refused_in_the_form(
    client, kurator, variant, canonical
) -> None:
    Synonym.objects.get_or_create(
        variant="kripik", defaults={"canonical": "keripik", "relation": "sama"}
    )
    client.force_login(kurator)
    before = Synonym.objects.count()

    answer = client.post(ADD, {"variant": variant, "canonical": canonical, "relation": "sama"})

    assert answer.status_code == 200
    assert Synonym.objects.count() == before


def test_a_removed_pair_asks_for_a_run(client, kurator) -> None:
    pair = Synonym.objects.create(variant="tepak", canonical="wadah")
    client.force_login(kurator)
    client.post(f"/admin/catalog/synonym/{pair.pk}/delete/", {"post": "yes"})

    assert not Synonym.objects.filter(pk=pair.pk).exists()
    assert SearchReindex.objects.unfinished().count() == 1


def test_the_treasurer_may_not(client, bendahara) -> None:
    client.force_login(bendahara)
    assert client.get("/admin/catalog/synonym/").status_code == 403
    assert client.get("/admin/catalog/searchmiss/").status_code == 403


def test_asking_twice_is_one_run_from_the_start(batik) -> None:
    first = ask_reindex()
    assert ask_reindex().pk == first.pk
    assert SearchReindex.objects.count() == 1


def test_a_run_nobody_works_on_is_queued_again(batik) -> None:
    ask_reindex()
    later = timezone.now() + timedelta(minutes=3)
    assert continue_reindexing(at=later) == 1
    assert continue_reindexing(at=later) == 0


def missed(text: str, *, hours: int, days_ago: int = 0) -> None:
    start = timezone.now() - timedelta(days=days_ago, hours=hours)
    for hour in range(hours):
        note_miss(text, at=start + timedelta(hours=hour))
        note_miss(text, at=start + timedelta(hours=hour))


def test_staff_read_what_was_missed_in_three_different_hours(client, kurator) -> None:
    missed("wayang golek", hours=3)
    missed("siti nurhaliza", hours=2)

    client.force_login(kurator)
    page = client.get("/admin/catalog/searchmiss/").content.decode()
    assert "wayang golek" in page
    assert "nurhaliza" not in page
    rows = SearchMiss.objects.order_by("hours").values_list("text", "hours", "count")
    assert list(rows) == [("", 2, 4), ("wayang golek", 3, 6)]


def test_what_was_not_found_is_kept_a_year_and_a_month_without_its_text(db) -> None:
    missed("lama", hours=3, days_ago=400)
    missed("sekali", hours=1, days_ago=40)
    missed("wayang golek", hours=3, days_ago=40)

    assert drop_old_misses(at=timezone.now()) == 2
    assert SearchMiss.objects.get().text == "wayang golek"


def test_words_are_read_again_after_a_change(db) -> None:
    Synonym.objects.create(variant="tepak", canonical="wadah")
    refresh_lexicon(now=True)
    assert "'wadah'" in search_query("tepak")
