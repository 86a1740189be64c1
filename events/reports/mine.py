"""What a member has to do with events: booths and sign-ups of the businesses one works for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import STANDING, EventState, EventStatus, PlaceStatus, RegistrationStatus
from events.models import BoothPlace, Registration
from events.models.day import still_to_come
from events.models.seats import Turn
from members.models import Business


@dataclass(frozen=True)
class MyEvents:
    """The nearest first; past ones the latest first."""

    places: list[BoothPlace]
    asked: list[BoothPlace]
    past_places: list[BoothPlace]
    registrations: list[Registration]


def coming_places_of(businesses: QuerySet[Business], *, at: datetime) -> list[BoothPlace]:
    """Booths on days not over, with booth, day, event and business; one query."""
    mine = BoothPlace.objects.within(businesses).standing().filter(still_to_come(at, "day__"))
    related = mine.select_related("booth", "day__event", "business")
    return list(related.order_by("day__date", "booth__number"))


def coming_registrations_of(businesses: QuerySet[Business], *, at: datetime) -> list[Registration]:
    """Standing sign-ups for events not over; two queries."""
    mine = Registration.objects.within(businesses).standing()
    related = mine.select_related("event", "business").prefetch_related("event__days")
    return [
        registration
        for registration in related.order_by("pk")
        if any(not day.is_over(at=at) for day in registration.event.days.all())
    ]


def my_events(businesses: QuerySet[Business], *, at: datetime) -> MyEvents:
    """Everything `/saya/jbl/` shows, in five queries."""
    mine = BoothPlace.objects.within(businesses)
    past = mine.exclude(still_to_come(at, "day__"))
    related = past.select_related("booth", "day__event", "business")
    return MyEvents(
        places=coming_places_of(businesses, at=at),
        asked=_asked(mine.coming(at=at).exclude(status__in=STANDING)),
        past_places=list(related.order_by("-day__date", "booth__number")[:50]),
        registrations=coming_registrations_of(businesses, at=at),
    )


def _asked(places: QuerySet[BoothPlace]) -> list[BoothPlace]:
    """What is not decided, or was refused or given up; an offer that waits for her comes first."""
    related = places.select_related("booth", "day__event", "business")
    found = related.order_by("day__date", "-pk")[:50]
    return sorted(found, key=lambda place: place.status != PlaceStatus.OFFERED)


def online_link(registration: Registration, *, at: datetime) -> str:
    """The meeting's address: for who has a seat, from the day before until the end."""
    event = registration.event
    if not event.online_url or registration.status != RegistrationStatus.REGISTERED:
        return ""
    if event.status == EventStatus.CANCELLED:
        return ""
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    days = [day for day in event.days.all() if not day.is_over(at=at)]
    return event.online_url if any(day.date <= tomorrow for day in days) else ""


def place_heading(
    registration: Registration, turn: Turn | None, state: EventState, *, at: datetime
) -> str:
    """What the page of one's place says first; a seat at an event that is called off is none."""
    if registration.is_registered:
        return _seat_heading(registration, state)
    if turn:
        return _("Anda di daftar tunggu nomor %d") % turn.position
    if registration.may_answer(at=at):
        return _("Ada tempat untuk Anda")
    return str(NO_SEAT[registration.state])


LATE = gettext_lazy("Tawaran ini sudah lewat")
NO_SEAT = {
    RegistrationStatus.OFFERED: LATE,
    RegistrationStatus.LAPSED: LATE,
    RegistrationStatus.DECLINED: gettext_lazy("Anda tidak mengambil tempat ini"),
    RegistrationStatus.CLOSED: gettext_lazy("Daftar tunggu sudah ditutup"),
    RegistrationStatus.CANCELLED: gettext_lazy("Tempat Anda sudah dibatalkan"),
}


def _seat_heading(registration: Registration, state: EventState) -> str:
    if state == EventState.CANCELLED:
        return _("Acara Anda tidak jadi diadakan")
    if state != EventState.DONE:
        return _("Anda terdaftar")
    if registration.attendances.exists():
        return _("Anda hadir di acara ini")
    return _("Acara ini sudah selesai")
