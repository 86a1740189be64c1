"""What a product is found by; every action that changes a word writes it anew."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from catalog.lexicon import refresh_lexicon
from catalog.models import Product, SearchReindex, SearchWord, StaleWords
from umkm_portal.lib.search_text import kinds_document, search_document, written_words

BATCH = 500
"""Products of one transaction of a run."""
MOST_STALE = 20
"""Businesses of one job; each has at most a thousand goods."""


def write_search(product: Product) -> None:
    """Name, then category, seller and place, then description, then kind (weights A to D)."""
    refresh_lexicon()
    _learn(_write(product))


def ask_reindex() -> SearchReindex:
    """All products anew, from the first: the open run starts over, or a new one opens."""
    now = timezone.now()
    fresh = {"asked_at": now, "touched_at": now, "total": 0, "done": 0, "last_pk": 0}
    run, is_new = SearchReindex.objects.unfinished().get_or_create(finished_at=None, defaults=fresh)
    if not is_new:
        SearchReindex.objects.filter(pk=run.pk).update(**fresh)
        run.refresh_from_db()
    return run


@transaction.atomic
def reindex_some(*, at: datetime) -> SearchReindex | None:
    """Write the next BATCH products of the open run; None when no run is open."""
    run = SearchReindex.objects.select_for_update().unfinished().first()
    if run is None:
        return None
    refresh_lexicon(now=True)
    if not run.last_pk:
        run.total = Product.objects.count()
    rows = Product.objects.select_related("business__kelurahan__kecamatan").order_by("pk")
    batch = list(rows.filter(pk__gt=run.last_pk)[:BATCH])
    words: set[str] = set()
    for product in batch:
        words |= _write(product)
    _learn(words)
    run.done += len(batch)
    run.last_pk = batch[-1].pk if batch else run.last_pk
    run.touched_at = at
    run.finished_at = None if len(batch) == BATCH else at
    run.save(update_fields=["total", "done", "last_pk", "touched_at", "finished_at"])
    return run


def write_stale_words() -> int:
    """Write the goods of renamed and merged businesses anew; return how many businesses are left.

    Each product by itself: whoever renames a business meanwhile waits for one of them at most. What
    was renamed again since it was read here stays noted.
    """
    refresh_lexicon()
    for stale in StaleWords.objects.order_by("since")[:MOST_STALE]:
        products = Product.objects.filter(business=stale.business_id)
        for product in products.select_related("business__kelurahan__kecamatan").order_by("pk"):
            _learn(_write(product))
        StaleWords.objects.filter(pk=stale.pk, since=stale.since).delete()
    return StaleWords.objects.count()


def _write(product: Product) -> set[str]:
    """Write one product's index; return the words it was written with."""
    business = product.business
    place = business.kelurahan
    beside = [product.get_category_display(), business.name]
    if place is not None:
        beside += [place.name, place.kecamatan.name]
    around_text = " ".join(str(word) for word in beside)
    name = search_document(product.name)
    around = search_document(around_text)
    words = search_document(product.description)
    kinds = kinds_document(product.name)
    Product.objects.filter(pk=product.pk).update(
        search_vector=_vector(name, "A")
        + _vector(around, "B")
        + _vector(words, "C")
        + _vector(kinds, "D"),
    )
    return set(written_words(f"{product.name} {around_text} {product.description}"))


def _learn(words: set[str]) -> None:
    # In one order: two products at once must not wait for each other's words in a ring.
    rows = [SearchWord(word=word) for word in sorted(words)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def _vector(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(text), weight=weight, config="simple")
