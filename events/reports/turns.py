"""Turns of a market day for staff, and what everybody may know of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from events.actions.allocation import Preview
from events.actions.quotas import Scope
from events.allocation import cell_of
from events.choices import SEATED, STANDING, PlaceStatus
from events.demand import TO_BE_GIVEN, cells_of
from events.models import AllocationRun, BoothPlace, Edition, Event, EventDay, Quota
from events.reports.explaining import reasons
from events.turns import Applicant, Turn

WAITING_SHOWN = 100


@dataclass(frozen=True)
class TurnRow:
    place: BoothPlace
    turn: Turn
    queue: str

    @property
    def why(self) -> str:
        return ", ".join(reasons(self.turn.why()))


@dataclass(frozen=True)
class DayTurns:
    """What an allocation gives now: who is in, who waits, and how they are spread."""

    preview: Preview
    seated: list[TurnRow]
    waiting: list[TurnRow]
    more_waiting: int
    spread: list[tuple[str, int, int]]

    @property
    def newcomers(self) -> int:
        return sum(row.turn.applicant.newcomer for row in self.seated)

    @property
    def new_now(self) -> int:
        return len(self.preview.result.accepted)


def day_turns(day: EventDay, preview: Preview) -> DayTurns:
    """Two queries more than the preview."""
    quotas = {quota.pk: str(quota) for quota in _quotas(day.event)}
    places = day.places.filter(status__in=[*SEATED, *TO_BE_GIVEN])
    rows = places.select_related("business__kelurahan__kecamatan", "sponsor")
    by_business = {place.business_id: place for place in rows}
    found = [
        TurnRow(by_business[turn.applicant.business], turn, _queue(turn, quotas))
        for turn in preview.result.turns
        if turn.applicant.business in by_business
    ]
    seated = [row for row in found if row.turn.has_seat]
    waiting = [row for row in found if not row.turn.has_seat]
    inside, outside = _by_kecamatan(seated), _by_kecamatan(waiting)
    names = sorted({*inside, *outside})
    return DayTurns(
        preview,
        seated,
        waiting[:WAITING_SHOWN],
        max(len(waiting) - WAITING_SHOWN, 0),
        [(name, inside[name], outside[name]) for name in names],
    )


def _queue(turn: Turn, quotas: dict[int, str]) -> str:
    """In whose line she stands."""
    if turn.pooled:
        return str(_("bersama"))
    return str(_("umum")) if turn.cell is None else quotas[turn.cell]


def _quotas(event: Event) -> list[Quota]:
    return list(event.quotas.select_related("kecamatan", "office"))


def _by_kecamatan(rows: list[TurnRow]) -> Counter[str]:
    return Counter(
        str(row.place.business.kelurahan.kecamatan) if row.place.business.kelurahan else ""
        for row in rows
    )


def filled(day: EventDay) -> dict[Scope, int]:
    """Seats of each cell that are taken on this day; three queries."""
    quotas = {row.pk: row for row in Quota.objects.filter(event=day.event_id)}
    cells = cells_of(day.event_id)
    taken: Counter[int | None] = Counter()
    rows = day.places.filter(status__in=SEATED).values_list(
        "business_id", "sponsor_id", "business__sector", "business__kelurahan__kecamatan_id"
    )
    for business, sponsor, sector, kecamatan in rows:
        who = Applicant(business, kecamatan or "", sector, day.date, office=sponsor)
        taken[cell_of(who, cells)] += 1
    return {
        Scope(row.kecamatan_id, row.office_id, row.sector): taken[pk] for pk, row in quotas.items()
    }


@dataclass(frozen=True)
class PublicDay:
    """What everybody may know: how many, by which number; nobody by name."""

    day: EventDay
    run: AllocationRun | None
    accepted: int
    waiting: int
    overridden: int


@dataclass(frozen=True)
class PublicTurns:
    edition: Edition
    days: list[PublicDay]
    quotas: list[Quota]
    seats: int

    @property
    def seats_without_quota(self) -> int:
        return max(self.seats - sum(quota.seats for quota in self.quotas), 0)

    def pool_opens_at(self) -> datetime | None:
        return self.edition.pool_opens_at(self.days[0].day) if self.days else None


def public_turns(event: Event) -> PublicTurns | None:
    """None where sellers are placed by hand; six queries at most."""
    edition = Edition.objects.filter(event=event).select_related("event").first()
    if edition is None:
        return None
    runs: dict[int, AllocationRun] = {}
    for run in AllocationRun.objects.filter(day__event=event).order_by("pk"):
        runs[run.day_id] = run
    places = BoothPlace.objects.filter(day__event=event).order_by().values("day_id")
    counts: dict[int, dict[str, Any]] = {
        row["day_id"]: dict(row)
        for row in places.annotate(
            accepted=Count("pk", filter=Q(status__in=STANDING)),
            waiting=Count("pk", filter=Q(status=PlaceStatus.WAITLISTED)),
            overridden=Count("pk", filter=Q(status__in=STANDING) & ~Q(override_reason="")),
        )
    }
    days = [
        PublicDay(day, runs.get(day.pk), **_counts(counts.get(day.pk, {})))
        for day in event.days.order_by("date")
    ]
    return PublicTurns(edition, days, _quotas(event), edition.seats())


def _counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: row.get(name, 0) for name in ["accepted", "waiting", "overridden"]}
