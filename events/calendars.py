"""Events as calendar entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.models import Event
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.ical import CalendarEvent, calendar_ics


def events_ics(events: Iterable[Event]) -> bytes:
    """Every day of the events is an entry; its uid stays when the day moves.

    Stamped with the last change of its event, so that the file is the same until one changes.
    """
    events = list(events)
    changes = _last_changes(events)
    entries = [
        entry
        for event in events
        for entry in _entries(event, max(event.created_at, changes.get(event.pk, event.created_at)))
    ]
    return calendar_ics(entries, name=_("UMKM Jakarta Selatan"))


def _last_changes(events: list[Event]) -> dict[int, datetime]:
    """By the trail, where whatever staff or the clock changes of an event has its line."""
    lines = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Event),
        object_id__in=[event.pk for event in events],
    )
    return dict(lines.order_by().values_list("object_id").annotate(last=Max("at")))


def _entries(event: Event, stamp: datetime) -> list[CalendarEvent]:
    is_cancelled = event.status == EventStatus.CANCELLED
    return [
        CalendarEvent(
            uid=f"acara-{event.pk}-{day.pk}@{settings.SITE_HOST}",
            title=event.name,
            starts_at=day.begins,
            ends_at=day.ends,
            stamp=stamp,
            place=", ".join(part for part in (event.venue, event.address) if part),
            text=event.summary,
            url=settings.SITE_URL + event.get_absolute_url(),
            cancelled=is_cancelled,
            sequence=day.revision + is_cancelled,
            parent=f"seri-{event.series_id}@{settings.SITE_HOST}" if event.series_id else "",
        )
        for day in event.days.all()
    ]
