"""The index over words knows the day a product came out, so that a common word is cheap.

`catalog_search_key` adds "#d" with the days, and "#m" with the blocks of 30 days, since 2020.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION catalog_search_key(words tsvector, at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN at IS NULL THEN words ELSE words || array_to_tsvector(ARRAY[
    '#d' || floor(extract(epoch FROM at - timestamptz '2020-01-01 00:00+00') / 86400)::int,
    '#m' || floor(extract(epoch FROM at - timestamptz '2020-01-01 00:00+00') / 2592000)::int
  ]) END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_product_weeks")]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION catalog_search_key(tsvector, timestamptz);"),
        migrations.RemoveIndex(model_name="product", name="product_search"),
        migrations.AddIndex(
            model_name="product",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_vector"),
                    models.F("published_at"),
                    function="catalog_search_key",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                condition=models.Q(("is_public", True)),
                name="product_search",
            ),
        ),
        migrations.AddField(
            model_name="searchword",
            name="products",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name="SearchCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_at", models.DateTimeField()),
                ("products", models.PositiveIntegerField()),
                ("days", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.Value(1), name="search_counted_once")
                ]
            },
        ),
    ]
