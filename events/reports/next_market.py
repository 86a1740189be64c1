"""The next market days, and what their sellers bring: the statements of the pages a whole market
opens on its morning. Planned once per connection, since building them took longer than answering.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from catalog.cards import COLUMNS, Card, cards_of
from events.choices import STANDING, EventKind, EventStatus
from events.models import BoothPlace, Event, EventDay
from events.reports.event_cards import ENDS
from umkm_portal.lib.compiled import CompiledQuery
from umkm_portal.lib.prepared import prepared

_DAY = [field.attname for field in EventDay._meta.concrete_fields]
_EVENT = [field.attname for field in Event._meta.concrete_fields]
_IS_JBL = f"{{0}}.published AND {{0}}.kind = '{EventKind.JBL.value}'"
# Called-off days too, but none behind the first that takes place.
_COMING = f"""
SELECT {", ".join(f"d.{name}" for name in _DAY)}, {", ".join(f"e.{name}" for name in _EVENT)},
  EXISTS (SELECT 1 FROM events_edition a WHERE a.event_id = e.id
    AND (a.asn_text <> '' OR a.online_url <> ''))
FROM events_eventday d JOIN events_event e ON e.id = d.event_id AND {_IS_JBL.format("e")}
WHERE d.date >= %s AND {ENDS.format("d")} > %s AND NOT EXISTS (
  SELECT 1 FROM events_eventday b JOIN events_event f ON f.id = b.event_id
  WHERE {_IS_JBL.format("f")} AND f.status <> '{EventStatus.CANCELLED.value}'
    AND b.date >= %s AND {ENDS.format("b")} > %s
    AND (b.date, b.opens_at, b.id) < (d.date, d.opens_at, d.id))
ORDER BY d.date, d.opens_at, d.id
"""  # noqa: S608  words of our own
_LISTED = """
SELECT g.product_id FROM events_broughtproduct g JOIN catalog_product c ON c.id = g.product_id
WHERE g.day_id = p.day_id AND c.business_id = p.business_id
"""
_STANDS = f"""
FROM events_boothplace p JOIN members_business s ON s.id = p.business_id AND s.is_listed
JOIN events_booth b ON b.id = p.booth_id
WHERE p.day_id = %s AND p.business_id = ANY(%s)
  AND p.status IN ({", ".join(f"'{status.value}'" for status in STANDING)})
"""
_STALLS = f"SELECT p.business_id, b.number, ARRAY({_LISTED}) {_STANDS}"
_COLUMNS_OF_C = ", ".join(f"c.{'id' if name == 'pk' else name}" for name in COLUMNS)
_NEWEST = f"""
SELECT newest.* FROM (SELECT p.business_id, p.day_id, ARRAY({_LISTED}) AS listed {_STANDS}) p
CROSS JOIN LATERAL (
  SELECT {_COLUMNS_OF_C} FROM catalog_product c
  WHERE c.business_id = p.business_id AND c.is_public AND NOT c.sold_out
    AND (p.listed = '{{}}' OR c.id = ANY(p.listed))
  ORDER BY c.published_at DESC, c.id DESC LIMIT 1) newest
"""  # noqa: S608  names of our own columns


class Stall(NamedTuple):
    """`listed` are the products its seller named for the day; none is all of them."""

    number: str
    listed: list[int]

    def brings(self, product: int) -> bool:
        return not self.listed or product in self.listed


def coming_days(*, at: datetime) -> list[EventDay]:
    """The next day of a public edition with its event, and the called-off ones before it.

    The event knows whether it `has_asn_page`.
    """
    # The first says little, but lets the index by date pass over the years behind.
    moment = [timezone.localdate(at) - timedelta(days=1), at]
    days = []
    for row in _rows(_COMING, [*moment, *moment]):
        day = EventDay.from_db("default", _DAY, row[: len(_DAY)])
        event: Any = Event.from_db("default", _EVENT, row[len(_DAY) : -1])
        event.has_asn_page = row[-1]
        day.event = event
        days.append(day)
    return days


sellers_shown = CompiledQuery(
    lambda day: (
        BoothPlace.objects.filter(day=day)
        .shown()
        .order_by("booth__number")
        .values_list(
            "booth__number",
            "booth__zone",
            "business_id",
            "business__name",
            "business__slug",
            "business__sector",
            "business__kelurahan__kecamatan__name",
        )
    ),
    day=int,
)
"""Of the day with this key, by booth number."""


def stalls_of(day: EventDay, businesses: Sequence[int]) -> dict[int, Stall]:
    """By business, those that stand there."""
    rows = _rows(_STALLS, [day.pk, list(businesses)])
    return {business: Stall(number, listed) for business, number, listed in rows}


def newest_brought(day: EventDay, businesses: Sequence[int], *, eager: int) -> list[Card]:
    """The newest product that each of these brings to the day and has left, in their order."""
    rows = _rows(_NEWEST, [day.pk, list(businesses)])
    by_business = {row[COLUMNS.index("business_id")]: row for row in rows}
    found = [by_business[business] for business in businesses if business in by_business]
    return cards_of([(*row[:-1], json.loads(row[-1])) for row in found], eager=eager)


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(prepared(sql, values), values)
        return list(cursor.fetchall())
