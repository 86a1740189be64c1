"""The days of publication as the index over words knows them, and the last count of products."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone

from catalog.models import SearchCount

FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
"""The day 0 of `catalog_search_key`."""
BLOCK = 30
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Figures:
    """`days` are (days since FIRST_DAY, products that came out then), the newest first."""

    products: int = 0
    days: tuple[tuple[int, int], ...] = ()

    @property
    def newest(self) -> int:
        return self.days[0][0] if self.days else -1


_kept: dict[str, tuple[float, Figures]] = {}


def known_figures(*, now: bool = False) -> Figures:
    """The last count, read again when a minute old, or `now`."""
    read_at, figures = _kept.get("figures", (float("-inf"), Figures()))
    if now or time.monotonic() - read_at > KEPT_SECONDS:
        row = SearchCount.objects.first()
        days = tuple((int(day), int(count)) for day, count in row.days) if row else ()
        figures = Figures(row.products, days) if row else Figures()
        _kept["figures"] = (time.monotonic(), figures)
    return figures


def days_since_first(at: datetime | None = None) -> int:
    return ((at or timezone.now()) - FIRST_DAY).days


def day_mark(number: int, *, block: bool = False) -> str:
    """The day, or the block of days, as a quoted word of a tsquery."""
    return f"'#{'m' if block else 'd'}{number}'"
