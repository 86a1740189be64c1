"""The Friday of 12 June 2026, who comes, and the clock before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay
from events.tasks import remind_of_markets
from tests import make
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
MARKET = date(2026, 6, 12)
PAPERS, LIST, TOMORROW = "jbl_papers_missing", "jbl_papers_list", "jbl_tomorrow"


def at(days_before: int, hour: int, minute: int = 0) -> datetime:
    day = MARKET - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)


def tick(days_before: int, hour: int, minute: int = 0) -> None:
    """The minute's work at that hour of H-…."""
    moment = at(days_before, hour, minute)
    with time_machine.travel(moment, tick=False):
        remind_of_markets(at=moment)


def told(purpose: str) -> list[str]:
    """Addressees of a letter, in the order in which they were told."""
    rows = Notice.objects.filter(purpose=purpose).order_by("pk")
    return [notice.addressee for notice in rows]


@pytest.fixture
def day(db) -> EventDay:
    day = make.jbl_day(MARKET)
    make.edition(day.event, seats_per_day=5, weather_plan="Pindah ke lobi.")
    return day


@pytest.fixture
def comes(day) -> Callable[..., BoothPlace]:
    """`comes(business)`: accepted for the day two weeks before it, unless told otherwise."""

    def accept(business, on=None, **values) -> BoothPlace:
        values = {"status": PlaceStatus.ACCEPTED, "placed_at": at(14, 9), **values}
        return make.application(on or day, business, **values)

    return accept


@pytest.fixture
def place(comes, batik) -> BoothPlace:
    return comes(batik)
