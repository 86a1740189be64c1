"""What is kept beside the products so that a list need not count a million of them."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

# Reads one covering index; a reader sees the old counts until the new ones are all there.
COUNT = """
INSERT INTO catalog_facetcount (category, kecamatan_id, marks, sold_out, count)
SELECT category, kecamatan_id, marks, sold_out, count(*) FROM catalog_product
WHERE is_public AND kecamatan_id IS NOT NULL GROUP BY category, kecamatan_id, marks, sold_out
"""
# In bites, so that no page waits long for a row.
BITE = 2000
TOUCH = """
UPDATE catalog_product SET badges = badges WHERE id IN (
  SELECT id FROM catalog_product WHERE marks_until < %s LIMIT %s FOR UPDATE SKIP LOCKED)
"""


@transaction.atomic
def count_facets(*, at: datetime) -> int:
    """Write the counts beside the filters anew; return how many groups there are."""
    with connection.cursor() as cursor:
        # No page waits for this; a million rows may take longer than a page is given.
        cursor.execute("SET LOCAL statement_timeout = '60s'")
        # One at a time, or two ticks would both write.
        cursor.execute("LOCK TABLE catalog_facetcount IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM catalog_facetcount")
        cursor.execute(COUNT)
        return int(cursor.rowcount)


def take_ended_marks(*, at: datetime) -> int:
    """A badge whose paper ended yesterday is filtered by no more; return how many products."""
    touched = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(TOUCH, [timezone.localdate(at), BITE])
            bite = int(cursor.rowcount)
        touched += bite
        if bite < BITE:
            return touched
