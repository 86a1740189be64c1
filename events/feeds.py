"""Events as calendar entries and as a feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import EventStatus
from events.models import Event
from events.reports.agenda import coming_events
from events.reports.event_cards import Asked, EventCard
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.ical import CalendarEvent, calendar_ics


def events_ics(events: Iterable[Event], *, at: datetime) -> bytes:
    """Every day of the events is an entry; its uid stays when the day moves."""
    entries = [entry for event in events for entry in _entries(event, at)]
    return calendar_ics(entries, name=_("UMKM Jakarta Selatan"))


class AgendaFeed(Feed):  # type: ignore[type-arg]
    """Coming days as RSS, the nearest first; an item keeps its id when its day moves."""

    title = gettext_lazy("Agenda UMKM Jakarta Selatan")
    description = gettext_lazy("Jumat Beli Lokal, pelatihan, pameran, dan festival.")
    link = f"{settings.SITE_URL}/agenda/"
    language = "id"
    item_guid_is_permalink = False

    def __init__(self, asked: Asked) -> None:
        self.asked = asked

    def items(self) -> list[EventCard]:
        return coming_events(at=timezone.now(), asked=self.asked)

    def item_title(self, item: EventCard) -> str:
        return f"{item.name}, {tanggal(item.day)}"

    def item_description(self, item: EventCard) -> str:
        return f"{item.kind_label}. {item.times} WIB, {item.place}. {item.note}"

    def item_link(self, item: EventCard) -> str:
        return settings.SITE_URL + item.url

    def item_guid(self, item: EventCard) -> str:
        return f"acara-{item.event_id}-{item.day_id}@{settings.SITE_HOST}"

    def item_pubdate(self, item: EventCard) -> datetime:
        return item.made_at

    def item_categories(self, item: EventCard) -> list[str]:
        return [item.kind_label, *item.tags]


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
