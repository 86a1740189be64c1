"""A statement is planned once per connection and still answers for each of its values."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection

from umkm_portal.lib import prepared as door
from umkm_portal.lib.prepared import prepared


def ask(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(prepared(sql, values), values)
        return cursor.fetchall()


def kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'kept_%%'")
        return cursor.fetchone()[0]


def test_it_is_planned_once_and_answers_for_each_value(db):
    before = kept()
    sql = "SELECT %s + 1, %s::text, 100 %% 7, %s"
    for number in range(7):
        text = f"' OR {number} -- %s $1"
        rows = ask(sql, [number, text, date(2028, 2, 29)])
        assert rows == [(number + 1, text, 2, date(2028, 2, 29))]
    assert kept() == before + 1


def test_lists_and_other_kinds_are_statements_of_their_own(db):
    before = kept()
    assert ask("SELECT 3 = ANY(%s)", [[1, 3]]) == [(True,)]
    assert ask("SELECT 3 = ANY(%s)", [[]]) == [(False,)]
    assert ask("SELECT %s", [True]) == [(True,)]
    assert ask("SELECT %s", [5]) == [(5,)]
    assert ask("SELECT %s", [5_000_000_000]) == [(5_000_000_000,)]
    assert ask("SELECT %s - %s", [date(2028, 3, 1), 1]) == [(date(2028, 2, 29),)]
    assert kept() == before + 5


def test_a_kind_without_a_type_is_refused(db):
    with pytest.raises(KeyError):
        prepared("SELECT %s", [None])


def test_a_wrong_statement_fails_as_django_says_it(transactional_db):
    with pytest.raises(ProgrammingError):
        prepared("SELECT nothing FROM nowhere WHERE id = %s", [1])


def test_a_new_connection_plans_anew(transactional_db):
    sql = "SELECT %s * 2"
    assert ask(sql, [21]) == [(42,)]
    connection.close()
    assert ask(sql, [21]) == [(42,)]


def test_who_builds_sql_out_of_values_gets_it_back(db, monkeypatch):
    monkeypatch.setattr(door, "MOST", 0)
    assert prepared("SELECT %s - 0", [1]) == "SELECT %s - 0"
