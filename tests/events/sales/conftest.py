"""A market day that has just closed, who stood there, and what they said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from events.actions.sales import Figures, report_sales
from events.models import BoothPlace, EventDay, SalesReport
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


@pytest.fixture
def sold(day) -> Callable[..., SalesReport | None]:
    """`sold(100_000, "Cipedak", sector="kuliner")`: a new seller says so; None: she does not."""
    numbers: Iterator[int] = count(1)

    def put(
        booth: int | None,
        kelurahan: str = "Cipedak",
        *,
        on: EventDay | None = None,
        by: Any = None,
        sector: str = "kuliner",
        **figures: Any,
    ) -> SalesReport | None:
        n = next(numbers)
        seller = by or make.business(
            make.user(f"penjual{n}"),
            name=f"Usaha {n:03d}",
            sector=sector,
            kelurahan=make.kelurahan(kelurahan),
        )
        place = make.stood(on or day, seller, f"{'ABC'[n // 90]}{n % 90 + 1:02d}")
        if booth is None:
            return None
        known = {"pieces": 10, **figures}
        return report_sales(place, figures=Figures(booth=booth, **known), by=None, via="tautan")

    return put
