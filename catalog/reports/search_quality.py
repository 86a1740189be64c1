"""How well the search answers questions whose answer is known."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from catalog.actions.vocabulary import count_words
from catalog.cards import Card
from catalog.models import Product
from catalog.reports.listing import Where
from catalog.reports.matching import answer
from catalog.search_days import known_figures

MOST_MEASURED = 50_000
MOST_LETTERS = 100


@dataclass
class Quality:
    """`places`: where the product of each pair stood, from 1; 0 when not on the first page."""

    places: list[int] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def recall(self, most: int) -> float:
        """The share of pairs whose product is among the first `most`."""
        return self._share(sum(1 for place in self.places if 0 < place <= most))

    @property
    def mrr(self) -> float:
        """The mean of 1 / place; 0 for what is not on the first page."""
        return self._share(sum(1 / place for place in self.places if place))

    def _share(self, of: float) -> float:
        return of / len(self.places) if self.places else 0.0


def measure(pairs: Iterable[tuple[str, str]], *, within: int = 5) -> Quality:
    """Ask each (query, expected product) as a shopper would; a miss is a place past `within`.

    Products that are not public count too: the words are measured, not the curators' work. Past
    MOST_MEASURED only public ones do, as only these have an index.
    """
    quality = Quality()
    with transaction.atomic():
        among = Where("true", [])
        if Product.objects.count() > MOST_MEASURED:
            among = Where("is_public", [])
        else:
            count_words(at=timezone.now(), only_public=False)
        for query, expected in pairs:
            _ask(among, query, expected, quality, within)
        # The count above was for this measurement only.
        transaction.set_rollback(True)
    known_figures(now=True)
    return quality


def _ask(among: Where, query: str, expected: str, quality: Quality, within: int) -> None:
    found = answer(among, query[:MOST_LETTERS])
    cards = found.page.cards + found.close
    place = next((at for at, card in enumerate(cards, 1) if _is_it(card, expected)), 0)
    quality.places.append(place)
    if not 0 < place <= within:
        first = cards[0].name if cards else "-"
        quality.misses.append(f"{query} -> {expected} (place {place or '-'}, first: {first})")


def _is_it(card: Card, expected: str) -> bool:
    """By name, key, slug or address, whatever the capitals and spaces."""
    wanted = _plain(expected)
    slug = card.url.strip("/").removeprefix("produk/")
    known = {_plain(card.name), str(card.pk), slug, slug.rpartition("-")[0], card.url}
    return wanted in known


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
