"""The doors of today: which lists an officer keeps, and where somebody with a card is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from events.actions.attendance import door_closes, door_opens
from events.actions.checkin import market_opens
from events.choices import STANDING, EventKind, PlaceStatus, RegistrationStatus
from events.models import Attendance, BoothPlace, EventDay, Registration


@dataclass(frozen=True)
class DoorToday:
    """A list that is kept today, or is still open from last night."""

    day: EventDay
    expected: int
    present: int
    is_open: bool

    @property
    def url(self) -> str:
        return reverse("events:attendance", args=[self.day.pk])


def doors_today(*, at: datetime) -> list[DoorToday]:
    """Markets and what people sign up for, the earliest first; three queries."""
    today = timezone.localdate(at)
    near = (
        EventDay.objects.not_cancelled()
        .between(today - timedelta(days=1), today + timedelta(days=1))
        .filter(Q(event__kind=EventKind.JBL) | Q(event__needs_sign_up=True))
        .select_related("event")
        .in_order()
    )
    days = [(day, _is_open(day, at)) for day in near]
    kept = [(day, is_open) for day, is_open in days if is_open or day.date == today]
    ids = [day.pk for day, _open in kept]
    sellers = _sums(BoothPlace.objects.filter(day__in=ids).values_list("day"), SELLERS)
    guests = _sums(EventDay.objects.filter(pk__in=ids).values_list("pk"), GUESTS)
    return [
        DoorToday(day, *(sellers if _is_market(day) else guests).get(day.pk, (0, 0)), is_open)
        for day, is_open in kept
    ]


SELLERS = (
    Count("pk", filter=Q(status__in=STANDING)),
    Count("pk", filter=Q(status=PlaceStatus.PRESENT)),
)
GUESTS = (
    Count(
        "event__registrations",
        filter=Q(event__registrations__status=RegistrationStatus.REGISTERED),
        distinct=True,
    ),
    Count("attendances", distinct=True),
)
"""Expected and present."""


def _sums(by_day: Any, counts: tuple[Count, Count]) -> dict[int, tuple[int, int]]:
    rows = by_day.order_by().annotate(expected=counts[0], present=counts[1])
    return {pk: (expected, present) for pk, expected, present in rows}


def _is_market(day: EventDay) -> bool:
    return day.event.kind == EventKind.JBL


def _is_open(day: EventDay, at: datetime) -> bool:
    opens = market_opens(day) if _is_market(day) else door_opens(day)
    return opens <= at < door_closes(day)


def expected_at(code: str, doors: list[DoorToday]) -> list[DoorToday]:
    """Where the business of this card is expected, among doors that are open."""
    days = [door.day.pk for door in doors if door.is_open]
    card = {"business__kadin__card_code": code}
    at_markets = BoothPlace.objects.standing().filter(day__in=days, **card)
    with_a_seat = Registration.objects.standing().filter(event__days__in=days, **card)
    there = set(at_markets.values_list("day", flat=True))
    there |= set(with_a_seat.values_list("event__days", flat=True))
    return [door for door in doors if door.is_open and door.day.pk in there]


@dataclass(frozen=True)
class Arrival:
    """A card's holder at one door: `who` its list knows her by, and whether she is noted there."""

    door: DoorToday
    who: int
    is_there: bool


def arrivals_of(code: str, *, at: datetime) -> list[Arrival]:
    """For the officer whose own camera opened the card: where she may be ticked off at once."""
    doors = {door.day.pk: door for door in doors_today(at=at) if door.is_open}
    card = {"business__kadin__card_code": code}
    places = BoothPlace.objects.standing().filter(day__in=doors, **card).order_by("pk")
    found = [
        Arrival(doors[place.day_id], place.pk, place.status == PlaceStatus.PRESENT)
        for place in places
    ]
    seats = Registration.objects.filter(
        event__days__in=doors, status=RegistrationStatus.REGISTERED, **card
    )
    there = set(
        Attendance.objects.filter(registration__in=seats).values_list("registration", "day")
    )
    found += [
        Arrival(doors[day], who, (who, day) in there)
        for who, day in seats.order_by("pk").values_list("pk", "event__days")
        if day in doors
    ]
    return found
