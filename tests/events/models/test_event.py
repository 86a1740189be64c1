"""What an event is, and what the database refuses to believe about it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.choices import EventKind, EventState, EventStatus
from events.models import BoothPlace, Event, EventDay, Registration
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


def refused(name: str):
    """The named constraint stands in the way."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "pesta"}, "event_kind_known"),
        ({"status": "full"}, "event_status_known"),
        ({"status": "cancelled"}, "event_cancelled_iff_stamped"),
        ({"cancelled_at": timezone.now()}, "event_cancelled_iff_stamped"),
        ({"capacity": 0}, "event_capacity_positive"),
        ({"kind": "jbl"}, "event_jbl_needs_no_sign_up"),
        ({"target_omzet": 0}, "event_money_not_negative"),
        ({"result_omzet": -1}, "event_money_not_negative"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(values, constraint) -> None:
    with refused(constraint), transaction.atomic():
        make.event(**values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"opens_at": time(16), "closes_at": time(16)}, "event_day_closes_after_opening"),
        ({"opens_at": time(16), "closes_at": time(9)}, "event_day_closes_after_opening"),
        ({"opens_at": time(18), "closes_at": time(6, 1)}, "event_day_closes_after_opening"),
        ({"set_up_at": time(9, 1)}, "event_day_set_up_before_opening"),
        ({"break_from": time(12)}, "event_day_break_within_hours"),
        ({"break_from": time(13), "break_to": time(12)}, "event_day_break_within_hours"),
        ({"break_from": time(8), "break_to": time(12)}, "event_day_break_within_hours"),
        ({"break_from": time(12), "break_to": time(17)}, "event_day_break_within_hours"),
    ],
)
def test_hours_are_in_order(values, constraint) -> None:
    event = make.event(days=[])
    with refused(constraint), transaction.atomic():
        EventDay.objects.create(event=event, date=date(2026, 6, 12), **values)


def test_a_date_stands_once_in_an_event() -> None:
    day = make.jbl_day()
    with refused("event_day_once"), transaction.atomic():
        make.jbl_day(day.date, edition=day.event)


def test_one_business_has_one_booth_a_day(batik, budi) -> None:
    day = make.jbl_day()
    place = make.place(day, batik, "A01")
    with refused("booth_one_per_business_per_day"), transaction.atomic():
        make.place(day, batik, "A02")
    with refused("booth_one_business_per_day"), transaction.atomic():
        make.place(day, make.business(budi), "A01")
    place.status = "cancelled"
    place.save()
    make.place(day, batik, "A02")
    make.place(day, make.business(budi), "A01")

    assert BoothPlace.objects.standing().count() == 2


@pytest.mark.parametrize("number", ["a07", "A7", "7", "A0007", "", "ABC01"])
def test_booths_are_numbered_like_a07(number) -> None:
    day = make.jbl_day()
    with refused("booth_number_like_a07"), transaction.atomic():
        make.booth(day.event, number)


def test_a_sign_up_is_of_a_business_or_a_guest(batik) -> None:
    event = make.event()
    for values in (
        {},
        {"name": "Ani"},
        {"phone": "+6281200000001"},
        {"business": batik, "name": "Ani", "phone": "+6281200000001"},
        {"business": batik, "phone": "+6281200000001"},
    ):
        with refused("registration_business_or_guest"), transaction.atomic():
            make.registration(event, **values)
    with refused("registration_phone_e164"), transaction.atomic():
        make.registration(event, name="Ani", phone="081200000001")


def test_nobody_stands_on_the_list_twice(batik) -> None:
    event = make.event()
    make.registration(event, business=batik)
    make.registration(event, name="Ani", phone="+6281200000001")
    with refused("registration_once_per_business"), transaction.atomic():
        make.registration(event, business=batik, status="waitlisted")
    with refused("registration_once_per_guest_phone"), transaction.atomic():
        make.registration(event, name="Lain", phone="+6281200000001")
    Registration.objects.update(status="cancelled", cancelled_at=timezone.now())
    make.registration(event, business=batik)
    make.registration(event, name="Ani", phone="+6281200000001")

    assert event.registrations.standing().count() == 2


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2026, 6, 11, 23, 59, tzinfo=JAKARTA), EventState.OPEN),
        (datetime(2026, 6, 12, 8, 59, 59, tzinfo=JAKARTA), EventState.OPEN),
        (datetime(2026, 6, 12, 9, tzinfo=JAKARTA), EventState.ONGOING),
        (datetime(2026, 6, 12, 15, 59, 59, tzinfo=JAKARTA), EventState.ONGOING),
        (datetime(2026, 6, 12, 16, tzinfo=JAKARTA), EventState.OPEN),
        (datetime(2026, 6, 13, 16, tzinfo=JAKARTA), EventState.DONE),
    ],
)
def test_the_clock_decides_the_word(moment, state) -> None:
    event = make.event(days=[date(2026, 6, 12), date(2026, 6, 13)])

    assert event.state(at=moment) == state


def test_seats_closing_time_and_decisions_decide_the_word() -> None:
    now = timezone.now()
    event = make.event(capacity=2)

    assert event.state(at=now, seats_taken=1) == EventState.OPEN
    assert event.state(at=now, seats_taken=2) == EventState.FULL
    event.sign_up_closes_at = now
    assert event.state(at=now, seats_taken=2) == EventState.CLOSED
    event.days.update(moved_from=timezone.localdate())
    assert event.state(at=now) == EventState.MOVED
    event.status = EventStatus.CANCELLED
    assert event.state(at=now) == EventState.CANCELLED
    assert make.event(status=EventStatus.PLANNED).state(at=now) == EventState.PLANNED
    assert make.event(days=[]).state(at=now) == EventState.OPEN


@pytest.mark.parametrize("last", [date(2026, 12, 31), date(2028, 2, 29), date(2026, 1, 31)])
def test_months_and_years_end(last) -> None:
    event = make.event(days=[last, last + timedelta(days=1)])
    evening = datetime.combine(last, time(16), JAKARTA)

    assert list(Event.objects.upcoming(at=evening)) == [event]
    assert Event.objects.upcoming(at=evening).get().next_date == last + timedelta(days=1)
    assert not Event.objects.past(at=evening).exists()
    assert Event.objects.past(at=evening + timedelta(days=1)).get() == event


def test_the_day_is_jakartas_not_greenwichs() -> None:
    """At 17.30 UTC it is half past midnight of the next day in Jakarta."""
    make.jbl_day(date(2026, 6, 12))
    after_midnight = datetime(2026, 6, 12, 17, 30, tzinfo=ZoneInfo("UTC"))

    assert EventDay.objects.next_jbl_day(at=after_midnight) is None
    assert EventDay.objects.next_jbl_day(at=after_midnight - timedelta(hours=9)) is not None


def test_the_next_jbl_day_is_public_and_not_called_off() -> None:
    today = timezone.localdate()
    hidden = make.jbl_day(today + timedelta(days=1)).event
    hidden.published = False
    hidden.save()
    off = make.jbl_day(today + timedelta(days=2)).event
    off.status, off.cancelled_at = EventStatus.CANCELLED, timezone.now()
    off.save()
    make.event(days=[today + timedelta(days=3)], kind=EventKind.FESTIVAL)
    later = make.jbl_day(today + timedelta(days=5))
    make.jbl_day(today + timedelta(days=6), edition=later.event)

    assert EventDay.objects.next_jbl_day(at=timezone.now()) == later
