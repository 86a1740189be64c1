"""How many of the products that answer words stand behind each option of the filters.

They are counted in the statement that ranks them, of what it ranks: all of a rare word, the newest
few hundred of a common one, of which there are "at least" so many. Where a district, a mark or the
stock is filtered by, one more statement reads what would be ranked without that. Kept for a
minute, by what was asked without its page and order.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from catalog.filters import BADGES, HALAL, MEMBER, Filters
from catalog.pickups import Pickup
from catalog.reports.commonness import Question
from catalog.reports.facets import Counts
from catalog.reports.listing import COUNTED, Where, conditions
from catalog.reports.matching import first_matches
from catalog.reports.places import Places
from catalog.reports.ranking import TALLIED, tally_columns

MOST_KEPT = 500


class WordCounts(NamedTuple):
    """`is_least`: there are more products than were counted."""

    options: Counts
    is_least: bool


_kept: dict[Filters, tuple[float, WordCounts]] = {}


def known_counts(filters: Filters) -> WordCounts | None:
    """Those counted within the last minute (twice `FACETS_SECONDS`)."""
    known = _kept.get(_key(filters))
    return known[1] if known is not None and time.monotonic() < known[0] else None


def keep_counts(filters: Filters, counts: WordCounts) -> WordCounts:
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[_key(filters)] = (time.monotonic() + 2 * settings.FACETS_SECONDS, counts)
    return counts


def can_tally(filters: Filters) -> bool:
    """Whether what is ranked is all that an option may be counted among."""
    return not (filters.kecamatan or filters.halal or filters.badge_bits or filters.tersedia)


def counts_of(
    rows: Iterable[Sequence[Any]], places: Places, filters: Filters, *, is_least: bool
) -> WordCounts:
    """From rows by district: matches read, those that fit, and those behind each of TALLIED."""
    wanted = set(places.codes(filters.kecamatan))
    names = {place.code: f"kecamatan:{place.slug}" for place in places.all}
    found = dict.fromkeys([*names.values(), *TALLIED], 0)
    for code, _read, fits, *counts in rows:
        if code in names:
            found[names[code]] = fits
        if not wanted or code in wanted:
            for option, count in zip(TALLIED, counts, strict=True):
                found[option] += count
    return WordCounts(found, is_least)


def count_words(
    filters: Filters, places: Places, question: Question, present: Mapping[int, Pickup] | None
) -> WordCounts:
    """By one query; `filters.q` is in the spelling that was answered."""
    member = tuple(kind for kind in filters.lencana if kind == MEMBER)
    unnarrowed = replace(filters, kecamatan=(), halal=(), lencana=member, tersedia=False)
    among = conditions(unnarrowed, places, present).asked
    matching, is_cut = first_matches(among, filters.q, question)
    rows = _rows(filters, matching)
    is_least = is_cut or sum(row[1] for row in rows) > COUNTED
    return counts_of(rows, places, filters, is_least=is_least)


def _key(filters: Filters) -> Filters:
    return replace(filters, urut="", setelah="", sebelum="", notes=())


def _rows(filters: Filters, matching: Where) -> list[tuple[Any, ...]]:
    """Each option is counted as if its own group were not filtered by; badges add up."""
    halal = f"marks & {filters.halal_bits} <> 0" if filters.halal_bits else "true"
    badges = f"marks & {filters.badge_bits} = {filters.badge_bits}"
    stock = "NOT sold_out" if filters.tersedia else "true"
    fits = {
        **{f"halal:{mark}": f"{badges} AND {stock}" for mark in HALAL},
        **{f"lencana:{kind}": f"{halal} AND {badges} AND {stock}" for kind in BADGES},
        "tersedia:1": f"{halal} AND {badges}",
    }
    columns = tally_columns(f"{halal} AND {badges} AND {stock}", fits)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM (SELECT kecamatan_id, marks, sold_out"  # noqa: S608
            f" FROM catalog_product WHERE {matching.sql} LIMIT %s) AS first GROUP BY kecamatan_id",
            [*matching.values, COUNTED + 1],
        )
        return list(cursor.fetchall())
