"""The licences behind a product's badges are kept on its row, by the database itself.

`catalog_product_badges` alone knows them. A badge carries the last day it is good, or null when it
has no end; whether that day is over is asked when it is shown. `halal_until` without an end is
9999-12-31, so that a list compares one column with one day.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_product_badges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  SELECT
      coalesce(jsonb_agg(
        jsonb_build_object('kind', d.kind, 'until', d.expires_on)
        ORDER BY array_position(ARRAY['halal', 'pirt', 'bpom', 'nib', 'merek'], d.kind::text)
      ), '[]'::jsonb) AS badges,
      max(coalesce(d.expires_on, DATE '9999-12-31')) FILTER (WHERE d.kind = 'halal') AS halal_until
    INTO found
    FROM members_document d
    WHERE d.business_id = NEW.business_id AND d.status = 'verified' AND d.replaced_at IS NULL
      AND (d.kind IN ('nib', 'merek')
        OR (d.kind IN ('pirt', 'bpom') AND NEW.category = 'kuliner')
        OR (d.kind = 'halal' AND NEW.food_mark = 'halal'));
  NEW.badges := found.badges;
  NEW.halal_until := found.halal_until;
  RETURN NEW;
END $$;
CREATE TRIGGER product_badges BEFORE INSERT OR UPDATE OF
    business_id, status, category, food_mark, is_public, badges, halal_until
  ON catalog_product FOR EACH ROW EXECUTE FUNCTION catalog_product_badges();

CREATE FUNCTION catalog_touch_products_of_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.status = 'verified' AND OLD.kind <> 'ktp' THEN
    UPDATE catalog_product SET badges = badges WHERE business_id = OLD.business_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.status = 'verified' AND NEW.kind <> 'ktp'
      AND (TG_OP = 'INSERT' OR (OLD.status, OLD.business_id) IS DISTINCT FROM
        ('verified', NEW.business_id))
  THEN
    UPDATE catalog_product SET badges = badges WHERE business_id = NEW.business_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER document_shown_on_products
  AFTER INSERT OR DELETE OR UPDATE OF business_id, kind, status, expires_on, replaced_at
  ON members_document FOR EACH ROW EXECUTE FUNCTION catalog_touch_products_of_document();

UPDATE catalog_product SET badges = badges;
"""
BACK = """
DROP TRIGGER document_shown_on_products ON members_document;
DROP FUNCTION catalog_touch_products_of_document();
DROP TRIGGER product_badges ON catalog_product;
DROP FUNCTION catalog_product_badges();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0008_first_synonyms"),
        ("members", "0027_merged_businesses"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
