"""Who came to the market is ticked off at the door, once; who did not counts in the next turns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.actions.checkin import (
    mark_arrived,
    mark_missed,
    record_no_shows,
    take_back_arrival,
)
from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from members.models import StageEvidence
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
DOOR = {"via": "web"}


def at(hour: int, minute: int = 0, *, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), JAKARTA)


@pytest.fixture
def day(db):
    """Friday, 12 June 2026, 09.00 to 16.00; sellers come at 07.30."""
    return make.jbl_day(FRIDAY)


@pytest.fixture
def place(day, batik):
    return make.place(day, batik)


def evidence(business) -> int:
    return StageEvidence.objects.standing().filter(business=business).count()


@time_machine.travel(at(7, 45), tick=False)
def test_one_tap_says_she_is_there_and_shows_the_step(place, petugas, batik) -> None:
    for _twice in range(2):
        there = mark_arrived(place, by=petugas, **DOOR)

    assert (there.status, there.checked_in_at, there.checked_in_by) == (
        PlaceStatus.PRESENT,
        at(7, 45),
        petugas,
    )
    assert evidence(batik) == 1
    assert AuditEntry.objects.filter(verb="place.present").count() == 1


@time_machine.travel(at(8, 2), tick=False)
def test_a_tap_that_waited_for_a_signal_keeps_its_own_time(place, petugas) -> None:
    assert mark_arrived(place, at=at(7, 58), by=petugas, **DOOR).checked_in_at == at(7, 58)


@pytest.mark.parametrize("tapped", [at(5), at(9, 30), at(8, day=FRIDAY - timedelta(days=1))])
@time_machine.travel(at(8, 2), tick=False)
def test_a_phone_with_a_wrong_clock_counts_as_now(place, petugas, tapped) -> None:
    assert mark_arrived(place, at=tapped, by=petugas, **DOOR).checked_in_at == at(8, 2)


@pytest.mark.parametrize("now", [at(5, 29), at(20, day=FRIDAY - timedelta(days=1))])
def test_nobody_is_there_before_the_door_opens(place, petugas, now) -> None:
    with (
        time_machine.travel(now, tick=False),
        pytest.raises(ActionRefused, match=r"Jumat, 12 Juni 2026 pukul 05\.30 WIB"),
    ):
        mark_arrived(place, by=petugas, **DOOR)


def test_after_the_day_a_reason_is_asked_but_not_for_a_tap_of_the_day(place, petugas) -> None:
    with time_machine.travel(at(0, 30, day=FRIDAY + timedelta(days=1)), tick=False):
        with pytest.raises(ActionRefused, match="dengan alasan"):
            mark_arrived(place, by=petugas, **DOOR)
        assert mark_arrived(place, at=at(15), by=petugas, **DOOR).checked_in_at == at(15)
        take_back_arrival(place, reason="Salah orang", by=petugas, **DOOR)
        there = mark_arrived(place, reason="Daftar kertas", by=petugas, **DOOR)
    assert there.status == PlaceStatus.PRESENT


@time_machine.travel(at(9), tick=False)
def test_a_mistaken_tap_is_taken_back_with_what_it_showed(place, petugas, batik) -> None:
    mark_arrived(place, by=petugas, **DOOR)

    for _twice in range(2):
        again = take_back_arrival(place, by=petugas, **DOOR)

    assert (again.status, again.checked_in_at) == (PlaceStatus.ACCEPTED, None)
    assert evidence(batik) == 0


@pytest.mark.parametrize("status", [PlaceStatus.WAITLISTED, PlaceStatus.CANCELLED])
@time_machine.travel(at(9), tick=False)
def test_who_has_no_place_cannot_be_ticked_off(day, batik, petugas, status) -> None:
    place = make.application(day, batik, status=status)

    with pytest.raises(ActionRefused, match="tidak punya tempat hari ini"):
        mark_arrived(place, by=petugas, **DOOR)


@time_machine.travel(at(8), tick=False)
def test_nobody_is_ticked_off_where_the_market_was_called_off(day, place, petugas) -> None:
    cancel_event(day.event, reason="Hujan", by=petugas, via="admin")

    with pytest.raises(ActionRefused, match="dibatalkan"):
        mark_arrived(place, by=petugas, **DOOR)


@time_machine.travel(at(9), tick=False)
def test_nobody_ticks_off_her_own_business(place, siti) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        mark_arrived(place, by=siti, **DOOR)


def test_who_did_not_come_is_noted_once_the_market_has_begun(place, petugas) -> None:
    with (
        time_machine.travel(at(8, 59), tick=False),
        pytest.raises(ActionRefused, match="masih bisa datang"),
    ):
        mark_missed(place, by=petugas, **DOOR)
    with time_machine.travel(at(10), tick=False):
        for _twice in range(2):
            assert mark_missed(place, by=petugas, **DOOR).status == PlaceStatus.ABSENT
        assert mark_arrived(place, by=petugas, **DOOR).status == PlaceStatus.PRESENT
        with pytest.raises(ActionRefused, match="tidak sedang ditunggu"):
            mark_missed(place, by=petugas, **DOOR)


def test_twelve_hours_after_the_close_who_is_still_expected_did_not_come(
    day, place, petugas, budi
) -> None:
    missing = make.place(day, make.business(budi, name="Warung Budi"), "A08")
    with time_machine.travel(at(9), tick=False):
        mark_arrived(place, by=petugas, **DOOR)

    with time_machine.travel(at(3, 59, day=FRIDAY + timedelta(days=1)), tick=False):
        assert record_no_shows(at=timezone.now(), by=None, via="jadwal") == 0
    with time_machine.travel(at(4, day=FRIDAY + timedelta(days=1)), tick=False):
        assert record_no_shows(at=timezone.now(), by=None, via="jadwal") == 1
        assert record_no_shows(at=timezone.now(), by=None, via="jadwal") == 0

    missing.refresh_from_db()
    assert missing.status == PlaceStatus.ABSENT


def test_a_day_kept_on_paper_accuses_nobody(day, place) -> None:
    with time_machine.travel(at(12, day=FRIDAY + timedelta(days=1)), tick=False):
        assert record_no_shows(at=timezone.now(), by=None, via="jadwal") == 0


@pytest.mark.django_db(transaction=True)
def test_two_phones_tick_her_off_at_once(batik, petugas) -> None:
    with time_machine.travel(at(8)):
        place = make.place(make.jbl_day(FRIDAY), batik)
        said = all_at_once(lambda _n: mark_arrived(place, by=petugas, **DOOR), range(4))

    assert said == ["done"] * 4
    assert AuditEntry.objects.filter(verb="place.present").count() == 1
    assert evidence(batik) == 1
