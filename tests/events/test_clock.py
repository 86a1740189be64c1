"""Until when an offer may be answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.clock import answer_until, seat_kept_until

JAKARTA = ZoneInfo("Asia/Jakarta")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-06-10 08:00", 12, "2026-06-10 20:00"),
        ("2026-06-10 09:00", 12, "2026-06-10 21:00"),
        ("2026-06-10 10:00", 12, "2026-06-11 07:00"),
        ("2026-06-10 20:59", 12, "2026-06-11 17:59"),
        ("2026-06-10 21:00", 12, "2026-06-11 18:00"),
        ("2026-06-10 23:30", 12, "2026-06-11 18:00"),
        ("2026-06-11 05:59", 12, "2026-06-11 18:00"),
        ("2026-06-11 06:00", 12, "2026-06-11 18:00"),
        ("2026-06-10 10:00", 15, "2026-06-11 10:00"),
        ("2026-06-10 10:00", 45, "2026-06-13 10:00"),
        ("2026-12-31 20:00", 2, "2027-01-01 07:00"),
        ("2028-02-28 20:30", 1, "2028-02-29 06:30"),
        ("2026-06-10 12:00", 0.5, "2026-06-10 12:30"),
    ],
)
def test_nights_do_not_count(start, hours, end) -> None:
    assert answer_until(at(start), hours) == at(end)


def test_a_moment_of_another_zone_is_jakartas() -> None:
    assert answer_until(at("2026-06-10 22:00").astimezone(ZoneInfo("UTC")), 1) == at(
        "2026-06-11 07:00"
    )


@pytest.mark.parametrize(
    ("ahead", "kept"),
    [
        (timedelta(days=9), timedelta(hours=24)),
        (timedelta(hours=48), timedelta(hours=24)),
        (timedelta(hours=20), timedelta(hours=10)),
        (timedelta(minutes=30), timedelta(minutes=15)),
        (timedelta(minutes=29), None),
        (timedelta(minutes=-1), None),
    ],
)
def test_near_the_beginning_an_offer_is_shorter(ahead, kept) -> None:
    now = at("2026-06-10 10:00")

    until = seat_kept_until(now, begins=now + ahead)

    assert until == (now + kept if kept else None)


def test_without_a_beginning_nobody_is_asked() -> None:
    assert seat_kept_until(at("2026-06-10 10:00"), begins=None) is None
