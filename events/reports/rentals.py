"""Tables, chairs and power of a market day: what is there, what is given out, what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import SEATED, PlaceStatus
from events.models import BoothPlace, Edition, EventDay

ITEMS: list[tuple[str, str, Any]] = [
    ("tables", "tables_stock", gettext_lazy("Meja")),
    ("chairs", "chairs_stock", gettext_lazy("Kursi")),
    ("power_watts", "watts_stock", gettext_lazy("Listrik (watt)")),
]
ASKING = (PlaceStatus.APPLIED, PlaceStatus.RETURNED, PlaceStatus.WAITLISTED)


@dataclass(frozen=True)
class Stock:
    """`given` to who has a place or an offer of one; `asked` by who still waits for an answer."""

    name: str
    label: str
    stock: int
    given: int
    asked: int

    @property
    def left(self) -> int:
        return self.stock - self.given

    @property
    def short(self) -> int:
        return max(-self.left, 0)

    @property
    def sentence(self) -> str:
        words = {"left": _dots(self.left), "stock": _dots(self.stock), "n": _dots(self.short)}
        if self.short:
            return _("kurang %(n)s dari persediaan %(stock)s") % words
        return _("sisa %(left)s dari %(stock)s") % words


def stock_of(day: EventDay) -> list[Stock]:
    """Empty for an edition that takes no applications; two queries."""
    edition = Edition.objects.filter(event=day.event_id).first()
    if edition is None:
        return []
    sums = day.places.order_by().aggregate(
        **{
            f"{name}_{word}": Sum(name, filter=Q(status__in=statuses), default=0)
            for name, _stock, _label in ITEMS
            for word, statuses in [("given", SEATED), ("asked", ASKING)]
        }
    )
    return [
        Stock(
            name, str(label), getattr(edition, stock), sums[f"{name}_given"], sums[f"{name}_asked"]
        )
        for name, stock, label in ITEMS
    ]


def short_sentence(day: EventDay, place: BoothPlace) -> str:
    """What there would not be enough of for her, were she let in as well; empty when all is."""
    found = []
    for stock in stock_of(day):
        more = getattr(place, stock.name)
        if more and more > stock.left:
            words = {"what": stock.label.lower(), "n": _dots(more - stock.left)}
            found.append(_("%(what)s kurang %(n)s") % words)
    return ", ".join(found)


def who_needs_what(day: EventDay) -> QuerySet[BoothPlace]:
    """For the person who brings it: each seller with a place who asked for anything."""
    needs = Q(tables__gt=0) | Q(chairs__gt=0) | Q(power_watts__gt=0)
    rows = day.places.filter(needs, status__in=SEATED).select_related("booth", "business")
    return rows.order_by("booth__number", "business__name")


def _dots(number: int) -> str:
    """1200 is written 1.200."""
    return f"{number:,}".replace(",", ".")
