"""Days of public events as cards: one statement, whatever the number of days.

Written as SQL and planned once per connection: building the same query again took longer than
answering it. One more filter is one more `.also("e.column = %s", value)` (`d` is the day, `e` its
event); one more thing a card says is a column at the end of WORDS and a field of `Line`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import PUBLIC_KINDS, EventKind, EventState, EventStatus
from events.models.event import state_of
from umkm_portal.lib.dates import jam
from umkm_portal.lib.prepared import prepared

SAID_BY_STATE = {EventState.CANCELLED, EventState.DONE, EventState.PLANNED, EventState.CLOSED}
COLUMNS = "e.kind, e.name, e.slug, e.venue, e.status, d.date, d.opens_at, d.closes_at"
TABLES = "events_eventday d JOIN events_event e ON e.id = d.event_id"
ORDER = "d.date, d.opens_at, d.id"
# However many words, so that one plan serves them all.
SAYS_ALL = """(
  SELECT bool_and(strpos(lower(concat_ws(
    ' ', e.name, e.summary, e.venue, e.address, e.organiser, array_to_string(e.tags, ' ')
  )), word) > 0) FROM unnest(string_to_array(lower(%s), ' ')) word
)"""
# When a day opens, and when it closes: the next morning if that is earlier than its opening.
OPENS = "(({0}.date + {0}.opens_at) AT TIME ZONE 'Asia/Jakarta')"
ENDS = (
    "(({0}.date + {0}.closes_at + make_interval(days => ({0}.closes_at < {0}.opens_at)::int))"
    " AT TIME ZONE 'Asia/Jakarta')"
)
# What its other days and the seats say of an event at one moment.
WORDS = """
e.needs_sign_up, e.capacity, e.sign_up_closes_at, clock.over, clock.ongoing, clock.moved,
CASE WHEN e.capacity IS NOT NULL AND NOT clock.over AND e.status <> 'cancelled' THEN (
  SELECT count(*) FROM events_registration r WHERE r.event_id = e.id
    AND r.status IN ('registered', 'offered')
) END, e.tags, e.id, d.id, e.created_at
"""
CLOCK = f"""
CROSS JOIN LATERAL (
  SELECT bool_and({ENDS.format("a")} <= %s) AS over,
    bool_or({OPENS.format("a")} <= %s AND {ENDS.format("a")} > %s) AS ongoing,
    bool_or(a.moved_from IS NOT NULL AND {ENDS.format("a")} > %s) AS moved
  FROM events_eventday a WHERE a.event_id = e.id
) clock
"""  # noqa: S608


class EventCard(NamedTuple):
    """One day of an event as the tag `event_cards` shows it."""

    name: str
    url: str
    kind: str
    kind_label: str
    day: date
    times: str
    place: str
    note: str
    state: EventState
    tags: tuple[str, ...]
    event_id: int
    day_id: int
    made_at: datetime


class PlainCard(NamedTuple):
    """The same for the month, where nothing is said of seats; called off, or not."""

    name: str
    url: str
    kind: str
    day: date
    times: str
    place: str
    is_cancelled: bool


class Where(NamedTuple):
    sql: str
    values: list[Any]

    def also(self, sql: str, *values: Any) -> Where:
        return Where(f"{self.sql} AND {sql}", [*self.values, *values])


class Asked(NamedTuple):
    """Which days somebody wants to see; `kecamatan` is its code, `words` all stand in the event.

    Coordination meetings are for staff.
    """

    kind: str = ""
    kecamatan: str = ""
    tag: str = ""
    words: str = ""
    with_meetings: bool = False


EVERYTHING = Asked()


class Line(NamedTuple):
    """A row of the statement."""

    kind: str
    name: str
    slug: str
    venue: str
    status: str
    date: date
    opens_at: time
    closes_at: time
    needs_sign_up: bool
    capacity: int | None
    sign_up_closes_at: datetime | None
    over: bool
    ongoing: bool
    moved: bool
    seats_taken: int | None
    tags: list[str]
    event_id: int
    day_id: int
    made_at: datetime

    def state(self, at: datetime) -> EventState:
        ends = self.sign_up_closes_at
        return state_of(
            self.status,
            by_clock=self._by_clock(),
            sign_up_is_over=ends is not None and at >= ends,
            is_full=self.capacity is not None and (self.seats_taken or 0) >= self.capacity,
        )

    def _by_clock(self) -> EventState | None:
        if self.over:
            return EventState.DONE
        if self.ongoing:
            return EventState.ONGOING
        return EventState.MOVED if self.moved else None

    def note(self, state: EventState) -> str:
        """What a card says about seats: "Gratis, tersisa 12 tempat"."""
        if state in SAID_BY_STATE:
            return str(state.label)
        if self.kind == EventKind.MEETING:
            return _("Untuk petugas")
        if self.kind == EventKind.JBL or not self.needs_sign_up:
            return _("Gratis, langsung datang")
        if self.capacity is None:
            return _("Gratis")
        left = max(self.capacity - (self.seats_taken or 0), 0)
        if left == 0:
            return _("Penuh, ada daftar tunggu")
        return _("Gratis, tersisa %d tempat") % left


def public_days(asked: Asked = EVERYTHING) -> Where:
    """Days everybody may see, or all the staff."""
    seen = [*PUBLIC_KINDS, *([EventKind.MEETING] if asked.with_meetings else [])]
    kinds = ", ".join(f"'{each.value}'" for each in seen)
    found = Where(f"e.published AND e.kind IN ({kinds})", [])
    for value, condition in (
        (asked.kind, "e.kind = %s"),
        (asked.kecamatan, "e.kecamatan_id = %s"),
        (asked.tag, "%s = ANY(e.tags)"),
        (asked.words, SAYS_ALL),
    ):
        if value:
            found = found.also(condition, value)
    return found


def not_over(where: Where, *, at: datetime) -> Where:
    # The first says little, but lets the index by date pass over the years behind.
    yesterday = timezone.localdate(at) - timedelta(days=1)
    return where.also(f"d.date >= %s AND {ENDS.format('d')} > %s", yesterday, at)


def event_cards(where: Where, *, at: datetime, limit: int) -> list[EventCard]:
    """The nearest first."""
    lines = _rows(
        f"SELECT {COLUMNS}, {WORDS} FROM {TABLES} {CLOCK}"  # noqa: S608
        f" WHERE {where.sql} ORDER BY {ORDER} LIMIT %s",
        [*[at] * CLOCK.count("%s"), *where.values, limit],
    )
    labels = {kind.value: str(kind.label) for kind in EventKind}
    return [_card(Line._make(line), labels, at) for line in lines]


def plain_cards(where: Where, *, most: int) -> dict[date, tuple[list[PlainCard], int]]:
    """By day, its first cards and how many there are in all."""
    lines = _rows(
        f"SELECT {COLUMNS} FROM {TABLES} WHERE {where.sql} ORDER BY {ORDER}",  # noqa: S608
        where.values,
    )
    days: dict[date, list[tuple[Any, ...]]] = {}
    for line in lines:
        days.setdefault(line[5], []).append(line)
    return {day: ([_plain(row) for row in rows[:most]], len(rows)) for day, rows in days.items()}


def _plain(line: tuple[Any, ...]) -> PlainCard:
    kind, name, slug, venue, status, day, opens_at, closes_at = line
    return PlainCard(
        name=name,
        url=event_url(kind, slug),
        kind=kind,
        day=day,
        times=f"{jam(opens_at)}–{jam(closes_at)}",
        place=venue,
        is_cancelled=status == EventStatus.CANCELLED,
    )


def event_url(kind: str, slug: str) -> str:
    """As Event.get_absolute_url says; asking for each address takes longer than its card."""
    return f"/jbl/{slug}/" if kind == EventKind.JBL else f"/acara/{slug}/"


def _card(line: Line, labels: dict[str, str], at: datetime) -> EventCard:
    state = line.state(at)
    note = line.note(state)
    return EventCard(
        name=line.name,
        url=event_url(line.kind, line.slug),
        kind=line.kind,
        kind_label=labels[line.kind],
        day=line.date,
        times=f"{jam(line.opens_at)}–{jam(line.closes_at)}",
        place=line.venue,
        note=f"{state.label}. {note}" if state == EventState.MOVED else note,
        state=state,
        tags=tuple(line.tags),
        event_id=line.event_id,
        day_id=line.day_id,
        made_at=line.made_at,
    )


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(prepared(sql, values), values)
        return list(cursor.fetchall())
