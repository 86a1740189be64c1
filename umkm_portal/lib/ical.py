"""Calendar files that phones and office calendars open (RFC 5545)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from icalendar import Event, Timezone


@dataclass(frozen=True)
class CalendarEvent:
    """One entry; times are aware. `uid` stays the same for ever, `sequence` grows with changes.

    `stamp` says when anything of it last changed; `parent` is the uid of the series that the entry
    is one date of.
    """

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    stamp: datetime.datetime
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False
    sequence: int = 0
    parent: str = ""


def event_ics(event: CalendarEvent) -> bytes:
    """Return the file for one event."""
    return calendar_ics([event])


def calendar_ics(events: Iterable[CalendarEvent], *, name: str = "") -> bytes:
    """Return one calendar with all events in Asia/Jakarta time, with the zone described."""
    from icalendar import Calendar  # noqa: PLC0415  4 MB, and most workers write no calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Portal UMKM Jakarta Selatan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    calendar.add_component(_zone())
    for event in events:
        calendar.add_component(_component(event))
    return bytes(calendar.to_ical())


@cache
def _zone() -> Timezone:
    """Worked out once: icalendar walks through all days since 1970, which takes longer than all
    else a sign-up does."""
    from icalendar import Timezone  # noqa: PLC0415

    return Timezone.from_tzid(settings.TIME_ZONE)


def _component(event: CalendarEvent) -> Event:
    from icalendar import Event  # noqa: PLC0415

    entry = Event()
    entry.add("uid", event.uid)
    entry.add("summary", event.title)
    entry.add("dtstart", timezone.localtime(event.starts_at))
    entry.add("dtend", timezone.localtime(event.ends_at))
    for name in ("dtstamp", "last-modified"):
        entry.add(name, event.stamp.astimezone(datetime.UTC))
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if event.parent:
        entry.add("related-to", event.parent, parameters={"RELTYPE": "PARENT"})
    for name, value in (("location", event.place), ("description", event.text), ("url", event.url)):
        if value:
            entry.add(name, value)
    return entry
