"""Whether a business is in the directory is kept on its row, by the database itself.

`members_business_listed` alone knows the rule. It runs when the row is written; the triggers of
the other tables only touch the businesses concerned, so that it runs again.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION members_business_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.is_listed := NEW.status = 'approved' AND NEW.suspended_at IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM members_importedmember i
      WHERE i.business_id = NEW.id AND i.claimed_at IS NULL)
    AND coalesce((
      SELECT bool_or(c.withdrawn_at IS NULL) FROM members_consent c
      WHERE c.user_id = NEW.owner_id AND c.purpose = 'katalog'), true);
  RETURN NEW;
END $$;
CREATE TRIGGER business_listed BEFORE INSERT OR UPDATE OF
    status, suspended_at, owner_id, is_listed
  ON members_business FOR EACH ROW EXECUTE FUNCTION members_business_listed();

CREATE FUNCTION members_touch_claimed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE members_business SET is_listed = is_listed WHERE id = OLD.business_id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE members_business SET is_listed = is_listed WHERE id = NEW.business_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claim_shown_on_business
  AFTER INSERT OR DELETE OR UPDATE OF business_id, claimed_at ON members_importedmember
  FOR EACH ROW EXECUTE FUNCTION members_touch_claimed();

CREATE FUNCTION members_touch_consenting() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed members_consent%ROWTYPE;
BEGIN
  changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  IF changed.purpose = 'katalog' THEN
    UPDATE members_business SET is_listed = is_listed WHERE owner_id = changed.user_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER consent_shown_on_business AFTER INSERT OR UPDATE OR DELETE ON members_consent
  FOR EACH ROW EXECUTE FUNCTION members_touch_consenting();

UPDATE members_business SET is_listed = is_listed;
"""
BACK = """
DROP TRIGGER consent_shown_on_business ON members_consent;
DROP FUNCTION members_touch_consenting();
DROP TRIGGER claim_shown_on_business ON members_importedmember;
DROP FUNCTION members_touch_claimed();
DROP TRIGGER business_listed ON members_business;
DROP FUNCTION members_business_listed();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0028_directory")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
