"""What is on: events as cards, the agenda by week, the month as a grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import EventKind, EventState
from events.models import Event
from events.reports.event_cards import (
    EVERYTHING,
    Asked,
    EventCard,
    PlainCard,
    event_cards,
    not_over,
    plain_cards,
    public_days,
)
from umkm_portal.lib.dates import MONTHS

# A cell of the month holds so many, or its page would be too heavy for a phone; its day has all.
SHOWN_A_DAY = 3
DAY_LIMIT = 60
# More than a year of Fridays; what lies further ahead stands on the month pages.
LIST_LIMIT = 60


@dataclass(frozen=True)
class Week:
    monday: date
    label: str
    cards: list[EventCard]


class MonthDay(NamedTuple):
    """One cell of the calendar; `is_out` belongs to the month before or after."""

    date: date
    is_out: bool
    is_past: bool
    is_today: bool
    is_friday: bool
    cards: list[PlainCard]
    more: int = 0


@dataclass(frozen=True)
class Month:
    first: date
    name: str
    days: list[MonthDay]
    before: date | None
    after: date | None
    shown: int


def seats_taken(event: Event) -> int:
    """How many seats `EventQuerySet.with_seats` counted; the event must come from it."""
    return int(getattr(event, "seats_taken", 0) or 0)


def coming_events(
    *, at: datetime, limit: int = LIST_LIMIT, asked: Asked = EVERYTHING
) -> list[EventCard]:
    """Days not yet over, the nearest first; cancelled ones too, since people must know."""
    return event_cards(not_over(public_days(asked), at=at), at=at, limit=limit)


def tags_of(cards: Iterable[EventCard], *, most: int = 8) -> list[str]:
    """What the coming events are about, the most frequent first."""
    found = Counter(tag for card in cards for tag in card.tags)
    return [tag for tag, _count in found.most_common(most)]


def next_training(*, at: datetime) -> EventCard | None:
    """The nearest training that still takes people, seats left first; None when there is none."""
    cards = coming_events(at=at, asked=Asked(kind=EventKind.TRAINING.value), limit=20)
    return next(
        (
            card
            for state in (EventState.OPEN, EventState.MOVED, EventState.FULL)
            for card in cards
            if card.state == state
        ),
        None,
    )


def by_week(cards: Iterable[EventCard], *, today: date) -> list[Week]:
    """Weeks begin on Monday."""
    weeks = groupby(cards, key=lambda card: _monday(card.day))
    return [Week(monday, _week_label(monday, today), list(rows)) for monday, rows in weeks]


def month_page(first: date, *, at: datetime, asked: Asked = EVERYTHING) -> Month:
    """The weeks that hold the month, each day with its events; `first` is a first of a month.

    One query. A cell holds the first of its day and how many more there are.
    """
    after = (first + timedelta(days=32)).replace(day=1)
    start, end = _monday(first), _monday(after - timedelta(days=1)) + timedelta(days=6)
    where = public_days(asked).also("d.date BETWEEN %s AND %s", start, end)
    found = plain_cards(where, most=SHOWN_A_DAY)
    none: tuple[list[PlainCard], int] = ([], 0)
    today = timezone.localdate(at)
    every = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    return Month(
        first=first,
        name=f"{MONTHS[first.month - 1]} {first.year}",
        days=[
            MonthDay(
                date=day,
                is_out=not first <= day < after,
                is_past=day < today,
                is_today=day == today,
                is_friday=day.weekday() == 4,
                cards=cards,
                more=count - len(cards),
            )
            for day in every
            for cards, count in [found.get(day, none)]
        ],
        before=_with_a_page((first - timedelta(days=1)).replace(day=1)),
        after=_with_a_page(after),
        shown=sum(count for day, (_cards, count) in found.items() if first <= day < after),
    )


def day_events(day: date, *, at: datetime, asked: Asked = EVERYTHING) -> list[EventCard]:
    """All of one day, also what is over."""
    return event_cards(public_days(asked).also("d.date = %s", day), at=at, limit=DAY_LIMIT)


def _with_a_page(month: date) -> date | None:
    """The addresses of months begin with 20."""
    return month if 2000 <= month.year <= 2099 else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week_label(monday: date, today: date) -> str:
    weeks_away = (monday - _monday(today)).days // 7
    if weeks_away in {0, 1}:
        return _("Pekan ini") if weeks_away == 0 else _("Pekan depan")
    sunday = monday + timedelta(days=6)
    end = f"{sunday.day} {MONTHS[sunday.month - 1]} {sunday.year}"
    if sunday.month == monday.month:
        return f"{monday.day}–{end}"
    year = f" {monday.year}" if monday.year != sunday.year else ""
    return f"{monday.day} {MONTHS[monday.month - 1]}{year}–{end}"
