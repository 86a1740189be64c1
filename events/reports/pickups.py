"""Which booth a seller has in the coming week: for the order text and the pages of its goods."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from catalog.pickups import Pickup
from events.choices import EventKind, EventStatus, PlaceStatus
from events.reports.goods import brought

DAYS_AHEAD = 7
"""From today on: "this Friday" is never the one after the next."""
# Every product page asks this; the nearest day comes last, so that it is the one that stays.
_PLACES = f"""
SELECT p.business_id, p.day_id, d.date, b.number, e.venue, e.slug
FROM events_boothplace p
JOIN events_booth b ON b.id = p.booth_id
JOIN events_eventday d ON d.id = p.day_id
JOIN events_event e ON e.id = d.event_id
WHERE p.status <> '{PlaceStatus.CANCELLED.value}' AND e.published
  AND e.kind = '{EventKind.JBL.value}' AND e.status <> '{EventStatus.CANCELLED.value}'
  AND d.date < %(end)s AND (d.date > %(today)s OR (d.date = %(today)s AND d.closes_at > %(time)s))
  AND (%(all)s OR p.business_id = ANY(%(businesses)s))
ORDER BY d.date DESC, d.opens_at DESC
"""  # noqa: S608  words of our own


def coming_pickups(businesses: Collection[int] | None) -> dict[int, Pickup]:
    """By business, its nearest JBL day; None asks for all. Two queries at most."""
    now = timezone.localtime()
    asked: dict[str, Any] = {
        "today": now.date(),
        "time": now.time(),
        "end": now.date() + timedelta(days=DAYS_AHEAD),
        "all": businesses is None,
        "businesses": list(businesses or []),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, asked)
        places = cursor.fetchall()
    rows = {row[0]: row for row in places}
    lists = brought({row[1] for row in rows.values()}, rows) if rows else {}
    return {
        business: Pickup(date, booth, venue, f"/jbl/{slug}/", lists.get((day, business)))
        for business, day, date, booth, venue, slug in rows.values()
    }
