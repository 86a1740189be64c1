"""Whose goods are found by an old name or place is noted by the database, whoever changed it.

Triggers fire in the order of their names: `business_named_anew` locks its row before
`business_shown_on_products` locks the goods. The job never holds both.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION catalog_words_are_stale() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed bigint;
BEGIN
  changed := CASE WHEN TG_TABLE_NAME = 'members_business' THEN (to_jsonb(NEW) ->> 'id')::bigint
    ELSE (to_jsonb(NEW) ->> 'business_id')::bigint END;
  INSERT INTO catalog_stalewords (business_id, since) VALUES (changed, clock_timestamp())
    ON CONFLICT (business_id) DO UPDATE SET since = EXCLUDED.since;
  RETURN NULL;
END $$;
CREATE TRIGGER business_named_anew AFTER UPDATE OF name, kelurahan_id ON members_business
  FOR EACH ROW
  WHEN ((OLD.name, OLD.kelurahan_id) IS DISTINCT FROM (NEW.name, NEW.kelurahan_id))
  EXECUTE FUNCTION catalog_words_are_stale();
CREATE TRIGGER product_of_another AFTER UPDATE OF business_id ON catalog_product FOR EACH ROW
  WHEN (OLD.business_id IS DISTINCT FROM NEW.business_id)
  EXECUTE FUNCTION catalog_words_are_stale();
"""
BACK = """
DROP TRIGGER product_of_another ON catalog_product;
DROP TRIGGER business_named_anew ON members_business;
DROP FUNCTION catalog_words_are_stale();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0024_words_without_vowels"),
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaleWords",
            fields=[
                (
                    "business",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="members.business",
                    ),
                ),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
