"""A freed seat is offered to the next in line: she says yes, no, or nothing in time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.seats import locked, offer_free_seats
from events.actions.telling import ASKING, no_longer_news, tell
from events.choices import EventStatus, RegistrationStatus
from events.models import Event, Registration
from events.models.day import still_to_come
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def accept_offer(registration: Registration, *, by: User | None, via: str) -> Registration:
    """The seat kept for her is hers; too late is refused, even before the clock came by."""
    event, registration = _held(registration)
    if registration.is_registered:
        return registration
    now = timezone.now()
    _refuse_unless_asked(event, registration, now)
    _answer(registration, RegistrationStatus.REGISTERED, now)
    record("registration.offer_accepted", registration, by=by, via=via)
    tell(registration, "event_registered", key="tawaran")
    return registration


@transaction.atomic
def decline_offer(registration: Registration, *, by: User | None, via: str) -> Registration:
    """She does not come: the next in line is asked at once, and she leaves the queue."""
    event, registration = _held(registration)
    if registration.status == RegistrationStatus.DECLINED:
        return registration
    now = timezone.now()
    _refuse_unless_asked(event, registration, now)
    _answer(registration, RegistrationStatus.DECLINED, now)
    record("registration.offer_declined", registration, by=by, via=via)
    tell(registration, "event_place_cancelled")
    offer_free_seats(event, by=by, via=via)
    return registration


@transaction.atomic
def lapse_offers(event: Event, *, at: datetime, by: User | None, via: str) -> Event:
    """Offers nobody answered in time are over, and the next in line are asked."""
    event = locked(event)
    over = event.registrations.offered().filter(offered_until__lte=at).with_people()
    for registration in over.select_for_update(of=("self",)).order_by("pk"):
        _answer(registration, RegistrationStatus.LAPSED, at)
        record("registration.offer_lapsed", registration, by=by, via=via)
        tell(registration, "event_offer_lapsed")
    offer_free_seats(event, by=by, via=via)
    return event


@transaction.atomic
def close_queue(event: Event, *, by: User | None, via: str) -> Event:
    """The event is over or called off: nobody waits any more, and no seat is kept."""
    event = locked(event)
    waiting = [RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED]
    for registration in event.registrations.filter(status__in=waiting).order_by("pk"):
        was, registration.status = registration.status, RegistrationStatus.CLOSED
        registration.save(update_fields=["status"])
        record("registration.closed", registration, by=by, via=via, was=was)
        no_longer_news(registration, *ASKING)
    return event


def tend_queues(*, at: datetime) -> int:
    """Every minute: offers that ran out, seats nobody was asked for, queues of past events.

    Each event is a transaction of its own, so that one that fails holds up no other. Return how
    many events were tended.
    """
    over = Event.objects.filter(
        registrations__status=RegistrationStatus.OFFERED, registrations__offered_until__lte=at
    ).distinct()
    for event in over:
        lapse_offers(event, at=at, by=None, via="jadwal")
    waits = [RegistrationStatus.WAITLISTED, RegistrationStatus.OFFERED]
    waiting = Event.objects.filter(registrations__status__in=waits).distinct()
    coming = Event.objects.filter(still_to_come(at, "days__")).exclude(status=EventStatus.CANCELLED)
    past = list(waiting.exclude(pk__in=coming.values("pk")))
    for event in past:
        close_queue(event, by=None, via="jadwal")
    return len(over) + len(past)


def _held(registration: Registration) -> tuple[Event, Registration]:
    """Event first, then the row: the order of everybody who touches seats."""
    event = locked(registration.event)
    rows = Registration.objects.select_for_update(of=("self",)).with_people()
    return event, rows.get(pk=registration.pk)


def _answer(registration: Registration, status: RegistrationStatus, at: datetime) -> None:
    registration.status, registration.answered_at = status, at
    changed = ["status", "answered_at"]
    if status == RegistrationStatus.REGISTERED:
        registration.promoted_at = at
        changed.append("promoted_at")
    registration.save(update_fields=changed)
    no_longer_news(registration, *ASKING)


def _refuse_unless_asked(event: Event, registration: Registration, now: datetime) -> None:
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini dibatalkan. %s") % event.cancel_reason)
    if registration.may_answer(at=now):
        return
    until = registration.offered_until
    if until and (registration.is_offered or registration.status == RegistrationStatus.LAPSED):
        raise ActionRefused(
            _("Tawaran ini berlaku sampai %(day)s %(time)s. Daftar lagi bila masih mau ikut.")
            % {"day": tanggal(until), "time": pukul(until)}
        )
    raise ActionRefused(_("Tidak ada tempat yang ditawarkan kepada Anda saat ini."))
