"""The best products first, in one statement; as SQL, for the same reason as the list's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from catalog.cards import Card, CardPage, cards_of
from catalog.filters import BADGES, HALAL
from catalog.reports.listing import COLUMNS_OF_P, PAGE, Where, readable
from umkm_portal.lib.paginate import decode_token, encode_token
from umkm_portal.lib.search_text import word_query

ORDER = ("-relevance", "-published_at", "-id")
KEY = "catalog_search_key(search_vector, published_at) @@ %s::tsquery"
"""What the index over words answers."""
IN_NAME = 1_000_000
# Kind (D) and description (C) count little beside the name (A).
_WEIGHTS = "'{0.15, 0.1, 0.4, 1.0}'"
TALLIED = {
    **{f"halal:{mark}": f"marks & {bit} <> 0" for mark, bit in HALAL.items()},
    **{f"lencana:{kind}": f"marks & {bit} <> 0" for kind, bit in BADGES.items()},
    "tersedia:1": "NOT sold_out",
}
"""Options of the filters that are counted beside the districts, and who stands behind each."""


class Score(NamedTuple):
    """An expression of whole numbers, so that the edge of a page is sharp."""

    sql: str
    values: list[Any]


class Place(NamedTuple):
    """What a token is made of."""

    relevance: int
    published_at: Any
    id: int


class Ranked(NamedTuple):
    """`tally`, when asked for: the columns of `tally_columns` by district."""

    page: CardPage
    total: int
    tally: list[list[Any]]


def score_of_all(query: str, in_name: str) -> Score:
    """All words in the name first, then where they stand."""
    return Score(
        f"(CASE WHEN search_vector @@ %s::tsquery THEN {IN_NAME} ELSE 0 END"
        f" + round(ts_rank({_WEIGHTS}, search_vector, %s::tsquery) * 10000)::int)",
        [in_name, query],
    )


def score_of_some(worth: Mapping[str, int]) -> Score:
    """What each word met is worth, thrice that in the name."""
    case = (
        "CASE WHEN search_vector @@ %s::tsquery THEN %s"
        " WHEN search_vector @@ %s::tsquery THEN %s ELSE 0 END"
    )
    values: list[Any] = []
    for word, points in worth.items():
        values += [word_query(word, weight="A"), points * 3, word_query(word), points]
    return Score(f"({' + '.join([case] * len(worth))})", values)


def tally_columns(fits: str = "true", among: Mapping[str, str] | None = None) -> str:
    """The district, how many rows, how many of them fit, and for each of TALLIED how many it has
    of what `among` says."""
    conditions = [fits] + [
        f"{one} AND {among[option]}" if among else one for option, one in TALLIED.items()
    ]
    counts = ", ".join(f"count(*) FILTER (WHERE {each})" for each in conditions)
    return f"kecamatan_id, count(*), {counts}"


def ranked_page(
    condition: Where, score: Score, *, token: str = "", before: str = "", tallies: bool = False
) -> Ranked:
    """The page asked for and how many match; a token that is not ours gives the first one."""
    after = decode_token(token, order=ORDER)
    if after is None and (edge := decode_token(before, order=ORDER)) is not None:
        rows = _rows(condition, score, edge, limit=PAGE + 1, backwards=True, tallies=tallies)
        if len(rows) > PAGE:
            return _page(rows[:PAGE][::-1], has_next=True, has_previous=True)
    rows = _rows(condition, score, after, limit=PAGE + 1, tallies=tallies)
    return _page(rows[:PAGE], has_next=len(rows) > PAGE, has_previous=after is not None)


def best_cards(condition: Where, score: Score, *, limit: int) -> list[Card]:
    return _page(_rows(condition, score, None, limit=limit)).page.cards


def _rows(  # noqa: PLR0913  one statement, whatever is asked of it
    condition: Where,
    score: Score,
    place: Sequence[Any] | None,
    *,
    limit: int,
    backwards: bool = False,
    tallies: bool = False,
) -> list[tuple[Any, ...]]:
    sign, way = (">", "ASC") if backwards else ("<", "DESC")
    beyond = f"WHERE (relevance, published_at, id) {sign} (%s, %s, %s)" if place else ""
    order = f"relevance {way}, published_at {way}, id {way}"
    with connection.cursor() as cursor:
        cursor.execute(
            (_TALLYING if tallies else _RANKING).format(
                score=score.sql, matching=condition.sql, beyond=beyond, order=order, way=way
            ),
            [*score.values, *condition.values, *(place or ()), limit],
        )
        return list(cursor.fetchall())


_RANKING = f"""
SELECT page.relevance, page.total, NULL, {COLUMNS_OF_P}
FROM (
  SELECT * FROM (
    SELECT id, published_at, {{score}} AS relevance, count(*) OVER () AS total
    FROM catalog_product WHERE {{matching}}
  ) AS ranked {{beyond}} ORDER BY {{order}} LIMIT %s
) AS page JOIN catalog_product p ON p.id = page.id
ORDER BY page.relevance {{way}}, page.published_at {{way}}, page.id {{way}}
"""  # noqa: S608  names of our own columns
# Counted where the matches lie ready: to read them once more would cost three times as much.
_TALLYING = f"""
WITH ranked AS MATERIALIZED (
  SELECT id, published_at, kecamatan_id, marks, sold_out, {{score}} AS relevance
  FROM catalog_product WHERE {{matching}}
), page AS (
  SELECT id, published_at, relevance FROM ranked {{beyond}} ORDER BY {{order}} LIMIT %s
)
SELECT page.relevance, (SELECT count(*) FROM ranked), (
    SELECT json_agg(tally)::text FROM (
      SELECT json_build_array({tally_columns()}) AS tally FROM ranked GROUP BY kecamatan_id
    ) AS by_district
  ), {COLUMNS_OF_P}
FROM page JOIN catalog_product p ON p.id = page.id
ORDER BY page.relevance {{way}}, page.published_at {{way}}, page.id {{way}}
"""  # noqa: S608  names of our own columns


def _page(
    rows: list[tuple[Any, ...]], *, has_next: bool = False, has_previous: bool = False
) -> Ranked:
    if not rows:
        return Ranked(CardPage([]), 0, [])
    cards = cards_of(readable(row[3:]) for row in rows)
    first, last = _place(rows[0], cards[0]), _place(rows[-1], cards[-1])
    page = CardPage(
        cards,
        encode_token(last, order=ORDER) if has_next else "",
        encode_token(first, order=ORDER) if has_previous else "",
    )
    return Ranked(page, int(rows[0][1]), json.loads(rows[0][2]) if rows[0][2] else [])


def _place(row: tuple[Any, ...], card: Card) -> Place:
    return Place(int(row[0]), card.published_at, card.pk)
