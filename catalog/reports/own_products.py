"""An owner's list of her goods: what she looks for, what is to be done, how often each was seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.choices import ProductStatus
from catalog.models import Product, ProductWeek
from catalog.models.counts import week_of
from catalog.models.product_query import ProductQuerySet
from umkm_portal.lib.dates import tanggal_pendek

WEEKS = 8
FILTERED_FROM = 20
"""With fewer goods a search is more to read than the list."""
SOLD_OUT = "habis"


@dataclass(frozen=True)
class Sums:
    """`views` and `clicks` of this week; `bars` are the clicks of the last weeks, new on top."""

    views: int
    clicks: int
    bars: list[tuple[str, int]]

    @property
    def most(self) -> int:
        """What fills a bar; never 0, so that no bar is divided by nothing."""
        return max(1, *(clicks for _label, clicks in self.bars))

    @property
    def has_any(self) -> bool:
        return self.views > 0 or any(clicks for _label, clicks in self.bars)


def filters() -> list[tuple[str, str]]:
    """The choices above the list, by their value in the address."""
    states = [(str(state.value), str(state.label)) for state in ProductStatus]
    return [("", _("Semua")), *states, (SOLD_OUT, _("Habis"))]


def choose(products: ProductQuerySet, *, text: str, state: str) -> ProductQuerySet:
    """Narrow to names that hold every word of `text`, and to a value of `filters`."""
    for word in text.split()[:6]:
        products = products.filter(name__icontains=word)
    if state in ProductStatus.values:
        products = products.filter(status=state)
    if state == SOLD_OUT:
        products = products.filter(Q(status=ProductStatus.LIVE), sold_out=True)
    return products


def sums_of(products: Sequence[Product], *, on: date) -> dict[int, Sums]:
    """What was counted of each, in one query."""
    this = week_of(on)
    weeks = [this - timedelta(weeks=back) for back in range(WEEKS)]
    counted = {
        (row.product_id, row.week): row
        for row in ProductWeek.objects.filter(product__in=products).since(weeks[-1])
    }
    nothing = ProductWeek()
    labels = [_label(week) for week in weeks]
    return {
        product.pk: Sums(
            counted.get((product.pk, this), nothing).views,
            counted.get((product.pk, this), nothing).clicks,
            [
                (label, counted.get((product.pk, week), nothing).clicks)
                for label, week in zip(labels, weeks, strict=True)
            ],
        )
        for product in products
    }


def _label(week: date) -> str:
    """The days of a week: "23–29 Nov"."""
    first, last = tanggal_pendek(week).rsplit(" ", 1)[0], tanggal_pendek(week + timedelta(days=6))
    last = last.rsplit(" ", 1)[0]
    start, month = first.split(" ", 1)
    return f"{start}–{last}" if last.endswith(month) else f"{first} – {last}"
