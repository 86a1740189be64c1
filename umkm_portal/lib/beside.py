"""A word to the outside from within a long transaction: on a connection of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


class Beside:
    """Statements here are seen by everybody at once and stay when the transaction is undone."""

    def __init__(self, own: BaseDatabaseWrapper) -> None:
        self._own = own

    def execute(self, sql: str, values: list[Any]) -> None:
        """Run one statement. Never touch a row the transaction has locked: it would wait."""
        with self._own.cursor() as cursor:
            cursor.execute(sql, values)


@contextmanager
def beside() -> Iterator[Beside]:
    """Open a second connection to the same database, closed at the end."""
    own = connection.copy()
    try:
        yield Beside(own)
    finally:
        own.close()
