"""What shoppers filter by is kept as bits beside the badges, by the database itself.

`marks` holds the badges in date on the day the row was written, and "non-halal". Whose
`marks_until` has passed is touched on the next day. It runs after `product_badges`: triggers of one
kind go by their names.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_product_marks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Asia/Jakarta')::date;
BEGIN
  SELECT
      coalesce(bit_or(CASE b.kind WHEN 'nib' THEN 1 WHEN 'pirt' THEN 2 WHEN 'halal' THEN 4
        WHEN 'bpom' THEN 8 WHEN 'merek' THEN 16 ELSE 0 END), 0)
        | CASE NEW.food_mark WHEN 'nonhalal' THEN 32 ELSE 0 END,
      min(b.until)
    INTO NEW.marks, NEW.marks_until
    FROM jsonb_to_recordset(NEW.badges) AS b(kind text, until date)
    WHERE b.until IS NULL OR b.until >= today;
  RETURN NEW;
END $$;
CREATE TRIGGER product_marks BEFORE INSERT OR UPDATE OF
    business_id, status, category, food_mark, is_public, badges, halal_until, marks, marks_until
  ON catalog_product FOR EACH ROW EXECUTE FUNCTION catalog_product_marks();

SET LOCAL statement_timeout = 0;
UPDATE catalog_product SET marks = marks;
"""
BACK = """
DROP TRIGGER product_marks ON catalog_product;
DROP FUNCTION catalog_product_marks();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0011_public_marks")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
