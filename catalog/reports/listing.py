"""The catalogue as a list: a page of cards by one statement on one table, whatever its length.

Written as SQL, since half of a page's time went into building the same query again. The inner
select finds the rows in a covering index, so that a filter nothing matches reads no row at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from catalog.cards import COLUMNS, CardPage, cards_of
from catalog.filters import BADGES, HALAL, MEMBER, Filters
from catalog.pickups import Pickup, goods_of
from catalog.reports.places import Places
from members.models import KadinMembership
from umkm_portal.lib.paginate import decode_token, encode_token

PAGE = 24
COUNTED = 1000
EVERY = "is_public"
SORTED = {
    "terbaru": ("-published_at", "-id"),
    "termurah": ("price", "id"),
    "termahal": ("-price", "-id"),
}
COLUMNS_OF_P = ", ".join(f"p.{'id' if name == 'pk' else name}" for name in COLUMNS)


class Where(NamedTuple):
    sql: str
    values: list[Any]

    def also(self, sql: str, *values: Any) -> Where:
        return Where(f"{self.sql} AND {sql}", [*self.values, *values])


class Row(NamedTuple):
    """What a token is made of."""

    published_at: Any
    price: int
    id: int


class Conditions(NamedTuple):
    """What was asked, and the same without the districts, for the counts beside them."""

    asked: Where
    anywhere: Where


def conditions(
    filters: Filters, places: Places, present: Mapping[int, Pickup] | None = None
) -> Conditions:
    """Of a list without words. `present` are the businesses at a booth, when that is asked."""
    found = Where(EVERY, [])
    if filters.kategori:
        found = found.also("category = %s", filters.kategori)
    if filters.harga_min is not None:
        found = found.also("price >= %s", filters.harga_min)
    if filters.harga_maks is not None:
        found = found.also("price <= %s", filters.harga_maks)
    if present is not None:
        found = _also_present(found, present)
    anywhere = _also_marks(found, filters)
    if not filters.kecamatan:
        return Conditions(anywhere, anywhere)
    codes = places.codes(filters.kecamatan)
    if len(codes) == 1:
        # Of a list of one, PostgreSQL does not see that the index has its order.
        return Conditions(anywhere.also("kecamatan_id = %s", codes[0]), anywhere)
    return Conditions(anywhere.also("kecamatan_id = ANY(%s)", codes), anywhere)


def _also_present(found: Where, present: Mapping[int, Pickup]) -> Where:
    with_all, listed = goods_of(present)
    if not listed:
        return found.also("business_id = ANY(%s)", with_all)
    return found.also("(business_id = ANY(%s) OR id = ANY(%s))", with_all, listed)


def _also_marks(found: Where, filters: Filters) -> Where:
    if filters.tersedia:
        found = found.also("NOT sold_out")
    # The bits are written out: an index of rows that have one is only used for a constant.
    if filters.halal:
        either = " OR ".join(f"marks & {HALAL[mark]} <> 0" for mark in filters.halal)
        found = found.also(f"({either})")
    for kind in filters.lencana:
        if kind in BADGES:
            found = found.also(f"marks & {BADGES[kind]} <> 0")
    if MEMBER in filters.lencana:
        members = KadinMembership.objects.in_good_standing(on=timezone.localdate())
        sql, values = members.order_by().values("business").query.sql_with_params()
        found = found.also(f"business_id IN ({sql})", *values)
    return found


def list_page(filters: Filters, condition: Where) -> CardPage:
    """The page asked for, in one query; a token that is not ours gives the first one."""
    order = SORTED[filters.sort]
    after = decode_token(filters.setelah, order=order)
    if after is None and (before := decode_token(filters.sebelum, order=order)) is not None:
        rows = _rows(condition, order, before, backwards=True)
        if len(rows) > PAGE:
            return _page(rows[:PAGE][::-1], order, has_next=True, has_previous=True)
    rows = _rows(condition, order, after, backwards=False)
    return _page(rows[:PAGE], order, has_next=len(rows) > PAGE, has_previous=after is not None)


def count_upto(condition: Where, most: int = COUNTED) -> int:
    """How many match; stops at one more than `most`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM catalog_product WHERE {condition.sql}"  # noqa: S608
            " LIMIT %s) AS first",
            [*condition.values, most + 1],
        )
        return int(cursor.fetchone()[0])


def _rows(
    condition: Where, order: Sequence[str], place: list[Any] | None, *, backwards: bool
) -> list[tuple[Any, ...]]:
    names = [name.removeprefix("-") for name in order]
    falls = order[0].startswith("-") != backwards
    if place is not None:
        condition = condition.also(f"({names[0]}, id) {'<' if falls else '>'} (%s, %s)", *place)
    way = "DESC" if falls else "ASC"
    inner = (
        f"SELECT id, {names[0]} FROM catalog_product WHERE {condition.sql}"  # noqa: S608
        f" ORDER BY {names[0]} {way}, id {way} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS_OF_P} FROM ({inner}) AS page JOIN catalog_product p ON p.id = page.id"  # noqa: S608
            f" ORDER BY page.{names[0]} {way}, page.id {way}",
            [*condition.values, PAGE + 1],
        )
        return list(cursor.fetchall())


def _page(
    rows: list[tuple[Any, ...]], order: Sequence[str], *, has_next: bool, has_previous: bool
) -> CardPage:
    cards = cards_of(readable(row) for row in rows)
    if not cards:
        return CardPage([])
    first, last = (Row(card.published_at, card.price, card.pk) for card in (cards[0], cards[-1]))
    return CardPage(
        cards,
        encode_token(last, order=order) if has_next else "",
        encode_token(first, order=order) if has_previous else "",
    )


def readable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The badges come last, as text."""
    return (*row[:-1], json.loads(row[-1]) if row[-1] != "[]" else ())
