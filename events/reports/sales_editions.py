"""What each place sold, edition by edition, and whether its sellers found it busy.

For the question which place is worth another market: the council asked for it in 2025.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum

from events.models import BoothPlace, SalesReport
from events.models.day import still_to_come
from events.models.sales import expected
from events.sales_choices import Mood
from members.models import Business, User

MOST = 60
"""A year of markets; what is older stands in the sums of its year."""


@dataclass(frozen=True)
class EditionSold:
    """`told` is what staff wrote down themselves; it counts where no seller reported."""

    event: int
    name: str
    venue: str
    begins: date
    expected: int
    reported: int
    omzet: int
    pieces: int
    busy: int
    quiet: int
    told: int | None

    @property
    def per_report(self) -> int | None:
        return self.omzet // self.reported if self.reported else None


def editions_by_venue(*, staff: User, at: datetime) -> list[EditionSold]:
    """The latest editions with a day that is over, those of a place together; two queries."""
    near = Business.objects.within_reach_of(staff)
    theirs = SalesReport.objects.filter(business=OuterRef("business"), day=OuterRef("day"))
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    over = BoothPlace.objects.present().exclude(still_to_come(at, "day__"))
    there = _by_edition(expected(over.within(near)))
    for row in there.annotate(missing=Count("pk", filter=~Exists(theirs)))[:MOST]:
        found[row["event"]] |= row
    said = _by_edition(SalesReport.objects.within(near)).annotate(
        reported=Count("pk"),
        omzet=Sum(F("booth_sum") + F("online_sum")),
        pieces=Sum("pieces_sum"),
        busy=Count("pk", filter=Q(mood=Mood.BUSY)),
        quiet=Count("pk", filter=Q(mood=Mood.QUIET)),
    )
    for row in said[:MOST]:
        found[row["event"]] |= row
    latest = sorted(found.values(), key=lambda row: row["begins"], reverse=True)[:MOST]
    return sorted(map(_edition, latest), key=lambda row: row.venue)


def _by_edition(rows: Any) -> Any:
    names = {
        "event": F("day__event"),
        "name": F("day__event__name"),
        "venue": F("day__event__venue"),
        "told": F("day__event__result_omzet"),
    }
    grouped = rows.order_by().values(**names).annotate(begins=Min("day__date"))
    return grouped.order_by("-begins", "event")


def _edition(row: dict[str, Any]) -> EditionSold:
    reported = row.get("reported", 0)
    return EditionSold(
        **{name: row[name] for name in ("event", "name", "venue", "begins", "told")},
        # A report without a place that still stands is one that was expected, too.
        expected=reported + row.get("missing", 0),
        reported=reported,
        **{name: row.get(name, 0) for name in ("omzet", "pieces", "busy", "quiet")},
    )
