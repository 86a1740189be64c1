"""Which products answer a shopper's question, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.cards import Card
from catalog.filters import RELEVANT, Filters
from catalog.lexicon import refresh_lexicon
from catalog.pickups import Pickup, pickups_of
from catalog.reports.commonness import Question, ask
from catalog.reports.facets import Counts, count_products, is_summed, option_counts, place_counts
from catalog.reports.listing import COUNTED, Where, conditions, count_upto, list_page
from catalog.reports.matching import answer
from catalog.reports.places import Places, known_places
from catalog.reports.ranking import KEY
from catalog.reports.word_counts import (
    WordCounts,
    can_tally,
    count_words,
    counts_of,
    keep_counts,
    known_counts,
)
from catalog.search_days import known_figures
from umkm_portal.lib.search_text import search_query

MANY = 1000
COMMON_SHARE = 0.02
"""Of all products: a page in the order of price or date finds its 24 among twelve hundred."""


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
    # They are "at least": more products have the words than were counted.
    options_are_least: bool = False
    # In whose words the cards are, and what was counted by district while they were ranked.
    question: Question | None = None
    tally: list[list[Any]] = field(default_factory=list)
    close: list[Card] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_uncounted(self) -> bool:
        return self.is_cut or self.count > COUNTED

    @property
    def at_least(self) -> int:
        """What a page may say there is more of, in tens or hundreds."""
        if not self.is_cut or self.count >= MANY:
            return MANY
        return self.count - self.count % (100 if self.count >= 100 else 10)

    def is_missed(self, filters: Filters) -> bool:
        """Whether the words alone, without filters or pages, had no answer in any spelling."""
        exact = bool(self.cards) and not self.is_similar
        narrowed = filters.applied or filters.kategori or filters.is_later_page
        return bool(filters.q) and not narrowed and not exact and not self.meant


def find_products(filters: Filters, places: Places | None = None) -> Found:
    """Two queries for what matches; some more, each small, when nothing does as written."""
    places = places or known_places()
    return _search(filters, places) if filters.q else _list(filters, places)


def _list(filters: Filters, places: Places) -> Found:
    present = pickups_of(None) if filters.hadir else None
    condition = conditions(filters, places, present)
    page = list_page(filters, condition.asked)
    _tell_booths(page.cards, present)
    options = option_counts(filters, places)
    if not is_summed(filters):
        options = place_counts(condition)
        count = options[""]
    elif page.is_whole:
        count = len(page.cards)
    else:
        count = count_products(filters, places, condition.asked)
    return Found(page.cards, page.next_token, page.previous_token, count, options=options)


def _search(filters: Filters, places: Places) -> Found:
    present = pickups_of(None) if filters.hadir else None
    among = conditions(filters, places, present).asked
    known = known_counts(filters)
    found = _ordered(filters, among) if filters.sort != RELEVANT else Found()
    if not found.cards:
        found = _answer(filters, among, tallies=known is None and can_tally(filters))
    counts = known or _count_options(filters, places, found, present)
    if counts is not None:
        found.options, found.options_are_least = counts
    _tell_booths(found.cards + found.close, present)
    return found


def _count_options(
    filters: Filters, places: Places, found: Found, present: Mapping[int, Pickup] | None
) -> WordCounts | None:
    """In the order of price or date none: who sorts has searched just before."""
    if found.tally:
        counts = counts_of(found.tally, places, filters, is_least=found.is_cut)
    elif (
        filters.sort == RELEVANT
        and found.question
        and (found.cards or found.question.expected >= 1)
    ):
        said = found.meant if found.is_similar and found.meant else filters.q
        counts = count_words(replace(filters, q=said), places, found.question, present)
    else:
        return None
    return keep_counts(filters, counts)


def _ordered(filters: Filters, among: Where) -> Found:
    """By price or date, as the list is, of those with the words."""
    refresh_lexicon()
    query, expected = search_query(filters.q), ask(filters.q).expected
    if not query:
        return Found()
    matching = among.also("search_vector @@ %s::tsquery", query)
    is_common = expected > COMMON_SHARE * known_figures().products
    if not is_common:
        # Said of the index too: else few matches would be looked for in the whole order.
        matching = matching.also(KEY, query)
    page = list_page(filters, matching)
    count = len(page.cards)
    if not page.is_whole:
        is_surely_many = is_common and expected > COUNTED * 2
        count = COUNTED + 1 if is_surely_many else count_upto(matching)
    return Found(page.cards, page.next_token, page.previous_token, count)


def _answer(filters: Filters, among: Where, *, tallies: bool) -> Found:
    is_ranked = filters.sort == RELEVANT
    token, before = (filters.setelah, filters.sebelum) if is_ranked else ("", "")
    found = answer(among, filters.q, token=token, before=before, tallies=tallies)
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
        question=found.question,
        tally=found.tally,
    )


def _tell_booths(cards: Iterable[Card], present: Mapping[int, Pickup] | None) -> None:
    for card in cards:
        if present and card.business_id in present:
            card.stall_tag = present[card.business_id].tag
