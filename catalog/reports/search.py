"""Which products answer a shopper's question, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from catalog.cards import Card, card_page, make_cards
from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from catalog.models.product import ProductQuerySet
from catalog.reports.mending import mend

RELEVANT = "cocok"
PAGE = 24
# A million rows are never counted: beyond this the page says "lebih dari".
COUNTED = 1000
ORDERS = {
    "terbaru": ("-published_at", "-pk"),
    "termurah": ("price", "pk"),
    "termahal": ("-price", "-pk"),
    RELEVANT: ("-relevance", "-published_at", "-pk"),
}


@dataclass(frozen=True)
class Filters:
    """Cleaned GET values; the empty value of each means "all"."""

    q: str = ""
    kategori: str = ""
    kecamatan: tuple[str, ...] = ()
    harga_min: int | None = None
    harga_maks: int | None = None
    tersedia: bool = False
    urut: str = ""
    setelah: str = ""

    @property
    def sort(self) -> str:
        asked = self.urut or RELEVANT
        return "terbaru" if asked == RELEVANT and not self.q else asked

    @property
    def applied(self) -> int:
        """How many filters of the sheet are on."""
        return len(self.kecamatan) + sum(
            (self.harga_min is not None, self.harga_maks is not None, self.tersedia)
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As in an address; the page token is left out, since other filters make it stale."""
        values: list[tuple[str, Any]] = [
            ("q", self.q),
            ("kategori", self.kategori),
            *(("kecamatan", slug) for slug in self.kecamatan),
            ("harga_min", self.harga_min),
            ("harga_maks", self.harga_maks),
            ("tersedia", "1" if self.tersedia else ""),
            ("urut", self.urut),
        ]
        return [(name, str(value)) for name, value in values if value not in {None, ""}]

    def url(self, path: str, **changes: Any) -> str:
        pairs = replace(self, **changes).pairs()
        if path != "/katalog/":
            pairs = [pair for pair in pairs if pair[0] != "kategori"]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def next_url(self, path: str, token: str) -> str:
        """The page after this one, or "" when there is none."""
        if not token:
            return ""
        address = self.url(path)
        return f"{address}{'&' if '?' in address else '?'}{urlencode({'setelah': token})}"


@dataclass
class Found:
    """`count` stops at COUNTED + 1; `is_similar` says that nothing matched as it was written.

    `meant` is the question in mended spelling when that is what found the cards.
    """

    cards: list[Card] = field(default_factory=list)
    next_token: str = ""
    count: int = 0
    is_similar: bool = False
    meant: str = ""

    @property
    def is_uncounted(self) -> bool:
        return self.count > COUNTED

    def is_missed(self, filters: Filters) -> bool:
        """Whether the words alone, without filters or pages, had no answer in any spelling."""
        exact = bool(self.cards) and not self.is_similar
        narrowed = filters.applied or filters.kategori or filters.setelah
        return bool(filters.q) and not narrowed and not exact and not self.meant


def find_products(filters: Filters) -> Found:
    """Two queries for what matches; some more, each small, when nothing does as written."""
    if filters.q:
        refresh_lexicon()
    narrowed = _narrow(Product.objects.visible(), filters)
    matching = narrowed.search(filters.q) if filters.q else narrowed
    rows = _ranked(matching, filters.q) if filters.sort == RELEVANT else matching
    order = ORDERS[filters.sort]
    cards, next_token = card_page(rows, order=order, token=filters.setelah, size=PAGE)
    if cards:
        count = len(cards) if _is_whole(next_token, filters) else _count(matching)
        return Found(cards, next_token, count)
    return _close(narrowed, filters) if filters.q else Found()


def _close(narrowed: ProductQuerySet, filters: Filters) -> Found:
    """The mended spelling; then some of the words; then names that look alike."""
    text = mend(filters.q)
    if text:
        meant = _ranked(narrowed.search(text), text)
        cards = make_cards(meant.order_by(*ORDERS[RELEVANT]), limit=PAGE)
        if cards:
            return Found(cards, count=len(cards), is_similar=True, meant=text)
    text = text or filters.q
    some = _newest_of(narrowed.search_any(text)).with_words_met(text)
    cards = make_cards(some.order_by(*ORDERS[RELEVANT]), limit=PAGE)
    cards = cards or make_cards(narrowed.sounding_like(filters.q), limit=PAGE)
    return Found(cards, count=len(cards), is_similar=bool(cards))


def _narrow(products: ProductQuerySet, filters: Filters) -> ProductQuerySet:
    if filters.kategori:
        products = products.in_category(filters.kategori)
    if filters.kecamatan:
        products = products.in_kecamatan(*filters.kecamatan)
    if filters.tersedia:
        products = products.available()
    return products.priced(filters.harga_min, filters.harga_maks)


def _ranked(products: ProductQuerySet, text: str) -> ProductQuerySet:
    return _newest_of(products).with_relevance(text)


def _newest_of(products: ProductQuerySet) -> ProductQuerySet:
    """Ranking reads every match, so a common word is ranked over its newest thousand only."""
    return Product.objects.filter(pk__in=products.newest().values("pk")[:COUNTED])


def _is_whole(next_token: str, filters: Filters) -> bool:
    return not next_token and not filters.setelah


def _count(products: ProductQuerySet) -> int:
    return products.order_by().values("pk")[: COUNTED + 1].count()
