"""A night market of Friday, 18.00–01.00: Saturday morning still belongs to it."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.editions import Hours, move_day
from events.choices import EventState
from events.models import Event, EventDay
from events.reports.agenda import coming_events
from events.reports.pickups import coming_pickups
from tests import make
from umkm_portal.lib.errors import ActionRefused

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=JAKARTA)


def night(**values) -> EventDay:
    hours = {"opens_at": time(18), "closes_at": time(1), "set_up_at": time(16)}
    pause = {"break_from": None, "break_to": None}
    return make.jbl_day(FRIDAY, **{**hours, **pause, **values})


@pytest.mark.parametrize(
    ("moment", "state", "is_next"),
    [
        (at(12, 0, 30), EventState.OPEN, True),
        (at(12, 17, 59), EventState.OPEN, True),
        (at(12, 18), EventState.ONGOING, True),
        (at(12, 23, 59), EventState.ONGOING, True),
        (at(13, 0, 30), EventState.ONGOING, True),
        (at(13, 0, 59), EventState.ONGOING, True),
        (at(13, 1), EventState.DONE, False),
        (at(13, 18, 30), EventState.DONE, False),
    ],
)
def test_the_night_ends_at_one(moment, state, is_next) -> None:
    day = night()

    assert day.event.state(at=moment) == state
    assert (EventDay.objects.next_jbl_day(at=moment) == day) is is_next
    assert Event.objects.upcoming(at=moment).exists() is is_next
    assert Event.objects.past(at=moment).exists() is not is_next
    assert [card.state for card in coming_events(at=moment)] == [state] * is_next


def test_a_market_until_midnight_is_over_with_the_day() -> None:
    day = night(closes_at=time(0))

    assert day.ends == at(13, 0)
    assert EventDay.objects.not_over(at=at(12, 23, 59)).exists()
    assert not EventDay.objects.not_over(at=at(13, 0)).exists()


def test_an_ordinary_day_is_not_open_next_morning() -> None:
    make.jbl_day(FRIDAY)

    assert not EventDay.objects.not_over(at=at(13, 0, 30)).exists()


@pytest.mark.parametrize(
    "pause",
    [(time(20), time(20, 30)), (time(23, 50), time(0, 15)), (time(0, 10), time(0, 30))],
)
def test_a_break_lies_before_midnight_after_it_or_across(pause) -> None:
    assert night(break_from=pause[0], break_to=pause[1]).pk


@pytest.mark.parametrize(
    "pause",
    [
        (time(17), time(19)),
        (time(0, 30), time(2)),
        (time(21), time(20)),
        (time(0, 30), time(0, 10)),
    ],
)
def test_a_break_outside_the_night_is_refused(pause) -> None:
    with pytest.raises(IntegrityError, match="event_day_break_within"), transaction.atomic():
        night(break_from=pause[0], break_to=pause[1])


def test_the_calendar_file_ends_the_next_day(client) -> None:
    day = night()

    calendar = icalendar.Calendar.from_ical(client.get(f"/acara/{day.event.slug}.ics").content)
    entry = calendar.walk("VEVENT")[0]

    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (at(12, 18), at(13, 1))


def test_the_friday_page_is_on_until_it_closes(client) -> None:
    night()
    with time_machine.travel(at(13, 0, 30), tick=False):
        assert "Malam ini" in client.get("/jumat/").content.decode()
    with time_machine.travel(at(13, 1), tick=False):
        assert "Malam ini" not in client.get("/jumat/").content.decode()


def test_the_agenda_and_its_card_go_on_until_it_closes() -> None:
    night()
    (card,) = coming_events(at=at(13, 0, 59))
    assert card.state == EventState.ONGOING
    assert coming_events(at=at(13, 1)) == []


def test_the_booth_stays_on_the_order_until_it_closes(batik) -> None:
    make.place(night(), batik)
    with time_machine.travel(at(13, 0, 59), tick=False):
        assert batik.pk in coming_pickups([batik.pk])
    with time_machine.travel(at(13, 1), tick=False):
        assert coming_pickups([batik.pk]) == {}


@time_machine.travel(at(8, 9), tick=False)
def test_a_day_moves_into_the_night_and_not_to_the_next_noon(petugas) -> None:
    day = make.jbl_day(FRIDAY)

    moved = move_day(day, to=Hours(FRIDAY, time(18), time(1)), by=petugas, via="admin")

    assert (moved.ends, moved.break_from) == (at(13, 1), None)
    with pytest.raises(ActionRefused, match="esok paginya"):
        move_day(day, to=Hours(FRIDAY, time(16), time(9)), by=petugas, via="admin")


@time_machine.travel(at(13, 0, 30), tick=False)
def test_a_night_that_still_goes_on_moves_as_a_day_of_its_own_date(petugas) -> None:
    moved = move_day(night(), to=Hours(FRIDAY, time(18), time(2)), by=petugas, via="admin")

    assert timezone.localtime(moved.ends) == at(13, 2)
