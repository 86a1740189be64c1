"""Which booth a seller has in the coming week: for the order text and the pages of its goods."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from catalog.pickups import Pickup
from events.choices import STANDING, EventKind, EventStatus
from umkm_portal.lib.prepared import prepared

DAYS_AHEAD = 7
"""From today on: "this Friday" is never the one after the next."""
# Every product page asks this; the nearest day comes last, so that it is the one that stays.
_STANDING = ", ".join(f"'{status.value}'" for status in STANDING)
_PLACES = f"""
SELECT p.business_id, d.date, b.number, e.venue, e.slug, ARRAY(
    SELECT g.product_id FROM events_broughtproduct g JOIN catalog_product c ON c.id = g.product_id
    WHERE g.day_id = p.day_id AND c.business_id = p.business_id)
FROM events_boothplace p
JOIN events_booth b ON b.id = p.booth_id
JOIN events_eventday d ON d.id = p.day_id
JOIN events_event e ON e.id = d.event_id
WHERE p.status IN ({_STANDING}) AND e.published
  AND e.kind = '{EventKind.JBL.value}' AND e.status <> '{EventStatus.CANCELLED.value}'
  AND d.date < %s AND (
    d.date > %s
    OR (d.date = %s AND (d.closes_at > %s OR d.closes_at < d.opens_at))
    OR (d.date = %s AND d.closes_at > %s AND d.closes_at < d.opens_at))
  AND (%s OR p.business_id = ANY(%s))
ORDER BY d.date DESC, d.opens_at DESC
"""  # noqa: S608  words of our own


def coming_pickups(businesses: Collection[int] | None) -> dict[int, Pickup]:
    """By business, its nearest JBL day; None asks for all. One query."""
    now = timezone.localtime()
    end = now.date() + timedelta(days=DAYS_AHEAD)
    asked: list[Any] = [
        end,
        now.date(),
        now.date(),
        now.time(),
        now.date() - timedelta(days=1),
        now.time(),
        businesses is None,
        list(businesses or []),
    ]
    with connection.cursor() as cursor:
        cursor.execute(prepared(_PLACES, asked), asked)
        places = cursor.fetchall()
    return {
        business: Pickup(date, booth, venue, f"/jbl/{slug}/", frozenset(brought) or None)
        for business, date, booth, venue, slug, brought in places
    }
