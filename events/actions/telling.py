"""Telling people about an event and their place in it: members and guests alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from events.actions import place_letters
from events.calendars import events_ics
from events.choices import EventStatus
from events.models import BoothPlace, Event, Registration
from events.models.seats import turn_of
from members.models import User
from umkm_portal.notices.actions import (
    Extra,
    Guest,
    reaches,
    send_later,
    send_to_guest,
    take_back,
)

ASKING = ("event_offered",)
REMINDING = ("event_reminder",)
BEFORE_THE_EVENT = (*ASKING, *REMINDING, "event_moved", "event_changed")
"""What is no news for somebody who no longer comes."""


def tell(
    registration: Registration,
    purpose: str,
    *,
    key: str = "",
    until: datetime | None = None,
    **context: Any,
) -> None:
    """One letter about one's own place, with its page and the days as a file for calendars.

    Guests without an address have their page; what staff send by hand reaches them as well.
    """
    guest = None if registration.business else guest_of(registration)
    if guest and not reaches(guest, purpose):
        return
    event = registration.event
    words: dict[str, Any] = {
        "link": registration.get_absolute_url(),
        "event": event,
        "days": list(event.days.all()),
        "turn": turn_of(registration),
        **context,
    }
    extra = Extra(calendar_of(event), until or _end_of(event))
    if guest:
        send_to_guest(purpose, to=guest, about=registration, key=key, extra=extra, **words)
    elif registration.business:
        owner = registration.business.owner
        send_later(purpose, to=owner, about=registration, key=key, extra=extra, **words)


def tell_everybody(purpose: str, event: Event, *, key: str, **context: Any) -> None:
    """Owners with a place on a coming day, or who asked for one, and all who are signed up; one
    message a person."""
    days = list(event.days.all())
    extra = Extra(calendar_of(event), _end_of(event))
    words = {"event": event, "days": days, **context}
    signed_up = list(event.registrations.standing().with_people())
    # What was said about the old day, and has not left yet, would be wrong.
    take_back(*signed_up, purposes=REMINDING)
    called_off = event.status == EventStatus.CANCELLED
    sellers_news = place_letters.BEFORE_THE_DAY if called_off else place_letters.REMINDING
    take_back(*_coming(event), purposes=sellers_news)
    for registration in signed_up:
        link = registration.get_absolute_url() if event.published else ""
        if registration.business:
            owner = registration.business.owner
            send_later(purpose, to=owner, about=event, key=key, link=link, extra=extra, **words)
            continue
        guest = guest_of(registration)
        send_to_guest(
            purpose, to=guest, about=registration, key=key, link=link, extra=extra, **words
        )
    link = event.get_absolute_url() if event.published else "/saya/jbl/"
    for owner in User.objects.filter(businesses__booth_places__in=_coming(event)).distinct():
        send_later(purpose, to=owner, about=event, key=key, link=link, **words)


CHANGES = ("venue", "address", "map_url", "online_url")
"""What somebody who comes must know when staff write it anew; days have an action of their own."""


def tell_what_changed(event: Event, before: Event, changed: Sequence[str]) -> None:
    """PERUBAHAN, with old → new; the meeting's address itself is not in the letter."""
    news = [_change(event, before, name) for name in CHANGES if name in changed]
    if news and event.published and event.status != EventStatus.CANCELLED:
        key = f"{timezone.now():%Y%m%d%H%M%S}"
        tell_everybody("event_changed", event, key=key, changes=news)


def _change(event: Event, before: Event, name: str) -> dict[str, str]:
    label = str(Event._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
    if name == "online_url":
        return {"label": label, "old": "", "new": gettext("berubah, lihat halaman tempat Anda")}
    return {"label": label, "old": getattr(before, name), "new": getattr(event, name)}


def no_longer_news(registration: Registration, *purposes: str) -> None:
    """Her offer is answered, or she does not come: what waits to be sent about it stays unsent."""
    take_back(registration, purposes=purposes or BEFORE_THE_EVENT)


def guest_of(registration: Registration) -> Guest:
    return Guest(
        registration.name,
        email=registration.email,
        phone=registration.phone,
        district=registration.kecamatan_id or registration.event.kecamatan_id or "",
    )


def calendar_of(event: Event) -> str:
    return events_ics([event]).decode()


def _end_of(event: Event) -> datetime | None:
    return max((day.ends for day in event.days.all()), default=None)


def _coming(event: Event) -> QuerySet[BoothPlace]:
    coming = event.days.not_over(at=timezone.now())
    return BoothPlace.objects.living().filter(day__in=coming)
