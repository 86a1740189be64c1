"""Guests of an event are forgotten a year after it; what was counted stays."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import Event, EventDay, Registration
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.notices.models import Notice

GUESTS_KEPT = timedelta(days=365)
"""After the last day: long enough to answer for who came, and to mend a certificate."""


@transaction.atomic
def forget_guests(*, on: date, by: User | None, via: str) -> int:
    """Name, number, address and letters go; kecamatan, presence and a certificate stay.

    The certificate bears the name it was given to, which is what its address vouches for. Return
    how many guests were forgotten.
    """
    since = on - GUESTS_KEPT
    later = EventDay.objects.filter(event=OuterRef("pk"), date__gte=since)
    known = Registration.objects.filter(business=None, forgotten_at=None)
    asked = known.filter(event=OuterRef("pk"), registered_at__date__lt=since)
    past = Event.objects.filter(Exists(asked), ~Exists(later)).order_by("pk")
    return sum(_forget(event, by=by, via=via) for event in past)


def _forget(event: Event, *, by: User | None, via: str) -> int:
    guests = event.registrations.filter(business=None, forgotten_at=None)
    Notice.objects.about(*guests).filter(recipient=None).delete()
    count = guests.update(name="", phone="", email="", forgotten_at=timezone.now())
    record("event.guests_forgotten", event, by=by, via=via, count=count)
    return count
