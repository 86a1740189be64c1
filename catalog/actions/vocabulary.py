"""The words products are written with, counted: what is common, and what errors are mended to."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from catalog.models import SearchCount
from catalog.search_days import known_figures
from umkm_portal.lib.search_text import SOUND

SMALL = 20_000
"""A catalogue of so many products is counted in a second, so it may be often."""
SMALL_EVERY = timedelta(minutes=10)
LARGE_EVERY = timedelta(hours=20)
NIGHT = range(2, 5)
"""Hours in Jakarta. A million products take a minute or two of one core."""

_WORDS = """
WITH counted AS (
  SELECT word, ndoc FROM ts_stat(%s)
  WHERE word ~ '^[[:alpha:]]{2,40}$' AND NOT starts_with(word, %s)
), gone AS (
  DELETE FROM catalog_searchword old
  WHERE NOT EXISTS (SELECT FROM counted WHERE counted.word = old.word)
)
INSERT INTO catalog_searchword AS known (word, products) SELECT word, ndoc FROM counted
ON CONFLICT (word) DO UPDATE SET products = EXCLUDED.products
  WHERE known.products <> EXCLUDED.products
"""
_DAYS = """
SELECT floor(extract(epoch FROM published_at - timestamptz '2020-01-01 00:00+00') / 86400)::int,
  count(*)
FROM catalog_product WHERE is_public GROUP BY 1 ORDER BY 1 DESC
"""
_PUBLIC = "SELECT search_vector FROM catalog_product WHERE is_public"
_ALL = "SELECT search_vector FROM catalog_product"


@transaction.atomic
def count_words(*, at: datetime, only_public: bool = True) -> int:
    """Count every word anew, and forget what no product is written with; return the products.

    A word learnt from a product that is being written meanwhile may wait for the next count.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_WORDS, [_PUBLIC if only_public else _ALL, SOUND])
        # Grown from nothing, the table is else taken for a small one until the server looks at it,
        # and a spelling is looked for in every word instead of in the index.
        cursor.execute("ANALYZE catalog_searchword")
        cursor.execute(_DAYS)
        days = [[day, count] for day, count in cursor.fetchall()]
    products = sum(int(count) for _day, count in days)
    SearchCount.objects.all().delete()
    SearchCount.objects.create(counted_at=at, products=products, days=days)
    known_figures(now=True)
    return products


def is_count_due(*, at: datetime, hour: int) -> bool:
    """Whether the last count is too old; `hour` is Jakarta's."""
    last = SearchCount.objects.first()
    if last is None:
        return True
    if last.products < SMALL:
        return last.counted_at < at - SMALL_EVERY
    return hour in NIGHT and last.counted_at < at - LARGE_EVERY
