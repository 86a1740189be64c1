"""A seat is called to mind on the eve at 16.00 and two hours before: once each, never at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.actions.editions import Hours, cancel_event, move_day
from events.actions.event_reminders import remind, remind_of_events
from events.actions.registration import Guest, cancel_registration, register_guest
from events.choices import RegistrationStatus as S
from events.models import Event
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = datetime(2027, 3, 10, tzinfo=JAKARTA).date()
CLOCK = {"by": None, "via": "jadwal"}


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    moment = datetime.combine(DAY + timedelta(days=days), time(hour, minute))
    return moment.replace(tzinfo=JAKARTA)


@pytest.fixture(autouse=True)
def week_before(time_machine):
    time_machine.move_to(at(10, days=-7), tick=False)
    return time_machine


@pytest.fixture
def training(db) -> Event:
    """On 10 March, 09.00 to 16.00."""
    return make.event(days=[DAY], name="Foto produk", online_url="https://rapat.example/x")


@pytest.fixture
def ani(training):
    return make.registration(
        training, name="Ani", phone="+6281200000001", email="ani@contoh.example"
    )


def sent() -> list[str]:
    return list(
        Notice.objects.filter(purpose="event_reminder")
        .order_by("pk")
        .values_list("subject", flat=True)
    )


EVE, SOON = "Besok pukul 09.00: Foto produk", "Hari ini pukul 09.00: Foto produk"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (at(15, 59, days=-1), []),
        (at(16, 0, days=-1), [EVE]),
        (at(20, 59, days=-1), [EVE]),
        (at(21, 0, days=-1), []),  # people sleep
        (at(3), []),
        (at(6, 59), []),
        (at(7, 0), [SOON]),
        (at(8, 59), [SOON]),
        (at(9, 0), []),  # it has begun
    ],
)
def test_each_hour_has_its_letter(ani, moment, said) -> None:
    remind_of_events(at=moment)

    assert sent() == said


def test_the_clock_sends_each_once(ani, time_machine) -> None:
    for moment in [at(16, days=-1), at(16, 1, days=-1), at(20, days=-1), at(7), at(8)]:
        time_machine.move_to(moment, tick=False)
        call_command("tick")

    assert sent() == [EVE, SOON]
    assert AuditEntry.objects.filter(verb="event.reminded").count() == 2


def test_an_early_event_is_called_to_mind_two_hours_before_even_at_night(ani, training) -> None:
    training.days.update(opens_at=time(6), closes_at=time(8))

    assert remind_of_events(at=at(4)) == 1
    assert sent() == ["Hari ini pukul 06.00: Foto produk"]


def test_an_event_in_the_evening_is_called_to_mind_both_times(ani, training) -> None:
    training.days.update(opens_at=time(18), closes_at=time(20))

    for moment in [at(16, days=-1), at(7), at(16)]:
        remind_of_events(at=moment)

    assert sent() == ["Besok pukul 18.00: Foto produk", "Hari ini pukul 18.00: Foto produk"]


def test_the_letter_says_where_and_keeps_the_meetings_address_to_itself(ani, training) -> None:
    remind_of_events(at=at(16, days=-1))

    letter = Notice.objects.get(purpose="event_reminder")
    assert "Rabu, 10 Maret 2027, pukul 09.00–16.00 WIB" in letter.body
    assert "Gedung PLUT Jakarta Selatan" in letter.body
    assert "https://peta.example/plut" in letter.body
    assert f"/peserta/{ani.token}/" in letter.body
    assert "rapat.example" not in letter.body
    assert letter.news_until == at(9)


@pytest.mark.parametrize("status", [S.WAITLISTED, S.CANCELLED])
def test_who_has_no_seat_is_not_reminded(training, status) -> None:
    stamp = {"cancelled_at": timezone.now()} if status == S.CANCELLED else {}
    make.registration(training, name="Ani", phone="+6281200000001", status=status, **stamp)

    assert remind_of_events(at=at(16, days=-1)) == 0


def test_who_signs_up_after_it_fell_due_was_told_just_then(training, time_machine) -> None:
    time_machine.move_to(at(17, days=-1), tick=False)
    guest = Guest("Ani", "+6281200000001", email="ani@contoh.example")
    register_guest(training, guest=guest, by=None, via="web")

    assert remind_of_events(at=at(17, 1, days=-1)) == 0
    assert remind_of_events(at=at(7)) == 1


def test_a_called_off_event_reminds_nobody(ani, training, petugas) -> None:
    cancel_event(training, reason="Hujan.", by=petugas, via="admin")

    assert remind_of_events(at=at(16, days=-1)) == 0
    remind(training, at=at(16, days=-1), **CLOCK)
    assert sent() == []


def test_a_letter_that_has_not_left_stays_unsent_when_she_cancels(ani) -> None:
    remind_of_events(at=at(16, days=-1))
    letter = Notice.objects.get(purpose="event_reminder")
    assert letter.mail_status == MailStatus.QUEUED

    cancel_registration(ani, by=None, via="tautan")

    letter.refresh_from_db()
    assert letter.mail_status == MailStatus.NONE
    remind_of_events(at=at(7))
    assert sent() == [EVE]


def test_a_day_that_moved_is_called_to_mind_again(ani, training, petugas, time_machine) -> None:
    remind_of_events(at=at(16, days=-1))
    day = training.days.get()
    time_machine.move_to(at(17, days=-1), tick=False)

    later = Hours(DAY + timedelta(days=5), day.opens_at, day.closes_at)
    move_day(day, to=later, by=petugas, via="admin")

    assert remind_of_events(at=at(16, days=4)) == 1
    assert sent() == [EVE, EVE]


def test_of_days_in_a_row_the_first_is_enough(db) -> None:
    course = make.event(days=[DAY, DAY + timedelta(days=1), DAY + timedelta(days=7)])
    make.registration(course, name="Ani", phone="+6281200000001", email="ani@contoh.example")

    reminded = [remind_of_events(at=at(16, days=days)) for days in (-1, 0, 6)]

    assert reminded == [1, 0, 1]


def test_an_owner_reads_it_in_her_inbox(training, batik) -> None:
    make.registration(training, business=batik)

    remind_of_events(at=at(16, days=-1))

    assert Notice.objects.get(purpose="event_reminder").recipient == batik.owner


def test_it_costs_the_same_for_one_event_without_anybody_left(
    ani, django_assert_max_num_queries
) -> None:
    remind_of_events(at=at(16, days=-1))

    with django_assert_max_num_queries(4):
        assert remind_of_events(at=at(16, 1, days=-1)) == 0


@pytest.mark.django_db(transaction=True)
def test_four_clocks_at_once_tell_her_once(training, ani) -> None:
    outcomes = all_at_once(lambda _n: remind(training, at=at(16, days=-1), **CLOCK), range(4))

    assert outcomes == ["done"] * 4
    assert sent() == [EVE]
    assert AuditEntry.objects.filter(verb="event.reminded").count() == 1
