"""Until when an offer may be answered: nobody has to decide at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

DAY_BEGINS, NIGHT_BEGINS = time(6), time(21)


def answer_until(start: datetime, hours: float) -> datetime:
    """The moment `hours` of daytime after `start`; what lies between 21.00 and 06.00 is free.

    `answer_until(start, 15)` is a whole day for whoever is asked by day.
    """
    moment, left = timezone.localtime(start), timedelta(hours=hours)
    while True:
        moment = max(moment, _at(moment, DAY_BEGINS))
        night = _at(moment, NIGHT_BEGINS)
        if moment < night and moment + left <= night:
            return moment + left
        left -= max(night - moment, timedelta())
        moment = _at(moment + timedelta(days=1), DAY_BEGINS)


def _at(moment: datetime, hour: time) -> datetime:
    """That hour on the moment's day in Jakarta."""
    return timezone.make_aware(datetime.combine(moment.date(), hour))


# A seat of an event is kept for a whole day; near its beginning for half of what is left, so that
# one more person can be asked. For less than this nobody is asked: who comes to the door finds it.
SEAT_KEPT = timedelta(hours=24)
SHORTEST_OFFER = timedelta(minutes=15)


def seat_kept_until(start: datetime, *, begins: datetime | None) -> datetime | None:
    """Until when a freed seat is kept for the next in line; None when it is too late to ask."""
    if begins is None:
        return None
    kept = min(SEAT_KEPT, (begins - start) / 2)
    return start + kept if kept >= SHORTEST_OFFER else None


def daytime_between(start: datetime, end: datetime) -> timedelta:
    """How much of it lies between 06.00 and 21.00 in Jakarta."""
    moment, total = timezone.localtime(start), timedelta()
    while moment < end:
        begins, night = _at(moment, DAY_BEGINS), _at(moment, NIGHT_BEGINS)
        total += max(min(night, end) - max(moment, begins), timedelta())
        moment = _at(moment + timedelta(days=1), DAY_BEGINS)
    return total


# A place in the market is kept for twelve hours of daytime; near the day for half of what is left
# of it, so that one more seller can be asked.
PLACE_KEPT = timedelta(hours=12)
SHORTEST_PLACE_OFFER = timedelta(minutes=30)


def place_kept_until(start: datetime, *, begins: datetime) -> datetime | None:
    """Until when an offered place is kept; None when it is too late to ask anybody."""
    kept = min(PLACE_KEPT, daytime_between(start, begins) / 2)
    if kept < SHORTEST_PLACE_OFFER:
        return None
    return answer_until(start, kept / timedelta(hours=1))
