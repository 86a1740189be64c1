"""Queries whose SQL is written once and asked often.

Building a query with the ORM costs more than PostgreSQL needs to answer it. On the few pages a
whole market opens, the query set is built on its first use and only its values change after.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import connection, models

from umkm_portal.lib.prepared import prepared

_MARK = 8_675_309


class CompiledQuery:
    """`build(**values)` returns a `values_list`; a call returns its rows as named tuples.

    `kinds` names each value and its type (str, int, date or datetime). A value must reach the SQL
    as it was given: it may not choose whether a filter is there at all, and None, lists and
    lookups that change it (`icontains`) are refused with ValueError.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **kinds: type) -> None:
        self._build = build
        self._marks = {name: _mark(kind, n) for n, (name, kind) in enumerate(kinds.items())}

    def __call__(self, **values: Any) -> list[Any]:
        sql, wanted, row, converters = self._compiled
        given = [values[w.name] if isinstance(w, _Hole) else w for w in wanted]
        with connection.cursor() as cursor:
            cursor.execute(prepared(sql, given), given)
            found: Iterable[Any] = cursor.fetchall()
        for place, (convert, expression) in converters.items():
            found = [
                (*r[:place], _converted(convert, r[place], expression), *r[place + 1 :])
                for r in found
            ]
        return [row._make(r) for r in found]

    @cached_property
    def _compiled(self) -> tuple[str, list[Any], Any, dict[int, Any]]:
        query = self._build(**self._marks)
        compiler = query.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        holes = {mark: _Hole(name) for name, mark in self._marks.items()}
        wanted = [holes.get(p, p) if isinstance(p, str | int | date) else p for p in params]
        missing = set(self._marks) - {w.name for w in wanted if isinstance(w, _Hole)}
        if missing:
            raise ValueError(f"The query does not hold {', '.join(sorted(missing))} as given.")
        row = namedtuple("Row", query.query.selected or ())  # type: ignore[misc]
        return sql, wanted, row, compiler.get_converters([c[0] for c in compiler.select])


class _Hole:
    """Where a value of the call goes."""

    def __init__(self, name: str) -> None:
        self.name = name


def _mark(kind: type, number: int) -> Any:
    """A value nobody writes, to be found again among the query's parameters."""
    if kind is str:
        return f"\ue000{_MARK + number}"
    if kind is int:
        return -_MARK - number
    if kind is date:
        return date(1583, 1, 1 + number)
    if kind is datetime:
        return datetime(1583, 2, 1 + number, tzinfo=UTC)
    raise ValueError(f"No value of type {kind.__name__} can be filled in.")


def _converted(converters: Iterable[Any], value: Any, expression: Any) -> Any:
    for convert in converters:
        value = convert(value, expression, connection)
    return value
