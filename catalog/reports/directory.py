"""The directory of businesses: one index in the order of names, whatever is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from time import time
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction

from catalog.badges import badges
from members.actions.naming import sort_key_of
from members.choices import Sector
from members.models import Business, Kecamatan
from members.models.business import BusinessQuerySet
from umkm_portal.lib.paginate import decode_token, keyset_page

PAGE = 24
ORDER = ("sort_key", "pk")
# The same order, of the names that hold the word further on: its pages have tokens of their own.
INNER_ORDER = ("sort_key", "id")
LETTERS = ("0", *"abcdefghijklmnopqrstuvwxyz")
"""A letter, or "0" for names that begin with a digit or a sign."""
SIMILAR = 0.4
"""How much of a misspelt word must be in a name; "batk" and "batik" share 0.6, "btaik" 0.4."""
COLUMNS = (
    "pk",
    "name",
    "slug",
    "sector",
    "sort_key",
    "kelurahan__name",
    "kelurahan__kecamatan__name",
)
_SECTORS = {sector.value: sector.label for sector in Sector}
_TONES = {Sector.KULINER.value: "kuliner", Sector.FASHION.value: "fashion"}


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


def find_businesses(asked: Asked, *, on: date) -> Directory:
    """One query for a page of the list, two for a search, and two more when it was misspelt."""
    listed = _narrowed(asked)
    if not asked.q:
        return _page(listed, ORDER, asked, on)
    key = sort_key_of(asked.q)
    inner = _holding(listed, key.split()).exclude(sort_key__startswith=key)
    if decode_token(asked.setelah, order=INNER_ORDER):
        return _page(inner, INNER_ORDER, asked, on)
    found = _page(listed.filter(sort_key__gte=key, sort_key__lt=_after(key)), ORDER, asked, on)
    if found.next_token:
        return found
    missing = PAGE - len(found.rows)
    more = _page(inner, INNER_ORDER, Asked(), on, size=max(missing, 1)) if missing else Directory()
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


def _narrowed(asked: Asked) -> BusinessQuerySet:
    listed = Business.objects.listed()
    if asked.bidang:
        listed = listed.filter(sector=asked.bidang)
    code = next((place.code for place in places() if place.slug == asked.kecamatan), "")
    if code:
        # A kelurahan's code begins with its kecamatan's.
        listed = listed.filter(kelurahan__gte=f"{code}.", kelurahan__lt=_after(f"{code}."))
    if asked.huruf == "0":
        listed = listed.filter(sort_key__lt="a")
    elif asked.huruf:
        listed = listed.filter(sort_key__gte=asked.huruf, sort_key__lt=_after(asked.huruf))
    return listed


def _holding(businesses: BusinessQuerySet, words: Sequence[str]) -> BusinessQuerySet:
    for word in words:
        businesses = businesses.filter(sort_key__contains=word)
    return businesses


def _after(key: str) -> str:
    """The first text behind all that begin with `key`."""
    return f"{key}\U0010ffff"


def _page(
    businesses: BusinessQuerySet, order: Sequence[str], asked: Asked, on: date, size: int = PAGE
) -> Directory:
    rows: Any = businesses.annotate(**badges(on=on)).values_list(
        *COLUMNS, "id", "is_kadin", "is_jakpreneur", named=True
    )
    page = keyset_page(rows, order=order, token=asked.setelah, size=size)
    return Directory([_entry(row) for row in page.rows], page.next_token)


def _similar(businesses: BusinessQuerySet, key: str, on: date) -> Directory:
    close = (
        businesses.filter(sort_key__trigram_word_similar=key)
        .annotate(**badges(on=on), closeness=TrigramWordSimilarity(key, "sort_key"))
        .order_by("-closeness", "sort_key", "pk")
    )
    rows: Any = close.values_list(*COLUMNS, "is_kadin", "is_jakpreneur", named=True)[:PAGE]
    with transaction.atomic(), connection.cursor() as cursor:
        threshold = ["pg_trgm.word_similarity_threshold", str(SIMILAR)]
        cursor.execute("SELECT set_config(%s, %s, true)", threshold)
        entries = [_entry(row) for row in rows]
    return Directory(entries, is_similar=bool(entries))


def _entry(row: Any) -> Entry:
    place = f"{row.kelurahan__name}, {row.kelurahan__kecamatan__name}"
    return Entry(
        name=row.name,
        url=f"/usaha/{row.slug}/",
        letter=row.name[:1].upper(),
        tone=_TONES.get(row.sector, "kriya"),
        about=f"{_SECTORS.get(row.sector, '')} · {place}",
        is_kadin=row.is_kadin,
        is_jakpreneur=row.is_jakpreneur,
    )
