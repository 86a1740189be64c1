"""Prices that look like a slip of the thumb: asked about, and never refused."""

from __future__ import annotations

from catalog.choices import Category

LEAST_LIKELY = 500
"""No coin below it is used any more; who types less left out three zeros."""
MOST_LIKELY = {
    Category.KULINER.value: 1_000_000,
    Category.FASHION.value: 10_000_000,
    Category.KERAJINAN.value: 25_000_000,
}


def likely_price(price: int, category: str) -> int | None:
    """Return what was probably meant, in whole rupiah; None for a price that is not odd."""
    if price < LEAST_LIKELY:
        return price * 1_000
    most = MOST_LIKELY.get(category, max(MOST_LIKELY.values()))
    if price <= most:
        return None
    meant = price
    while meant > most and meant % 10 == 0:
        meant //= 10
    return meant if meant <= most else None
