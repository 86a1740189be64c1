"""Curators say what is another name for what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.indexing import ask_reindex, reindex_some
from catalog.actions.search_words import drop_old_misses
from catalog.lexicon import refresh_lexicon
from catalog.models import Product, SearchMiss, SearchReindex, Synonym
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

    assert list(Product.objects.search("tepak")) == [product]
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


def test_what_was_not_found_is_kept_a_year(client, kurator) -> None:
    today = timezone.localdate()
    SearchMiss.objects.create(text="lama", day=today - timedelta(days=400))
    SearchMiss.objects.create(text="wayang golek", day=today)

    assert drop_old_misses(on=today) == 1
    client.force_login(kurator)
    assert "wayang golek" in client.get("/admin/catalog/searchmiss/").content.decode()


def test_words_are_read_again_after_a_change(db) -> None:
    Synonym.objects.create(variant="tepak", canonical="wadah")
    refresh_lexicon(now=True)
    assert "'wadah'" in search_query("tepak")
