"""Rows by the million: PostgreSQL's COPY, with triggers and large indexes out of the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

MEMORY = "512MB"
"""For building indexes; PostgreSQL's own default makes a GIN index on disk, bit by bit."""

Model = type[models.Model]


@contextmanager
def bulk(*tables: Model, without_indexes: Sequence[Model] = ()) -> Iterator[None]:
    """One transaction in which nothing is kept up by triggers: the caller writes what they would.

    Ends with triggers on and indexes built, or, when stopped half-way, as if it never began.
    Others wait for these tables meanwhile.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {setting} = 0")
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        # Checks put off to the end of the transaction would forbid to change the tables in it.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {name_of(table)} DISABLE TRIGGER USER")
        definitions = [each for table in without_indexes for each in _drop_indexes(cursor, table)]
        yield
        for definition in definitions:
            cursor.execute(definition)
        for table in tables:
            cursor.execute(f"ALTER TABLE {name_of(table)} ENABLE TRIGGER USER")


def name_of(table: Model) -> str:
    return connection.ops.quote_name(table._meta.db_table)


def _drop_indexes(cursor: Any, table: Model) -> list[str]:
    """Those that are no constraint; return the statements that make them again."""
    cursor.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = %s::regclass AND NOT i.indisunique"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [name_of(table)],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def copy(table: Model, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows whose values are text without tabs, line ends and backslashes, numbers or None.

    Columns not named get their model's default. Return how many rows there were.
    """
    rest = _defaults(table, columns)
    named = ", ".join(connection.ops.quote_name(name) for name in (*columns, *rest))
    tail = [_text(value) for value in rest.values()]
    with connection.cursor() as cursor:
        source = _Lines(rows, tail)
        cursor.cursor.copy_expert(f"COPY {name_of(table)} ({named}) FROM STDIN", source)
        return source.rows


def _defaults(table: Model, columns: Sequence[str]) -> dict[str, Any]:
    """What the database does not fill in by itself."""
    rest: dict[str, Any] = {}
    for field in table._meta.concrete_fields:
        is_own = field.db_default is not models.NOT_PROVIDED or field.primary_key
        if field.column and field.column not in columns and not is_own and not field.null:
            rest[field.column] = field.get_default()
    return rest


def _text(value: Any) -> str:
    if value is None:
        return r"\N"
    if value is True or value is False:
        return "t" if value else "f"
    return "{}" if value == [] else str(value)


class _Lines:
    """What COPY reads from: one line a row, made when it is asked for."""

    def __init__(self, rows: Iterable[Sequence[Any]], tail: list[str]) -> None:
        self.rows = 0
        self._left = ""
        self._lines = self._written(rows, tail)

    def _written(self, rows: Iterable[Sequence[Any]], tail: list[str]) -> Iterator[str]:
        for row in rows:
            self.rows += 1
            yield "\t".join([*map(_text, row), *tail]) + "\n"

    def read(self, size: int) -> str:
        parts, length = [self._left], len(self._left)
        for line in self._lines:
            parts.append(line)
            length += len(line)
            if length >= size:
                break
        text = "".join(parts)
        self._left = text[size:]
        return text[:size]
