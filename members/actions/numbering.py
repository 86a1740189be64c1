"""Numbers on documents: gap-free per year, never used again."""

from __future__ import annotations

from django.db import connection


def draw_number(series: str, *, year: int) -> str:
    """Return the next ``SERIES-YEAR-000123``.

    Call inside the transaction of the action that uses it: the series' row stays locked until
    that commits, so a number is used or was never drawn.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO members_numberseries (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = members_numberseries.last + 1 "
            "RETURNING last",
            [series, year],
        )
        (number,) = cursor.fetchone()
    return f"{series}-{year}-{number:06d}"
