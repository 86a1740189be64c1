"""Who stood at an edition on which day, and what each said: the rows behind every sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from events.models import BoothPlace, Event, SalesReport
from events.models.sales import expected
from members.choices import Sector
from members.models import Business, User


@dataclass(frozen=True)
class Entry:
    """One seller on one day; without a report all sums are 0."""

    business: int
    event: int
    day: int
    date: date
    name: str
    kecamatan: str
    sector: str
    number: str = ""
    zone: str = ""
    override_reason: str = ""
    reported_at: datetime | None = None
    booth: int = 0
    online: int = 0
    estimated: int = 0
    says_online: bool = False
    pieces: int = 0
    pieces_estimated: int = 0
    transactions: int | None = None
    best: str = ""
    mood: str = ""
    source: str = ""
    corrections: int = 0

    @property
    def is_reported(self) -> bool:
        return self.reported_at is not None

    @property
    def omzet(self) -> int:
        return self.booth + self.online

    @property
    def sector_label(self) -> str:
        return str(Sector(self.sector).label) if self.sector else _("Belum diisi")

    def as_known(self, at: datetime) -> Entry:
        """As if its report were not there yet, when it came later."""
        if self.reported_at is None or self.reported_at <= at:
            return self
        return replace(self, **_NOTHING)


_NOTHING: dict[str, Any] = {
    "reported_at": None,
    "booth": 0,
    "online": 0,
    "estimated": 0,
    "says_online": False,
    "pieces": 0,
    "pieces_estimated": 0,
    "transactions": None,
    "best": "",
    "mood": "",
    "source": "",
    "corrections": 0,
}
_SELLER = (
    *("business_id", "day_id", "day__date", "day__event_id", "business__name", "business__sector"),
    "business__kelurahan__kecamatan__name",
)
_SAID = (
    *("reported_at", "booth_sum", "booth_bracket", "online_sum", "online_bracket"),
    *("online_omzet", "pieces_sum", "pieces_bracket", "transactions", "best_words", "mood"),
    *("best_product__name", "source"),
)


def entries_of(events: Iterable[Event], *, staff: User | None = None) -> list[Entry]:
    """By name, in two queries; of sellers within the reach of `staff`, or of all.

    A report counts even when its seller is no longer marked as present.
    """
    events = list(events)
    places = expected(BoothPlace.objects.present()).filter(day__event__in=events)
    reports = SalesReport.objects.filter(day__event__in=events)
    if staff:
        near = Business.objects.within_reach_of(staff)
        places, reports = places.within(near), reports.within(near)
    found = {(row["business_id"], row["day_id"]): _seller(row) for row in _there(places)}
    for row in reports.annotate(times=Count("corrections")).values(*_SELLER, *_SAID, "times"):
        key = (row["business_id"], row["day_id"])
        found[key] = replace(found.get(key) or _seller(row), **_said(row))
    return sorted(found.values(), key=lambda entry: (entry.date, entry.name, entry.business))


def _there(places: QuerySet[BoothPlace]) -> list[dict[str, Any]]:
    return list(places.values(*_SELLER, "booth__number", "booth__zone", "override_reason"))


def _seller(row: dict[str, Any]) -> Entry:
    return Entry(
        business=row["business_id"],
        event=row["day__event_id"],
        day=row["day_id"],
        date=row["day__date"],
        name=row["business__name"],
        kecamatan=row["business__kelurahan__kecamatan__name"] or _("Belum diisi"),
        sector=row["business__sector"],
        number=row.get("booth__number") or "",
        zone=row.get("booth__zone") or _("Tanpa lorong"),
        override_reason=row.get("override_reason") or "",
    )


def _said(row: dict[str, Any]) -> dict[str, Any]:
    booth, online = row["booth_sum"], row["online_sum"]
    pieces = row["pieces_sum"]
    return {
        "reported_at": row["reported_at"],
        "booth": booth,
        "online": online,
        "estimated": bool(row["booth_bracket"]) * booth + bool(row["online_bracket"]) * online,
        "says_online": bool(row["online_bracket"]) or row["online_omzet"] is not None,
        "pieces": pieces,
        "pieces_estimated": bool(row["pieces_bracket"]) * pieces,
        "transactions": row["transactions"],
        "best": row["best_product__name"] or row["best_words"],
        "mood": row["mood"],
        "source": row["source"],
        "corrections": row["times"],
    }
