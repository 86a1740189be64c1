"""Fridays over Lebaran, a new year and a leap day: on screen, in calendars, in reminders."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine as clock
import vobject
from django.urls import reverse
from django.utils import timezone

from events.actions.editions import cancel_event
from events.actions.event_reminders import remind_of_events
from events.actions.series import Hours, Plan, publish_series, repeat_event
from events.choices import EventKind, PlaceStatus
from events.models import Event, EventDay, EventSeries
from events.tasks import remind_of_markets
from tests import make
from umkm_portal.lib.recurrence import Every, Pattern
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
# Idulfitri 1447 H is on 21 and 22 March 2026, with leave from the 20th to the 24th.
FRIDAYS = [date(2026, 3, 6), date(2026, 3, 13), date(2026, 4, 3), date(2026, 4, 10)]
LEBARAN = [date(2026, 3, 20), date(2026, 3, 27)]
EIGHT_TO_TWO = Hours(time(8), time(14), None, time(11, 30), time(13))
pytestmark = pytest.mark.django_db


def by_icalendar(content: bytes) -> list[tuple[datetime, str]]:
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return sorted((entry["DTSTART"].dt, str(entry["STATUS"])) for entry in entries)


def by_vobject(content: bytes) -> list[tuple[datetime, str]]:
    (calendar,) = vobject.readComponents(content.decode())
    return sorted((entry.dtstart.value, entry.status.value) for entry in calendar.vevent_list)


def begins(day: date, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)


def fridays(petugas, first: date, last: date, *but: date) -> EventSeries:
    """Every Friday, 08.00-14.00, for all to see."""
    market = make.event(days=[], kind=EventKind.JBL, name="Jumat Beli Lokal", needs_sign_up=False)
    make.jbl_day(first, edition=market, opens_at=time(8), closes_at=time(14))
    by = {"by": petugas, "via": "admin"}
    plan = Plan(Pattern(Every.WEEK, first, (4,), last), EIGHT_TO_TWO, but)
    return publish_series(repeat_event(market, plan=plan, **by), **by)


def listed(page: str) -> list[str]:
    """The days of the cards, in the order in which they stand."""
    return re.findall(r'<time [^>]*datetime="(\d{4}-\d\d-\d\d)"', page)


def full(page: str) -> list[str]:
    """The cells of a month that have an event."""
    return re.findall(r'has-event"><time datetime="(\d{4}-\d\d-\d\d)"', page)


@pytest.fixture
def over_lebaran(petugas, time_machine) -> EventSeries:
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=JAKARTA), tick=False)
    return fridays(petugas, FRIDAYS[0], FRIDAYS[-1], *LEBARAN)


def test_no_market_over_lebaran_in_list_month_day_and_calendar(client, over_lebaran) -> None:
    agenda = client.get("/agenda/").text
    assert listed(agenda) == [f"{day}" for day in FRIDAYS]
    assert "16–22 Maret" not in agenda
    # The grid of March ends on Sunday, 5 April.
    assert full(client.get("/agenda/2026/03/").text) == [f"{day}" for day in FRIDAYS[:3]]
    for day in LEBARAN:
        assert listed(client.get(f"/agenda/{day:%Y/%m/%d}/").text) == []
    content = client.get("/agenda.ics?jenis=jbl").content
    assert by_icalendar(content) == by_vobject(content)
    assert by_icalendar(content) == [(begins(day), "CONFIRMED") for day in FRIDAYS]


def test_in_the_week_of_lebaran_people_read_when_the_next_market_is(
    client, over_lebaran, time_machine
) -> None:
    for day in (date(2026, 3, 16), date(2026, 3, 20), date(2026, 3, 27)):
        time_machine.move_to(begins(day, 7), tick=False)

        assert "Berikutnya: Jumat, 3 April 2026" in client.get("/jumat/").text, day
        following = EventDay.objects.next_jbl_day(at=timezone.now())
        assert following is not None
        assert following.date == date(2026, 4, 3)
    coming = client.get("/jbl/").text.partition("Yang sudah lewat")[0]
    assert "3 April 2026" in coming
    assert "20 Maret" not in coming
    assert "27 Maret" not in coming


def test_staff_see_lebaran_beside_the_dates_they_leave_out(client, petugas, over_lebaran) -> None:
    client.force_login(petugas)

    page = client.get(reverse("admin:events_event_ulangi", args=[over_lebaran.template_id])).text

    row = page[page.index("Jumat, 20 Maret 2026") :][:300]
    assert "Libur: Idulfitri 1447 H (cuti bersama)." in row
    assert 'value="2026-03-20" checked' not in page
    assert 'value="2026-04-03" checked' in page


def test_a_friday_given_up_for_lebaran_after_it_was_shown_is_called_off_everywhere(
    client, petugas, batik, time_machine
) -> None:
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=JAKARTA), tick=False)
    series = fridays(petugas, FRIDAYS[0], FRIDAYS[-1])
    shown = series.events.get(series_date=LEBARAN[0])
    make.place(shown.days.get(), batik)

    cancel_event(shown, reason="Libur Lebaran.", by=petugas, via="admin")

    content = client.get("/agenda.ics").content
    assert by_icalendar(content) == by_vobject(content)
    assert [day for day, status in by_icalendar(content) if status == "CANCELLED"] == [
        begins(LEBARAN[0])
    ]
    assert "Libur Lebaran." in client.get(shown.get_absolute_url()).text
    assert Notice.objects.get(recipient=batik.owner, purpose="event_cancelled")
    time_machine.move_to(begins(LEBARAN[0], 7), tick=False)
    following = EventDay.objects.next_jbl_day(at=timezone.now())
    assert following is not None
    assert following.date == LEBARAN[1]


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 8)],
        [date(2028, 2, 18), date(2028, 2, 25), date(2028, 3, 3)],
        [date(2027, 2, 19), date(2027, 2, 26), date(2027, 3, 5)],
    ],
    ids=["new year", "leap year", "other year"],
)
def test_fridays_go_on_over_the_ends_of_years_and_of_february(
    client, petugas, time_machine, days
) -> None:
    time_machine.move_to(begins(days[0] - timedelta(days=3), 9), tick=False)
    fridays(petugas, days[0], days[-1])

    assert listed(client.get("/agenda/").text) == [f"{day}" for day in days]
    for day in days:
        assert f"{day}" in full(client.get(f"/agenda/{day:%Y/%m}/").text)
        edition = Event.objects.get(series_date=day)
        assert f"{day.day} " in client.get(edition.get_absolute_url()).text
    content = client.get("/agenda.ics").content
    assert by_icalendar(content) == by_vobject(content)
    assert by_icalendar(content) == [(begins(day), "CONFIRMED") for day in days]


def test_a_night_of_new_year_and_of_a_leap_day_ends_in_the_next_one(client, time_machine) -> None:
    for last in (date(2026, 12, 31), date(2028, 2, 29), date(2027, 2, 28)):
        time_machine.move_to(begins(last - timedelta(days=5), 9), tick=False)
        Event.objects.all().delete()
        make.jbl_day(
            last,
            opens_at=time(18),
            closes_at=time(1),
            set_up_at=None,
            break_from=None,
            break_to=None,
        )
        content = client.get("/agenda.ics").content
        (entry,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
        (calendar,) = vobject.readComponents(content.decode())
        ends = begins(last + timedelta(days=1), 1)
        assert entry["DTEND"].dt == calendar.vevent.dtend.value == ends
        time_machine.move_to(ends - timedelta(minutes=5), tick=False)
        assert listed(client.get("/agenda/").text) == [f"{last}"]
        assert "18.00–01.00" in client.get("/jumat/").text
        time_machine.move_to(ends, tick=False)
        assert listed(client.get("/agenda/").text) == []


EDGES = [
    (date(2027, 1, 1), date(2026, 12, 31)),
    (date(2028, 2, 29), date(2028, 2, 28)),
    (date(2028, 3, 1), date(2028, 2, 29)),
    (date(2027, 3, 1), date(2027, 2, 28)),
]


@pytest.mark.parametrize(("day", "eve"), EDGES)
def test_a_reminder_comes_on_the_eve_whatever_month_or_year_that_is_in(
    day, eve, time_machine
) -> None:
    time_machine.move_to(begins(day - timedelta(days=7), 9), tick=False)
    training = make.event(name="Foto produk", days=[day])
    make.registration(training, name="Ani", phone="+6281200000001", email="ani@contoh.example")

    told = [
        remind_of_events(at=moment)
        for moment in (
            begins(eve - timedelta(days=1), 16),
            begins(eve, 15, 59),
            begins(eve, 16),
            begins(day, 6, 59),
            begins(day, 7),
            begins(day + timedelta(days=1), 7),
        )
    ]

    assert told == [0, 0, 1, 0, 1, 0]
    subjects = Notice.objects.filter(purpose="event_reminder").order_by("pk")
    assert [notice.subject for notice in subjects] == [
        "Besok pukul 09.00: Foto produk",
        "Hari ini pukul 09.00: Foto produk",
    ]


@pytest.mark.parametrize(("day", "eve"), EDGES)
def test_besok_jbl_is_said_on_the_eve_whatever_month_or_year_that_is_in(day, eve, batik) -> None:
    market = make.jbl_day(day)
    make.edition(market.event, seats_per_day=5)
    make.application(
        market, batik, status=PlaceStatus.ACCEPTED, placed_at=begins(day - timedelta(days=14))
    )

    for moment in (begins(eve - timedelta(days=1), 16), begins(eve, 16), begins(day, 16)):
        with clock.travel(moment, tick=False):
            remind_of_markets(at=moment)

    (letter,) = Notice.objects.filter(purpose="jbl_tomorrow")
    assert letter.subject.startswith("Besok JBL: ")
    assert f"{day.day} " in letter.subject
    assert f"{day.year}" in letter.subject


def test_two_hours_before_a_new_year_at_half_past_midnight_is_still_the_old_one(
    time_machine,
) -> None:
    first = date(2027, 1, 1)
    time_machine.move_to(begins(date(2026, 12, 20), 9), tick=False)
    night = make.event(name="Doa bersama", days=[])
    EventDay.objects.create(event=night, date=first, opens_at=time(0, 30), closes_at=time(3))
    make.registration(night, name="Ani", phone="+6281200000001", email="ani@contoh.example")

    assert remind_of_events(at=begins(date(2026, 12, 31), 22, 29)) == 0
    assert remind_of_events(at=begins(date(2026, 12, 31), 22, 30)) == 1
    assert Notice.objects.get(purpose="event_reminder").subject.startswith("Besok")
