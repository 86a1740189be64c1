"""How fairly places go round: newcomers of each edition, and how evenly they are spread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q

from events.choices import STANDING, EventStatus
from events.models import BoothPlace, Event

EDITIONS_SHOWN = 26
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class EditionFaces:
    """How many sellers an edition had, and how many of them were there for the first time."""

    event: Event
    first: date
    sellers: int
    newcomers: int
    overridden: int

    @property
    def percent(self) -> int:
        return self.newcomers * 100 // self.sellers if self.sellers else 0


@dataclass(frozen=True)
class Spread:
    """Of those who asked for a place in a year: how many had none, and how even it was."""

    businesses: int
    without: int
    places: int
    most: int
    gini: float


def gini(counts: Iterable[int]) -> float:
    """0 when all have the same, near 1 when one has everything."""
    ordered = sorted(counts)
    total, number = sum(ordered), len(ordered)
    if not total:
        return 0.0
    weighted = sum(position * count for position, count in enumerate(ordered, 1))
    return 2 * weighted / (number * total) - (number + 1) / number


def newcomers_by_edition() -> list[EditionFaces]:
    """Those with sellers, the newest first; three queries."""
    standing = BoothPlace.objects.filter(status__in=STANDING).order_by()
    standing = standing.exclude(day__event__status=EventStatus.CANCELLED)
    began = dict(standing.values_list("business").annotate(Min("day__date")))
    taken = Event.objects.jbl().filter(Exists(standing.filter(day__event=OuterRef("pk"))))
    events = taken.annotate(first=Min("days__date"))
    shown = list(events.order_by("-first")[:EDITIONS_SHOWN])
    sellers: dict[int, dict[int, tuple[date, bool]]] = {}
    for event, business, day, reason in standing.filter(day__event__in=shown).values_list(
        "day__event", "business", "day__date", "override_reason"
    ):
        mine = sellers.setdefault(event, {})
        first, forced = mine.get(business, (day, False))
        mine[business] = (min(first, day), forced or bool(reason))
    return [
        _faces(event, getattr(event, "first"), sellers.get(event.pk, {}), began)  # noqa: B009
        for event in shown
    ]


def _faces(
    event: Event,
    first: date,
    sellers: dict[int, tuple[date, bool]],
    began: dict[int, date],
) -> EditionFaces:
    return EditionFaces(
        event,
        first,
        sellers=len(sellers),
        newcomers=sum(began[business] == day for business, (day, _forced) in sellers.items()),
        overridden=sum(forced for _day, forced in sellers.values()),
    )


def spread(*, on: date) -> Spread:
    """Of the twelve months up to that day; one query."""
    rows = BoothPlace.objects.filter(day__date__gt=on - YEAR, day__date__lte=on).order_by()
    rows = rows.exclude(day__event__status=EventStatus.CANCELLED)
    counted = rows.values_list("business").annotate(
        places=Count("pk", filter=Q(status__in=STANDING))
    )
    counts = [places for _business, places in counted]
    return Spread(
        businesses=len(counts),
        without=counts.count(0),
        places=sum(counts),
        most=max(counts, default=0),
        gini=gini(counts),
    )
