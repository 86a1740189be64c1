"""A market day with sellers inside and in line."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from events.actions.applications import withdraw_application
from events.choices import PlaceStatus
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
S = PlaceStatus


def make_market(owner, *, seats=1, standing=1, waiting=2, on=None, **values):
    """A day with so many seats, so many sellers in and so many in line; the day and both lists."""
    day = make.jbl_day(on)
    make.edition(day.event, seats_per_day=seats, **values)
    inside = [
        make.application(day, make.business(owner, name=f"Masuk {n}"), status=S.ACCEPTED)
        for n in range(standing)
    ]
    line = [
        make.application(day, make.business(owner, name=f"Antre {n}"), status=S.WAITLISTED, rank=n)
        for n in range(1, waiting + 1)
    ]
    return day, inside, line


def jakarta(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


def words(*places) -> list[str]:
    for place in places:
        place.refresh_from_db()
    return [place.status for place in places]


def withdraw(place):
    return withdraw_application(place, reason="Sakit.", by=None, via="web")
