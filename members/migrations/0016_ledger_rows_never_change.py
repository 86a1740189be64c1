from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of the ledger are never changed or deleted';
END $$;
CREATE TRIGGER ledger_rows_never_change BEFORE UPDATE OR DELETE ON members_duespayment
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER held_money_never_goes BEFORE DELETE ON members_heldpayment
  FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER held_money_never_changes BEFORE UPDATE ON members_heldpayment FOR EACH ROW
  WHEN (OLD.status <> 'waiting' OR (OLD.amount, OLD.received_on, OLD.reference, OLD.method)
    IS DISTINCT FROM (NEW.amount, NEW.received_on, NEW.reference, NEW.method))
  EXECUTE FUNCTION ledger_refuse_change();
"""
BACK = """
DROP TRIGGER held_money_never_changes ON members_heldpayment;
DROP TRIGGER held_money_never_goes ON members_heldpayment;
DROP TRIGGER ledger_rows_never_change ON members_duespayment;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0015_terms_revoked")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
