"""A market day with two seats, and four sellers who are even."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import BoothPlace
from tests import make


@pytest.fixture
def day(db):
    """In ten days, with two seats."""
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=2)
    return day


@pytest.fixture
def sellers(siti):
    """Four businesses in Jagakarsa; they differ in nothing but when they ask."""
    return [make.business(siti, name=f"Usaha {number}") for number in range(1, 5)]


def asks(day, business, *, days_ago: int = 0, **values) -> BoothPlace:
    return make.application(
        day, business, applied_at=timezone.now() - timedelta(days=days_ago), **values
    )


def words(day) -> dict[str, tuple[str, int | None]]:
    rows = day.places.order_by("business__name")
    return {str(place.business): (place.status, place.rank) for place in rows}
