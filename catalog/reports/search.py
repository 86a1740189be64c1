"""Which products answer a shopper's question, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.utils import timezone

from catalog.cards import Card, pages_of
from catalog.filters import MEMBER, RELEVANT, Filters
from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from catalog.pickups import goods_of, pickups_of
from catalog.reports.commonness import ask
from catalog.reports.facets import Counts, count_products, is_summed, option_counts, place_counts
from catalog.reports.listing import COUNTED, PAGE, conditions, list_page
from catalog.reports.matching import answer
from catalog.reports.places import Places, known_places
from catalog.search_days import known_figures
from members.models import KadinMembership

MANY = 1000
COMMON_SHARE = 0.02
"""Of all products: a page in the order of price or date finds its 24 among twelve hundred."""
ORDERS = {
    "terbaru": ("-published_at", "-pk"),
    "termurah": ("price", "pk"),
    "termahal": ("-price", "-pk"),
}


@dataclass
class Found:
    """`count` stops at COUNTED + 1, or at what was ranked when `is_cut`.

    `is_similar`: nothing matched as it was written. `meant` is the question in mended spelling;
    `close` comes near it and stands below the cards.
    """

    cards: list[Card] = field(default_factory=list)
    next_token: str = ""
    previous_token: str = ""
    count: int = 0
    is_similar: bool = False
    meant: str = ""
    # Of the filters' options, as far as they are known without reading every match.
    options: Counts = field(default_factory=dict)
    close: list[Card] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_uncounted(self) -> bool:
        return self.is_cut or self.count > COUNTED

    @property
    def at_least(self) -> int:
        """What a page may say there is more of."""
        return self.count - self.count % 100 if self.is_cut and self.count < MANY else MANY

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
    narrowed = _narrow(Product.objects.visible(), filters)
    if filters.sort == RELEVANT:
        return _answer(narrowed, filters)
    refresh_lexicon()
    expected = ask(filters.q).expected
    is_common = expected > COMMON_SHARE * known_figures().products
    matching = narrowed.with_common_words(filters.q) if is_common else narrowed.search(filters.q)
    order = ORDERS[filters.sort]
    page = pages_of(matching, order=order, token=filters.setelah, before=filters.sebelum, size=PAGE)
    if not page.cards:
        return _answer(narrowed, replace(filters, setelah="", sebelum=""))
    count = len(page.cards)
    if not page.is_whole:
        count = COUNTED + 1 if is_common and expected > COUNTED * 2 else _count(matching)
    return Found(page.cards, page.next_token, page.previous_token, count)


def _answer(narrowed: ProductQuerySet, filters: Filters) -> Found:
    found = answer(narrowed, filters.q, token=filters.setelah, before=filters.sebelum)
    page = found.page
    return Found(
        page.cards,
        page.next_token,
        page.previous_token,
        found.count,
        is_similar=found.is_similar,
        meant=found.meant,
        close=found.close,
        is_cut=found.is_cut,
    )


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


def _count(products: ProductQuerySet) -> int:
    return products.order_by().values("pk")[: COUNTED + 1].count()
