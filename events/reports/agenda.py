"""What is on: events as cards, the agenda by week, the month as a grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import EventKind, EventState
from events.models import Event, EventDay
from events.models.day import EventDayQuerySet
from members.models import Kecamatan
from umkm_portal.lib.dates import MONTHS, jam

# More than a year of Fridays; what lies further ahead stands on the month pages.
LIST_LIMIT = 60


@dataclass(frozen=True)
class EventCard:
    """One day of an event as `components/event_card.html` shows it."""

    name: str
    url: str
    kind: str
    kind_label: str
    day: date
    times: str
    place: str
    note: str
    state: EventState


@dataclass(frozen=True)
class Week:
    monday: date
    label: str
    cards: list[EventCard]


@dataclass
class MonthDay:
    """One cell of the calendar; `is_out` belongs to the month before or after."""

    date: date
    is_out: bool
    is_past: bool
    is_today: bool
    is_friday: bool
    cards: list[EventCard] = field(default_factory=list)


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


def seats_note(event: Event, *, state: EventState, waiting: int = 0) -> str:
    """What a card says about seats: "Gratis, tersisa 12 tempat"."""
    if state in {EventState.CANCELLED, EventState.DONE, EventState.PLANNED, EventState.CLOSED}:
        return str(state.label)
    if event.kind == EventKind.JBL or not event.needs_sign_up:
        return _("Gratis, langsung datang")
    if event.capacity is None:
        return _("Gratis")
    left = max(event.capacity - seats_taken(event), 0)
    if left == 0:
        return _("Penuh, ada daftar tunggu")
    return _("Gratis, tersisa %d tempat") % left


def hours(day: EventDay) -> str:
    return f"{jam(day.opens_at)}–{jam(day.closes_at)}"


def make_card(day: EventDay, event: Event, *, at: datetime) -> EventCard:
    """Make the card of one day; the event must come with its days and seats."""
    state = event.state(at=at, seats_taken=seats_taken(event))
    note = seats_note(event, state=state)
    return EventCard(
        name=event.name,
        url=event.get_absolute_url(),
        kind=event.kind,
        kind_label=event.get_kind_display(),
        day=day.date,
        times=hours(day),
        place=event.venue,
        note=f"{state.label}. {note}" if state == EventState.MOVED else note,
        state=state,
    )


def cards_of(days: EventDayQuerySet, *, at: datetime) -> list[EventCard]:
    """Three queries whatever the number of days."""
    rows = list(days)
    events = Event.objects.with_seats().with_days().in_bulk({day.event_id for day in rows})
    return [make_card(day, events[day.event_id], at=at) for day in rows]


def coming_events(
    *,
    at: datetime,
    limit: int = LIST_LIMIT,
    kind: str = "",
    kecamatan: Kecamatan | None = None,
) -> list[EventCard]:
    """Public days not yet over, the nearest first; cancelled ones too, since people must know."""
    return cards_of(_public(kind, kecamatan).not_over(at=at).in_order()[:limit], at=at)


def next_training(*, at: datetime) -> EventCard | None:
    """The nearest training that still takes people, seats left first; None when there is none."""
    days = _public(EventKind.TRAINING, None).not_over(at=at).in_order()[:20]
    cards = cards_of(days, at=at)
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


def month_page(
    first: date, *, at: datetime, kind: str = "", kecamatan: Kecamatan | None = None
) -> Month:
    """The weeks that hold the month, each day with its events; `first` is a first of a month."""
    today = timezone.localdate(at)
    after = (first + timedelta(days=32)).replace(day=1)
    start, end = _monday(first), _monday(after - timedelta(days=1)) + timedelta(days=6)
    cards = cards_of(_public(kind, kecamatan).between(start, end).in_order(), at=at)
    days = []
    for number in range((end - start).days + 1):
        day = start + timedelta(days=number)
        days.append(
            MonthDay(
                date=day,
                is_out=not first <= day < after,
                is_past=day < today,
                is_today=day == today,
                is_friday=day.weekday() == 4,
                cards=[card for card in cards if card.day == day],
            )
        )
    return Month(
        first=first,
        name=f"{MONTHS[first.month - 1]} {first.year}",
        days=days,
        before=_with_a_page((first - timedelta(days=1)).replace(day=1)),
        after=_with_a_page(after),
        shown=sum(first <= card.day < after for card in cards),
    )


def _public(kind: str, kecamatan: Kecamatan | None) -> EventDayQuerySet:
    days = EventDay.objects.public()
    if kind:
        days = days.filter(event__kind=kind)
    return days.filter(event__kecamatan=kecamatan) if kecamatan else days


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
