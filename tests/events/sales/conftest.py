"""A market day that has just closed, and who stood there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import BoothPlace, EventDay
from tests import make


@pytest.fixture
def day(db) -> EventDay:
    """Yesterday, closed at 16.00."""
    return make.jbl_day(timezone.localdate() - timedelta(days=1))


@pytest.fixture
def stood(day) -> Callable[..., BoothPlace]:
    """`stood(business, "A01")`: the business was seen at its booth that day."""

    def put(business, number="A07", on=None) -> BoothPlace:
        return make.stood(on or day, business, number)

    return put


@pytest.fixture
def place(stood, batik) -> BoothPlace:
    return stood(batik)
