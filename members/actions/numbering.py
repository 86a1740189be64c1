"""Numbers on documents: gap-free per year, never used again."""

from __future__ import annotations

from django.db import connection


def draw_number(series: str, *, year: int) -> str:
    """Return the next ``SERIES-YEAR-000123``.

    Call inside the transaction of the action that uses it: the series' row stays locked until
    that commits, so a number is used or was never drawn.
    """
    return draw_numbers(series, year=year, count=1)[0]


def draw_numbers(series: str, *, year: int, count: int) -> list[str]:
    """Return the next `count` numbers, as `draw_number` would one after another."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_numberseries (series, year, last) VALUES (%s, %s, %s) "
            "ON CONFLICT (series, year) "
            "DO UPDATE SET last = members_numberseries.last + EXCLUDED.last RETURNING last",
            [series, year, count],
        )
        (last,) = cursor.fetchone()
    return [f"{series}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]
