"""What public pages are made of: each change to these tables is announced to every worker.

A trigger per statement, so that a transaction costs one announcement however many rows it
touches, and one that is rolled back costs none. Set up after every ``migrate``.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from umkm_portal.lib.changes import CHANNEL

NAME = "public_page_changed"
MODELS = [
    *("catalog.Product", "catalog.ProductPhoto", "catalog.Synonym"),
    *("events.Event", "events.EventDay", "events.Booth", "events.BoothPlace"),
    *("events.Registration", "events.SalesReport", "events.Quota", "events.AllocationRun"),
    *("events.BroughtProduct", "events.Edition"),
    *("events.Training", "events.Material"),
    *("members.Business", "members.Owner", "members.Document", "members.Consent"),
    "members.ImportedMember",
    *("members.KadinMembership", "members.MembershipTerm", "members.JakpreneurMembership"),
    *("members.DuesRate", "members.DuesRules", "members.Kecamatan", "members.Kelurahan"),
]
"""tests/access/test_caching.py finds the ones a page reads and this list forgets."""

FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$
"""
TRIGGER = f"""
CREATE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s
FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()
"""
HAVE_ONE = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s"


def tables() -> set[str]:
    return {apps.get_model(label)._meta.db_table for label in MODELS}


def load_announcements() -> None:
    """A trigger is made where there is none yet: making one waits for writers of its table."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(HAVE_ONE, [NAME])
        there = {name for (name,) in cursor.fetchall()}
        for table in sorted(tables() - there):
            cursor.execute(TRIGGER % quote(table))
