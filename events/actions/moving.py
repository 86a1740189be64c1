"""A day that comes earlier than it did: offers must be answered in time for it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.actions.place_letters import ASKING, stamp, tell_before_the_end
from events.actions.telling import ASKING as ASKING_FOR_A_SEAT
from events.actions.telling import tell
from events.choices import PlaceStatus
from events.clock import place_kept_until, seat_kept_until
from events.models import Event, EventDay
from events.place_links import offer_link
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.notices.actions import Extra, take_back

AT_ONCE = timedelta(minutes=1)
"""The limit of an offer for a day that has begun: its end must lie after its beginning."""


@transaction.atomic
def shorten_offers(day: EventDay, *, by: User | None, via: str) -> int:
    """Offers of this moved day, and of seats of its event, whose limit now lies too late.

    Each gets the limit it would have were it made now, or at the latest the moment the day begins;
    none is ever made longer. Whoever was asked is told again. Return how many became shorter. The
    caller holds the event.
    """
    return _places(day, by=by, via=via) + _seats(day.event, by=by, via=via)


def _places(day: EventDay, *, by: User | None, via: str) -> int:
    now = timezone.now()
    begins = day.sellers_come_at
    until = place_kept_until(now, begins=begins) or max(begins, now + AT_ONCE)
    late = day.places.filter(status=PlaceStatus.OFFERED, offer_until__gt=until)
    rows = late.select_related("business__owner").select_for_update(of=("self",))
    places = list(rows.order_by("pk"))
    if places:
        take_back(*places, purposes=ASKING)
    for place in places:
        was, place.offer_until, place.day = place.offer_until, until, day
        place.save(update_fields=["offer_until"])
        record("place.offer_shortened", place, by=by, via=via, was=was, until=until)
        if until > now + AT_ONCE:
            words = {"key": stamp(now), "link": offer_link(place), "extra": Extra(until=until)}
            tell_before_the_end(place, "jbl_offer", **words)
    return len(places)


def _seats(event: Event, *, by: User | None, via: str) -> int:
    now = timezone.now()
    coming = (day.begins for day in event.days.all() if day.begins > now)
    begins = min(coming, default=now)
    until = seat_kept_until(now, begins=begins) or max(begins, now + AT_ONCE)
    late = event.registrations.offered().filter(offered_until__gt=until).with_people()
    rows = list(late.select_for_update(of=("self",)).order_by("pk"))
    if rows:
        take_back(*rows, purposes=ASKING_FOR_A_SEAT)
    for registration in rows:
        was, registration.offered_until = registration.offered_until, until
        registration.save(update_fields=["offered_until"])
        record("registration.offer_shortened", registration, by=by, via=via, was=was, until=until)
        if until > now + AT_ONCE:
            tell(registration, "event_offered", key=stamp(now), until=until)
    return len(rows)
