"""Which products answer a shopper's question, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from catalog.cards import Card, make_cards, pages_of
from catalog.filters import MEMBER, RELEVANT, Filters
from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from catalog.pickups import goods_of, pickups_of
from catalog.reports.facets import Counts, count_products, is_summed, option_counts, place_counts
from catalog.reports.listing import COUNTED, PAGE, conditions, list_page
from catalog.reports.mending import mend
from catalog.reports.places import Places, known_places
from members.models import KadinMembership

ORDERS = {
    "terbaru": ("-published_at", "-pk"),
    "termurah": ("price", "pk"),
    "termahal": ("-price", "-pk"),
    RELEVANT: ("-relevance", "-published_at", "-pk"),
}


@dataclass
class Found:
    """`count` stops at COUNTED + 1; `is_similar` says that nothing matched as it was written.

    `meant` is the question in mended spelling when that is what found the cards.
    """

    cards: list[Card] = field(default_factory=list)
    next_token: str = ""
    previous_token: str = ""
    count: int = 0
    is_similar: bool = False
    meant: str = ""
    # Of the filters' options, as far as they are known without reading every match.
    options: Counts = field(default_factory=dict)

    @property
    def is_uncounted(self) -> bool:
        return self.count > COUNTED

    def is_missed(self, filters: Filters) -> bool:
        """Whether the words alone, without filters or pages, had no answer in any spelling."""
        exact = bool(self.cards) and not self.is_similar
        narrowed = filters.applied or filters.kategori or filters.is_later_page
        return bool(filters.q) and not narrowed and not exact and not self.meant


def find_products(filters: Filters, places: Places | None = None) -> Found:
    """Two queries for what matches; some more, each small, when nothing does as written."""
    return _search(filters) if filters.q else _list(filters, places or known_places())


def _list(filters: Filters, places: Places) -> Found:
    present = pickups_of(None) if filters.hadir else None
    condition = conditions(filters, places, present)
    page = list_page(filters, condition.asked)
    for card in page.cards:
        if present and card.business_id in present:
            card.stall_tag = present[card.business_id].tag
    options = option_counts(filters, places)
    if not is_summed(filters):
        options = place_counts(condition)
        count = options[""]
    elif page.is_whole:
        count = len(page.cards)
    else:
        count = count_products(filters, places, condition.asked)
    return Found(page.cards, page.next_token, page.previous_token, count, options=options)


def _search(filters: Filters) -> Found:
    refresh_lexicon()
    narrowed = _narrow(Product.objects.visible(), filters)
    matching = narrowed.search(filters.q)
    rows = _ranked(matching, filters.q) if filters.sort == RELEVANT else matching
    order = ORDERS[filters.sort]
    page = pages_of(rows, order=order, token=filters.setelah, before=filters.sebelum, size=PAGE)
    if page.cards:
        count = len(page.cards) if page.is_whole else _count(matching)
        return Found(page.cards, page.next_token, page.previous_token, count)
    return _close(narrowed, filters)


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
    if MEMBER in filters.lencana:
        members = KadinMembership.objects.in_good_standing(on=timezone.localdate())
        products = products.filter(business__in=members.order_by().values("business"))
    if filters.hadir:
        with_all, listed = goods_of(pickups_of(None))
        products = products.filter(Q(business__in=with_all) | Q(pk__in=listed))
    products = products.marked(any_of=filters.halal_bits, all_of=filters.badge_bits)
    return products.priced(filters.harga_min, filters.harga_maks)


def _ranked(products: ProductQuerySet, text: str) -> ProductQuerySet:
    return _newest_of(products).with_relevance(text)


def _newest_of(products: ProductQuerySet) -> ProductQuerySet:
    """Ranking reads every match, so a common word is ranked over its newest thousand only."""
    return Product.objects.filter(pk__in=products.newest().values("pk")[:COUNTED])


def _count(products: ProductQuerySet) -> int:
    return products.order_by().values("pk")[: COUNTED + 1].count()
