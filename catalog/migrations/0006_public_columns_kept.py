"""What a list shows of a product is kept on its row, by the database itself.

`catalog_product_facts` alone knows the facts. It runs when a product is written, and the other
triggers only touch the products concerned, so that it runs again: a second session that changed
something else waits for the row and then reads what the first one committed.

A bulk load may switch the triggers off and end with
`UPDATE catalog_product SET is_public = is_public`.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION catalog_product_facts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seller record;
  cover record;
BEGIN
  IF TG_OP = 'INSERT' OR NEW.business_id IS DISTINCT FROM OLD.business_id THEN
    -- Whoever is renaming the business cannot see this row yet: read after them.
    PERFORM 1 FROM members_business WHERE id = NEW.business_id FOR SHARE;
  END IF;
  SELECT b.name, coalesce(b.slug, '') AS slug, k.kecamatan_id, coalesce(d.name, '') AS place,
      b.status = 'approved' AND b.suspended_at IS NULL
        AND b.sector IN ('kuliner', 'fashion', 'kerajinan')
        AND coalesce((
          SELECT bool_or(c.withdrawn_at IS NULL) FROM members_consent c
          WHERE c.user_id = b.owner_id AND c.purpose = 'katalog'
        ), true) AS is_seen
    INTO seller
    FROM members_business b
    LEFT JOIN members_kelurahan k ON k.code = b.kelurahan_id
    LEFT JOIN members_kecamatan d ON d.code = k.kecamatan_id
    WHERE b.id = NEW.business_id;
  SELECT p.name, p.width, p.height, p.colour INTO cover
    FROM catalog_productphoto p
    WHERE p.product_id = NEW.id AND p.position = 0 ORDER BY p.id LIMIT 1;
  NEW.is_public := NEW.status = 'live' AND coalesce(seller.is_seen, false);
  NEW.kecamatan_id := seller.kecamatan_id;
  NEW.kecamatan_name := coalesce(seller.place, '');
  NEW.seller_name := coalesce(seller.name, '');
  NEW.seller_slug := coalesce(seller.slug, '');
  NEW.cover_name := coalesce(cover.name, '');
  NEW.cover_width := coalesce(cover.width, 0);
  NEW.cover_height := coalesce(cover.height, 0);
  NEW.cover_colour := coalesce(cover.colour, '');
  RETURN NEW;
END $$;
CREATE TRIGGER product_facts BEFORE INSERT OR UPDATE OF
    business_id, status, is_public, kecamatan_id, kecamatan_name, seller_name, seller_slug,
    cover_name, cover_width, cover_height, cover_colour
  ON catalog_product FOR EACH ROW EXECUTE FUNCTION catalog_product_facts();

-- Every product of the business, whatever its status: one may be going live just now.
CREATE FUNCTION catalog_touch_products_of_business() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalog_product SET is_public = is_public WHERE business_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER business_shown_on_products AFTER UPDATE ON members_business FOR EACH ROW
  WHEN ((OLD.name, OLD.slug, OLD.kelurahan_id, OLD.status, OLD.suspended_at IS NULL, OLD.sector,
      OLD.owner_id)
    IS DISTINCT FROM (NEW.name, NEW.slug, NEW.kelurahan_id, NEW.status, NEW.suspended_at IS NULL,
      NEW.sector, NEW.owner_id))
  EXECUTE FUNCTION catalog_touch_products_of_business();

CREATE FUNCTION catalog_touch_products_of_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed members_consent%ROWTYPE;
BEGIN
  changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  IF changed.purpose = 'katalog' THEN
    UPDATE catalog_product p SET is_public = is_public
      FROM members_business b WHERE b.id = p.business_id AND b.owner_id = changed.user_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER consent_shown_on_products AFTER INSERT OR UPDATE OR DELETE ON members_consent
  FOR EACH ROW EXECUTE FUNCTION catalog_touch_products_of_owner();

CREATE FUNCTION catalog_touch_product_of_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.position = 0 THEN
    UPDATE catalog_product SET cover_name = cover_name WHERE id = OLD.product_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.position = 0
      AND (TG_OP = 'INSERT' OR (OLD.position, OLD.product_id) IS DISTINCT FROM (0, NEW.product_id))
  THEN
    UPDATE catalog_product SET cover_name = cover_name WHERE id = NEW.product_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER photo_shown_on_product
  AFTER INSERT OR DELETE OR UPDATE OF product_id, position, name, width, height, colour
  ON catalog_productphoto FOR EACH ROW EXECUTE FUNCTION catalog_touch_product_of_photo();

CREATE FUNCTION catalog_touch_products_of_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'members_kecamatan' THEN
    UPDATE catalog_product SET is_public = is_public WHERE kecamatan_id = NEW.code;
  ELSE
    UPDATE catalog_product p SET is_public = is_public
      FROM members_business b WHERE b.id = p.business_id AND b.kelurahan_id = NEW.code;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER kecamatan_shown_on_products AFTER UPDATE OF name ON members_kecamatan FOR EACH ROW
  WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION catalog_touch_products_of_place();
CREATE TRIGGER kelurahan_shown_on_products AFTER UPDATE OF kecamatan_id ON members_kelurahan
  FOR EACH ROW WHEN (OLD.kecamatan_id IS DISTINCT FROM NEW.kecamatan_id)
  EXECUTE FUNCTION catalog_touch_products_of_place();

SET LOCAL statement_timeout = 0;
UPDATE catalog_product SET is_public = is_public;
"""
BACK = """
DROP TRIGGER kelurahan_shown_on_products ON members_kelurahan;
DROP TRIGGER kecamatan_shown_on_products ON members_kecamatan;
DROP FUNCTION catalog_touch_products_of_place();
DROP TRIGGER photo_shown_on_product ON catalog_productphoto;
DROP FUNCTION catalog_touch_product_of_photo();
DROP TRIGGER consent_shown_on_products ON members_consent;
DROP FUNCTION catalog_touch_products_of_owner();
DROP TRIGGER business_shown_on_products ON members_business;
DROP FUNCTION catalog_touch_products_of_business();
DROP TRIGGER product_facts ON catalog_product;
DROP FUNCTION catalog_product_facts();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_public_columns")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
