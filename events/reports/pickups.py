"""Which booth a seller has in the coming week: for the order text and the pages of its goods."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from catalog.pickups import Pickup
from events.choices import EventKind, EventStatus
from events.models import BoothPlace
from events.models.day import still_to_come
from events.reports.goods import brought

DAYS_AHEAD = 7
"""From today on: "this Friday" is never the one after the next."""


def coming_pickups(businesses: Collection[int] | None) -> dict[int, Pickup]:
    """By business, its nearest JBL day; None asks for all. Two queries at most."""
    now = timezone.now()
    places = (
        BoothPlace.objects.standing()
        .filter(
            still_to_come(now, "day__"),
            Q() if businesses is None else Q(business__in=businesses),
            day__date__lt=timezone.localdate(now) + timedelta(days=DAYS_AHEAD),
            day__event__published=True,
            day__event__kind=EventKind.JBL,
        )
        .exclude(day__event__status=EventStatus.CANCELLED)
        # The nearest last, so that it is the one that stays.
        .order_by("-day__date", "-day__opens_at")
        .values_list(
            "business_id",
            "day_id",
            "day__date",
            "booth__number",
            "day__event__venue",
            "day__event__slug",
        )
    )
    rows = {row[0]: row for row in places}
    lists = brought({row[1] for row in rows.values()}, rows) if rows else {}
    return {
        business: Pickup(date, booth, venue, f"/jbl/{slug}/", lists.get((day, business)))
        for business, day, date, booth, venue, slug in rows.values()
    }
