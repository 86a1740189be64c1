"""Events as calendar entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.models import Event
from umkm_portal.lib.ical import CalendarEvent, calendar_ics


def events_ics(events: Iterable[Event], *, at: datetime) -> bytes:
    """Every day of the events is an entry; its uid stays when the day moves."""
    entries = [entry for event in events for entry in _entries(event, at)]
    return calendar_ics(entries, name=_("UMKM Jakarta Selatan"))


def _entries(event: Event, at: datetime) -> list[CalendarEvent]:
    is_cancelled = event.status == EventStatus.CANCELLED
    return [
        CalendarEvent(
            uid=f"acara-{event.pk}-{day.pk}@{settings.SITE_HOST}",
            title=event.name,
            starts_at=day.begins,
            ends_at=day.ends,
            stamp=at,
            place=", ".join(part for part in (event.venue, event.address) if part),
            text=event.summary,
            url=settings.SITE_URL + event.get_absolute_url(),
            cancelled=is_cancelled,
            sequence=day.revision + is_cancelled,
            parent=f"seri-{event.series_id}@{settings.SITE_HOST}" if event.series_id else "",
        )
        for day in event.days.all()
    ]
