"""Rare badges are found in an index of their own, and the planner knows how rare they are.

The conditions stand in `catalog.reports.listing` letter by letter.
"""

from django.db import migrations

BITS = (1, 2, 4, 8, 16, 32)
# Two of three products have a NIB: its own index would be the whole list again.
INDEXED = BITS[1:]

FORWARD = "\n".join(
    ["SET LOCAL statement_timeout = 0;"]
    + [
        f"CREATE INDEX product_mark_{bit} ON catalog_product (published_at DESC, id DESC) "
        "INCLUDE (category, kecamatan_id, price, marks, sold_out, business_id) "
        f"WHERE is_public AND marks & {bit} <> 0;"
        for bit in INDEXED
    ]
    + [f"CREATE STATISTICS product_mark_{bit}_stats ON (marks & {bit}) FROM catalog_product;" for bit in BITS]
    + ["ANALYZE catalog_product;"]
)
BACK = "\n".join(
    [f"DROP STATISTICS product_mark_{bit}_stats;" for bit in BITS]
    + [f"DROP INDEX product_mark_{bit};" for bit in INDEXED]
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_first_kinds")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
