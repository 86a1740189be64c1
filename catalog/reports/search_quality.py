"""How well the search answers questions whose answer is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from catalog.filters import Filters
from catalog.reports.search import find_products


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
    """Ask each (query, expected product) as a shopper would; a miss is a place past `within`."""
    quality = Quality()
    for query, expected in pairs:
        cards = find_products(Filters(q=query)).cards
        names = [_plain(card.name) for card in cards]
        place = names.index(_plain(expected)) + 1 if _plain(expected) in names else 0
        quality.places.append(place)
        if not 0 < place <= within:
            first = cards[0].name if cards else "-"
            quality.misses.append(f"{query} -> {expected} (place {place or '-'}, first: {first})")
    return quality


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
