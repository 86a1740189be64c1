"""Statements that PostgreSQL plans once per connection instead of at every request.

For a row found by its key the plan costs more than the answer. A statement whose best plan hangs
on its values (a rare word, a common one) must not come here: after some calls PostgreSQL keeps one
plan for all values.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from hashlib import md5
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

MOST = 100
"""Statements a connection keeps; more than that means that somebody builds SQL out of values."""
_TYPES = {
    bool: "boolean",
    str: "unknown",
    date: "date",
    datetime: "timestamptz",
    time: "time",
    list: "bigint[]",
}
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def prepared(sql: str, values: Sequence[Any]) -> str:
    """The statement to execute with `values` in place of `sql`, whose places are `%s` in order.

    Values are bool, int, str, date, datetime, time or lists of int; anything else raises KeyError.
    """
    types = [_type(value) for value in values]
    name = f"kept_{md5(f'{types} {sql}'.encode(), usedforsecurity=False).hexdigest()}"
    connection.ensure_connection()
    known = _known.setdefault(connection.connection, set())
    if name not in known:
        if len(known) >= MOST:
            return sql
        # Past Django's own cursor: it is no question of the page's, and is not counted as one.
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} ({', '.join(types)}) AS {_numbered(sql, len(types))}")
        known.add(name)
    return f"EXECUTE {name} ({', '.join(['%s'] * len(types))})"


def _type(value: Any) -> str:
    if type(value) is int:
        # As PostgreSQL reads a number: a date knows how to go back by an integer only.
        return "integer" if abs(value) < 2**31 else "bigint"
    return _TYPES[type(value)]


def _numbered(sql: str, count: int) -> str:
    parts = [part.replace("%%", "%") for part in sql.split("%s")]
    assert len(parts) == count + 1  # noqa: S101  a place for each value
    pairs = zip(parts, range(1, count + 1), strict=False)
    return "".join(f"{part}${number}" for part, number in pairs) + parts[-1]
