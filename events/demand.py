"""What the allocation of a market day is worked out from: read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q
from django.utils import timezone

from events.choices import SEATED, STANDING, EventStatus, PlaceStatus
from events.licences import Licences, licences_of
from events.models import BoothPlace, Edition, EventDay, Quota
from events.turns import Applicant, Cell, Demand
from members.models import Business

LOOK_BACK = timedelta(days=365)
# A request that came to nothing; her own withdrawal and an offer she let go are none.
UNMET = (PlaceStatus.APPLIED, PlaceStatus.WAITLISTED, PlaceStatus.CLOSED)
TO_BE_GIVEN = (PlaceStatus.APPLIED, PlaceStatus.WAITLISTED)
STANDS = Q(status__in=STANDING)


@dataclass(frozen=True)
class _Past:
    places: int = 0
    no_shows: int = 0
    last: date | None = None


def cells_of(event: int) -> list[Cell]:
    """The table of quotas of an edition."""
    return [
        Cell(quota.pk, quota.seats, quota.kecamatan_id or "", quota.office_id, quota.sector)
        for quota in Quota.objects.filter(event=event).order_by("pk")
    ]


def demand_of(day: EventDay, *, edition: Edition, seed: str, at: datetime) -> Demand:
    """Whoever has a place or an offer, and those waiting who may sell; eight queries at most."""
    may_sell = Business.objects.may_list().values("pk")
    counted = Q(status__in=SEATED) | Q(status__in=TO_BE_GIVEN, business__in=may_sell)
    rows: list[dict[str, Any]] = [
        dict(row)
        for row in day.places.filter(counted).values(
            "status",
            "override_reason",
            "sponsor_id",
            "applied_at",
            "business_id",
            kecamatan=F("business__kelurahan__kecamatan_id"),
            sector=F("business__sector"),
        )
    ]
    businesses = [row["business_id"] for row in rows]
    past = _past(businesses, day)
    waits = _waiting_since(businesses, day, past)
    licences = licences_of({row["business_id"]: row["sector"] for row in rows})
    return Demand(
        seats=edition.seats(),
        seed=seed,
        applicants=[_applicant(row, past, waits, licences, day) for row in rows],
        cells=cells_of(day.event_id),
        newcomers_percent=edition.newcomers_percent,
        pool_open=at >= edition.pool_opens_at(day),
    )


def _applicant(
    row: dict[str, Any],
    past: dict[int, _Past],
    waits: dict[int, date],
    licences: Licences,
    day: EventDay,
) -> Applicant:
    business = row["business_id"]
    before = past.get(business, _Past())
    return Applicant(
        business,
        kecamatan=row["kecamatan"] or "",
        sector=row["sector"],
        waiting_since=waits.get(business, day.date),
        office=row["sponsor_id"],
        places=before.places,
        no_shows=before.no_shows,
        complete=licences.complete(business, on=day.date),
        newcomer=before.last is None,
        holds=row["status"] in SEATED,
        override=row["override_reason"],
    )


def _elsewhere(businesses: list[int], day: EventDay) -> Any:
    """Their places on other days; a day that was called off is nobody's turn."""
    others = BoothPlace.objects.filter(business__in=businesses).exclude(day=day)
    return others.exclude(day__event__status=EventStatus.CANCELLED).order_by()


def _past(businesses: list[int], day: EventDay) -> dict[int, _Past]:
    """Places of the twelve months before the day, and those promised already for later ones."""
    recent = Q(day__date__gt=day.date - LOOK_BACK)
    absent = Q(status=PlaceStatus.ABSENT)
    rows = (
        _elsewhere(businesses, day)
        .filter(STANDS)
        .values("business_id")
        .annotate(
            places=Count("pk", filter=recent & ~absent),
            no_shows=Count("pk", filter=recent & absent),
            last=Max("day__date"),
        )
    )
    return {row.pop("business_id"): _Past(**row) for row in rows}


def _waiting_since(businesses: list[int], day: EventDay, past: dict[int, _Past]) -> dict[int, date]:
    """The day of the oldest request since her last place that came to nothing."""
    asked = BoothPlace.objects.filter(business__in=businesses, status__in=UNMET)
    asked = asked.filter(applied_at__isnull=False, day__date__gt=day.date - LOOK_BACK)
    asked = asked.exclude(day__event__status=EventStatus.CANCELLED)
    since: dict[int, date] = {}
    for business, market, applied_at in asked.order_by("applied_at").values_list(
        "business_id", "day__date", "applied_at"
    ):
        last = past.get(business, _Past()).last
        if applied_at and (last is None or market > last):
            since.setdefault(business, timezone.localdate(applied_at))
    return since
