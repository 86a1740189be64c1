"""Where a seller can be met in the coming days.

Booths belong to an app above this one. It puts its answer here when it starts, so that the order
text can name a booth and nothing here imports upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from catalog.models import Product
from umkm_portal.lib.dates import tanggal_pendek

FRIDAY = 4


@dataclass(frozen=True)
class Pickup:
    """The next day on which a seller stands at a booth, at most a week ahead.

    `products` are the keys of what the seller brings; None when no list was made, which is all.
    """

    day: date
    booth: str
    venue: str
    url: str
    products: frozenset[int] | None = None

    @property
    def tag(self) -> str:
        """For a card: "Jumat ini · A07"; it is at most a week ahead."""
        when = _("Jumat ini") if self.day.weekday() == FRIDAY else tanggal_pendek(self.day)
        return f"{when} · {self.booth}"

    def brings(self, product: Product) -> bool:
        return self.products is None or product.pk in self.products

    def is_for(self, product: Product, *, today: date) -> bool:
        """Whether an order of today is ready by then, and brought along."""
        return self.brings(product) and self.day >= earliest_pickup(product, today=today)


def earliest_pickup(product: Product, *, today: date) -> date:
    """When what is ordered today is ready: today itself, or `lead_days` later."""
    return today + timedelta(days=product.lead_days)


Finder = Callable[[Collection[int] | None], dict[int, Pickup]]
_finders: list[Finder] = []


def find_pickups_with(finder: Finder) -> None:
    """`finder` gets keys of businesses and returns those that are somewhere.

    None asks for all who are.
    """
    if finder not in _finders:
        _finders.append(finder)


def pickups_of(businesses: Collection[int] | None) -> dict[int, Pickup]:
    found: dict[int, Pickup] = {}
    for finder in _finders:
        found |= finder(businesses)
    return found


def goods_of(present: Mapping[int, Pickup]) -> tuple[list[int], list[int]]:
    """Businesses that bring everything, and the products of those that made a list."""
    with_all = [business for business, pickup in present.items() if pickup.products is None]
    return with_all, [pk for pickup in present.values() for pk in pickup.products or ()]
