"""An event in schema.org's words, one entry a day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from catalog.structured import CONTEXT, breadcrumbs
from events.choices import EventKind, EventStatus
from events.models import Event, EventDay


def event_data(event: Event) -> list[dict[str, Any]]:
    """The event must come with its days; a moved day names the one it first had."""
    return [_day(event, day) for day in event.days.all()]


def event_breadcrumbs(event: Event) -> dict[str, Any]:
    is_jbl = event.kind == EventKind.JBL
    parent = ("Jumat Beli Lokal", "/jbl/") if is_jbl else ("Agenda", "/agenda/")
    return breadcrumbs(parent, (event.name, event.get_absolute_url()))


def _day(event: Event, day: EventDay) -> dict[str, Any]:
    status = "EventScheduled"
    if event.status == EventStatus.CANCELLED:
        status = "EventCancelled"
    elif day.moved_from:
        status = "EventRescheduled"
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": event.name,
        "description": event.summary or event.name,
        "url": settings.SITE_URL + event.get_absolute_url(),
        "startDate": timezone.localtime(day.begins).isoformat(),
        "endDate": timezone.localtime(day.ends).isoformat(),
        "eventStatus": f"{CONTEXT}/{status}",
        "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "location": {
            "@type": "Place",
            "name": event.venue,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": event.address or event.venue,
                "addressLocality": "Jakarta Selatan",
                "addressRegion": "DKI Jakarta",
                "addressCountry": "ID",
            },
        },
        "organizer": {
            "@type": "Organization",
            "name": event.organiser or "UMKM Jaksel",
            "url": settings.SITE_URL + "/",
        },
    }
    return found | ({"previousStartDate": day.moved_from.isoformat()} if day.moved_from else {})
