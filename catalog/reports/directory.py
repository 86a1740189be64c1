"""The directory of businesses: one index in the order of names, whatever is asked of it.

Written as SQL, since half of a page's time went into building the same query again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from time import time
from typing import Any, NamedTuple

from django.db import connection, transaction

from catalog.badges import standing_sql
from members.actions.naming import sort_key_of
from members.choices import Sector
from members.models import Kecamatan
from umkm_portal.lib.paginate import decode_token, encode_token
from umkm_portal.lib.prepared import prepared

PAGE = 24
# Of all names, and of those that hold the word further on: each has tokens of its own.
ORDER = ("sort_key", "pk")
INNER_ORDER = ("sort_key", "id")
LETTERS = ("0", *"abcdefghijklmnopqrstuvwxyz")
"""A letter, or "0" for names that begin with a digit or a sign."""
SIMILAR = 0.4
"""How much of a misspelt word must be in a name; "batk" and "batik" share 0.6, "btaik" 0.4."""
_SECTORS = {sector.value: sector.label for sector in Sector}
_TONES = {Sector.KULINER.value: "kuliner", Sector.FASHION.value: "fashion"}
# The inner select finds the rows in the index of names; the rest is read for one page only.
_PAGE = """
SELECT b.id, b.sort_key, b.name, b.slug, b.sector, k.name, d.name,
  EXISTS (SELECT 1 FROM ({kadin}) AS s(business_id) WHERE s.business_id = b.id),
  EXISTS (SELECT 1 FROM ({jakpreneur}) AS s(business_id) WHERE s.business_id = b.id)
FROM (SELECT id, {rank} AS rank FROM members_business WHERE {where} ORDER BY {order} LIMIT {limit})
  AS page
JOIN members_business b ON b.id = page.id
JOIN members_kelurahan k ON k.code = b.kelurahan_id
JOIN members_kecamatan d ON d.code = k.kecamatan_id
ORDER BY page.rank DESC, b.sort_key, b.id
"""
_BY_NAME = "sort_key, id"
IN_ORDER = ("is_listed", "sort_key >", "sort_key <", "(sort_key, id) >")


@dataclass(frozen=True)
class Asked:
    """What makes sense of what was asked; `setelah` is a page's token."""

    q: str = ""
    kecamatan: str = ""
    bidang: str = ""
    huruf: str = ""
    setelah: str = ""

    @property
    def filters(self) -> dict[str, str]:
        kept = {"q": self.q, "kecamatan": self.kecamatan, "bidang": self.bidang}
        return {name: value for name, value in {**kept, "huruf": self.huruf}.items() if value}


@dataclass(frozen=True)
class Entry:
    """One business as `business_list.html` shows it."""

    name: str
    url: str
    letter: str
    tone: str
    about: str
    is_kadin: bool
    is_jakpreneur: bool


@dataclass
class Directory:
    """`is_similar`: nothing was written that way, these come close."""

    rows: list[Entry] = field(default_factory=list)
    next_token: str = ""
    is_similar: bool = False


class Where(NamedTuple):
    sql: str
    values: list[Any]

    def also(self, sql: str, *values: Any) -> Where:
        return Where(f"{self.sql} AND {sql}", [*self.values, *values])


def find_businesses(asked: Asked, *, on: date) -> Directory:
    """One query for a page of the list, two for a search, and two more when it was misspelt."""
    listed = _narrowed(asked)
    if not asked.q:
        return _page(listed, decode_token(asked.setelah, order=ORDER), on, order=ORDER)
    key = sort_key_of(asked.q)
    inner = _holding(listed, key)
    further = decode_token(asked.setelah, order=INNER_ORDER)
    if further is not None:
        return _page(inner, further, on, order=INNER_ORDER)
    begins = listed.also("sort_key >= %s AND sort_key < %s", key, _after(key))
    found = _page(begins, decode_token(asked.setelah, order=ORDER), on, order=ORDER)
    missing = PAGE - len(found.rows)
    if found.next_token or not missing:
        return found
    more = _page(inner, None, on, order=INNER_ORDER, size=missing)
    found = Directory([*found.rows, *more.rows], more.next_token)
    if found.rows or asked.setelah or len(key) < 3:
        return found
    return _similar(listed, key, on)


def places() -> Sequence[Kecamatan]:
    """The ten districts; asked for once a minute, since every page offers them."""
    return _places(int(time() // 60))


@lru_cache(maxsize=1)
def _places(_minute: int) -> tuple[Kecamatan, ...]:
    return tuple(Kecamatan.objects.all())


def _narrowed(asked: Asked) -> Where:
    listed = Where("is_listed", [])
    if asked.bidang:
        listed = listed.also("sector = %s", asked.bidang)
    code = next((place.code for place in places() if place.slug == asked.kecamatan), "")
    if code:
        # A kelurahan's code begins with its kecamatan's.
        begin = f"{code}."
        listed = listed.also("kelurahan_id >= %s AND kelurahan_id < %s", begin, _after(begin))
    if asked.huruf == "0":
        return listed.also("sort_key < 'a'")
    if asked.huruf:
        return listed.also("sort_key >= %s AND sort_key < %s", asked.huruf, _after(asked.huruf))
    return listed


def _holding(listed: Where, key: str) -> Where:
    """Names with every word somewhere, but not at the beginning all of it."""
    for word in key.split():
        listed = listed.also("sort_key LIKE %s", f"%{_literal(word)}%")
    return listed.also("sort_key NOT LIKE %s", f"{_literal(key)}%")


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _after(key: str) -> str:
    """The first text behind all that begin with `key`."""
    return f"{key}\U0010ffff"


def _page(
    where: Where, place: list[Any] | None, on: date, *, order: Sequence[str], size: int = PAGE
) -> Directory:
    if place is not None:
        where = where.also("(sort_key, id) > (%s, %s)", *place)
    sql, values = _statement(where, on, size + 1)
    # A range of names is read in their order, whatever names they are; anything else is planned by
    # how many there are of it.
    is_range = all(part.startswith(IN_ORDER) for part in where.sql.split(" AND "))
    with connection.cursor() as cursor:
        cursor.execute(prepared(sql, values) if is_range else sql, values)
        rows = cursor.fetchall()
    token = ""
    if len(rows) > size:
        last = rows[size - 1]
        token = encode_token(_Place(last[1], last[0], last[0]), order=order)
    return Directory(_entries(rows[:size]), token)


class _Place(NamedTuple):
    """What a token is made of."""

    sort_key: str
    pk: int
    id: int


def _similar(where: Where, key: str, on: date) -> Directory:
    close = where.also("%s <%% sort_key", key)
    with transaction.atomic(), connection.cursor() as cursor:
        threshold = ["pg_trgm.word_similarity_threshold", str(SIMILAR)]
        cursor.execute("SELECT set_config(%s, %s, true)", threshold)
        cursor.execute(*_statement(close, on, PAGE, closest_to=key))
        rows = cursor.fetchall()
    return Directory(_entries(rows), is_similar=bool(rows))


def _statement(
    where: Where, on: date, limit: int, *, closest_to: str = ""
) -> tuple[str, list[Any]]:
    (kadin, first), (jakpreneur, second) = standing_sql(on)
    rank = "word_similarity(%s, sort_key)" if closest_to else "0"
    order = f"rank DESC, {_BY_NAME}" if closest_to else _BY_NAME
    # The limit is written out: a plan for any limit would not stop after a page.
    sql = _PAGE.format(
        kadin=kadin, jakpreneur=jakpreneur, rank=rank, where=where.sql, order=order, limit=limit
    )
    ranked = [closest_to] if closest_to else []
    return sql, [*first, *second, *ranked, *where.values]


def _entries(rows: Iterable[tuple[Any, ...]]) -> list[Entry]:
    return [
        Entry(
            name=name,
            url=f"/usaha/{slug}/",
            letter=name[:1].upper(),
            tone=_TONES.get(sector, "kriya"),
            about=f"{_SECTORS.get(sector, '')} · {kelurahan}, {kecamatan}",
            is_kadin=is_kadin,
            is_jakpreneur=is_jakpreneur,
        )
        for _id, _key, name, slug, sector, kelurahan, kecamatan, is_kadin, is_jakpreneur in rows
    ]
