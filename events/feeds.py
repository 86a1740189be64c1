"""Events as a feed."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events.reports.agenda import coming_events
from events.reports.event_cards import Asked, EventCard
from umkm_portal.lib.dates import tanggal


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
