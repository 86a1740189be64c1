"""Who brings what to which day: for the seller's own list, and for shoppers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from events.models import BoothPlace, BroughtProduct, EventDay
from members.models import Business


@dataclass(frozen=True)
class Goods:
    """One seller's choice for a day: all that may be ticked, and what is ticked to begin with.

    `is_from_last_time` says that the ticks are those of an earlier day and not yet sent.
    """

    products: list[Product]
    ticked: set[int]
    is_listed: bool
    is_from_last_time: bool
    hours_left: int

    @property
    def is_open(self) -> bool:
        return self.hours_left >= 0


def goods_of(place: BoothPlace, *, at: datetime) -> Goods:
    """Three queries; without any list before, everything is ticked."""
    products = list(Product.objects.visible().of(place.business).order_by("name", "pk"))
    known = {product.pk for product in products}
    rows = BroughtProduct.objects.of(place.business)
    now = set(rows.filter(day=place.day).values_list("product", flat=True))
    last = set() if now else _last_list(place)
    seconds = (place.day.goods_close_at - at).total_seconds()
    return Goods(
        products,
        ticked=(now or last or known) & known,
        is_listed=bool(now),
        is_from_last_time=bool(last & known),
        hours_left=int(seconds // 3600) if seconds > 0 else -1,
    )


def listed_products() -> ArraySubquery:
    """For places: the keys of what their sellers listed for the day; empty without a list."""
    mine = BroughtProduct.objects.filter(
        day=OuterRef("day"), product__business=OuterRef("business")
    )
    return ArraySubquery(mine.values("product"))


def brought_to(days: Collection[EventDay]) -> ProductQuerySet:
    """What shoppers will find on any of these days."""
    mine = {"day": OuterRef("day"), "product__business": OuterRef("business")}
    listed = BroughtProduct.objects.filter(day=OuterRef("day"), product=OuterRef(OuterRef("pk")))
    places = (
        BoothPlace.objects.shown()
        .filter(day__in=days, business=OuterRef("business"))
        .filter(Q(Exists(listed)) | ~Q(Exists(BroughtProduct.objects.filter(**mine))))
    )
    return Product.objects.visible().filter(Exists(places))


def _last_list(place: BoothPlace) -> set[int]:
    """Of the nearest earlier day, else of any other, this business made a list for."""
    rows = BroughtProduct.objects.of(place.business).exclude(day=place.day)
    return _newest_list(rows.filter(day__date__lte=place.day.date))


def last_list_of(business: Business) -> set[int]:
    """What she brought last; empty when she never made a list."""
    return _newest_list(BroughtProduct.objects.of(business))


def _newest_list(rows: QuerySet[BroughtProduct]) -> set[int]:
    newest = rows.order_by("-day__date", "-day").values("day")[:1]
    return set(rows.filter(day=newest).values_list("product", flat=True))
