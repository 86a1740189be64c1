"""The seats of one event: who gets one, who waits, and who is asked next.

Whoever adds to or takes from the seats of an event holds its row first, with `locked`.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from events.actions.telling import tell
from events.choices import EventStatus, RegistrationStatus
from events.clock import seat_kept_until
from events.models import Event, Registration
from events.models.registration import DISTRICT
from events.models.seats import Seats, seats_of
from members.models import User
from umkm_portal.audit.models import record


def locked(event: Event) -> Event:
    """The event with its row held until the end of the transaction, and its rule."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("rule__stage")
    return rows.prefetch_related("days").get(pk=event.pk)


def seat_or_queue(registration: Registration, seats: Seats) -> RegistrationStatus:
    """A seat when there is room for her and nobody who could take it waits; else the queue."""
    event, district = registration.event, registration.district_key
    if not seats.has_room_for(district):
        return RegistrationStatus.WAITLISTED
    waiting = event.registrations.waiting().annotate(district_code=DISTRICT).order_by()
    before = waiting.values_list("district_code", flat=True).distinct()
    if any(seats.has_room_for(each) for each in before):
        return RegistrationStatus.WAITLISTED
    return RegistrationStatus.REGISTERED


@transaction.atomic(savepoint=False)
def offer_free_seats(event: Event, *, by: User | None, via: str) -> Event:
    """Ask the next in line for each seat that is free; one whose kecamatan is full is passed by.

    An offer holds its seat, so that no more people are asked than there are seats.
    """
    event = locked(event)
    share_out(event, by=by, via=via)
    return event


@transaction.atomic(savepoint=False)
def share_out(event: Event, *, by: User | None, via: str) -> Seats:
    """The same for an event that is held already; return its seats as they are then."""
    now, seats = timezone.now(), seats_of(event)
    begins = min((day.begins for day in event.days.all() if day.begins > now), default=None)
    until = seat_kept_until(now, begins=begins)
    if event.status == EventStatus.CANCELLED or until is None or seats.is_full:
        return seats
    for registration in _next_in_line(event, seats):
        registration.status = RegistrationStatus.OFFERED
        registration.offered_at, registration.offered_until = now, until
        registration.save(update_fields=["status", "offered_at", "offered_until"])
        record("registration.offered", registration, by=by, via=via, until=until)
        tell(registration, "event_offered", until=until)
    return seats


def _next_in_line(event: Event, seats: Seats) -> list[Registration]:
    chosen = []
    for registration in event.registrations.waiting().with_people():
        if seats.is_full:
            break
        district = registration.district_key
        if not seats.district_is_full(district):
            seats.take(district)
            chosen.append(registration)
    return chosen
