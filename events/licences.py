"""Which licences a seller should have on a market day, and how hers stand that day.

One answer for what she reads, what staff see, and how complete she is when seats are given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from catalog.choices import Category, FoodMark
from catalog.models import Product
from members.choices import DocumentKind, DocumentState, Sector
from members.models import Document

Kinds = tuple[DocumentKind, ...]
"""One line of the list: any of these will do, the first is the one to upload."""
# Food needs one of the two permits: P-IRT for the home kitchen, BPOM for the factory.
FOOD_PERMIT: Kinds = (DocumentKind.PIRT, DocumentKind.BPOM)
GOOD = frozenset([DocumentState.VALID, DocumentState.SOON])


@dataclass(frozen=True)
class Licences:
    """Of several businesses, by their keys."""

    needed: dict[int, list[Kinds]]
    held: dict[int, list[Document]]

    def states(self, business: int, *, on: date) -> list[tuple[Kinds, set[DocumentState]]]:
        """Each line of her list, and how what she uploaded for it stands that day."""
        held = self.held.get(business, [])
        return [
            (kinds, {row.state(on=on) for row in held if row.kind in kinds})
            for kinds in self.needed[business]
        ]

    def complete(self, business: int, *, on: date) -> int:
        """Percent of her list that is there and in date; each line counts the same."""
        lines = self.states(business, on=on)
        return sum(bool(states & GOOD) for _kinds, states in lines) * 100 // len(lines)


def licences_of(sellers: Mapping[int, str]) -> Licences:
    """By the key of the business its sector; two queries, however many there are."""
    held: dict[int, list[Document]] = defaultdict(list)
    for document in Document.objects.in_vault().current().filter(business__in=list(sellers)):
        held[document.business_id].append(document)
    cooks = [business for business, sector in sellers.items() if sector == Sector.KULINER]
    halal = _with_food_that_may_be_halal(cooks) if cooks else set()
    needed = {
        business: _needed(sector, is_halal=business in halal)
        for business, sector in sellers.items()
    }
    return Licences(needed, dict(held))


def _needed(sector: str, *, is_halal: bool) -> list[Kinds]:
    needed: list[Kinds] = [(DocumentKind.NIB,)]
    if sector == Sector.KULINER:
        needed.append(FOOD_PERMIT)
        if is_halal:
            needed.append((DocumentKind.HALAL,))
    return needed


def _with_food_that_may_be_halal(sellers: list[int]) -> set[int]:
    food = Product.objects.visible().filter(business__in=sellers, category=Category.KULINER)
    rows = food.exclude(food_mark=FoodMark.NON_HALAL).values_list("business_id", flat=True)
    return set(rows.distinct())
