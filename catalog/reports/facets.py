"""How many products stand behind each option of the filters, without counting a million rows.

What the counters know (category, district, marks, stock) is summed from them, and exact to the
minute. With a price, a booth or a membership each district is counted to a hundred: a thousand in
each of ten would cost more than the rest of the page. With words: `word_counts`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.db import connection

from catalog.choices import Category
from catalog.filters import BADGES, HALAL, MEMBER, Filters
from catalog.reports.listing import COUNTED, Conditions, Where, count_upto
from catalog.reports.places import Cell, Places

Counts = Mapping[str, int]
"""By "kecamatan:<slug>", "kategori:<value>", "halal:<mark>", "lencana:<kind>" or "tersedia:1"."""
# The counters may be a minute old: near a thousand the rows themselves are counted.
SURELY = 2 * COUNTED
MOST_KEPT = 500
FEW = 100


def is_summed(filters: Filters) -> bool:
    """Whether the counters answer it."""
    prices = filters.harga_min is not None or filters.harga_maks is not None
    return not (filters.q or prices or filters.hadir or MEMBER in filters.lencana)


def count_products(filters: Filters, places: Places, condition: Where) -> int:
    """Exact to a thousand, then one more."""
    if is_summed(filters) and option_counts(filters, places).get("", 0) > SURELY:
        return COUNTED + 1
    return count_upto(condition)


def option_counts(filters: Filters, places: Places) -> Counts:
    """From the counters, no query; nothing when nobody counted yet."""
    if not places.cells or not is_summed(filters):
        return {}
    key = (filters.kategori, filters.kecamatan, filters.halal, filters.lencana, filters.tersedia)
    if key not in places.sums:
        if len(places.sums) >= MOST_KEPT:
            places.sums.clear()
        places.sums[key] = _sum(filters, places)
    return places.sums[key]


def place_counts(condition: Conditions) -> Counts:
    """Each district counted to `FEW`, and "" for what was asked; one query."""
    asked, rest = condition
    one = f"SELECT 1 FROM catalog_product WHERE {rest.sql} AND kecamatan_id = k.code LIMIT %s"  # noqa: S608
    full = f"SELECT 1 FROM catalog_product WHERE {asked.sql} LIMIT %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 'kecamatan:' || k.slug, (SELECT count(*) FROM ({one}) AS a)"  # noqa: S608
            " FROM members_kecamatan k UNION ALL"
            f" SELECT '', (SELECT count(*) FROM ({full}) AS b)",
            [*rest.values, FEW + 1, *asked.values, COUNTED + 1],
        )
        return dict(cursor.fetchall())


def _sum(filters: Filters, places: Places) -> dict[str, int]:
    """Each option is counted as if its own group were not filtered by."""
    found: Counter[str] = Counter(dict.fromkeys(_all_options(places), 0))
    slugs = {place.code: place.slug for place in places.all}
    wanted = set(places.codes(filters.kecamatan))
    for cell in places.cells:
        fits = {
            "kecamatan": not wanted or cell.place in wanted,
            "kategori": not filters.kategori or cell.category == filters.kategori,
            "halal": not filters.halal_bits or bool(cell.marks & filters.halal_bits),
            "lencana": cell.marks & filters.badge_bits == filters.badge_bits,
            "tersedia": not (filters.tersedia and cell.sold_out),
        }
        missed = [group for group, is_fit in fits.items() if not is_fit]
        if len(missed) > 1:
            continue
        for option in _options(cell, slugs):
            if not missed or (option.startswith(missed[0]) and missed[0] != "lencana"):
                found[option] += cell.products
        if not missed:
            found[""] += cell.products
    return found


def _all_options(places: Places) -> list[str]:
    slugs = [f"kecamatan:{place.slug}" for place in places.all]
    marks = [f"halal:{mark}" for mark in HALAL] + [f"lencana:{kind}" for kind in BADGES]
    return ["", *slugs, *marks, *(f"kategori:{value}" for value in Category.values), "tersedia:1"]


def _options(cell: Cell, slugs: Mapping[str, str]) -> list[str]:
    """Every option this cell stands behind. Badges add up: one more is asked of those that fit."""
    marks = [f"halal:{mark}" for mark, bit in HALAL.items() if cell.marks & bit]
    kinds = [f"lencana:{kind}" for kind, bit in BADGES.items() if cell.marks & bit]
    stock = [] if cell.sold_out else ["tersedia:1"]
    place = [f"kecamatan:{slugs[cell.place]}", f"kategori:{cell.category}"]
    return [*place, *marks, *kinds, *stock]
