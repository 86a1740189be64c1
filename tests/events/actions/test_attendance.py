"""Who is there is noted at the door, once; mended afterwards only with a reason."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.attendance import admit_guest, admit_waiting, mark_present, unmark
from events.actions.evidence import note_market, take_back_market
from events.actions.registration import Guest, cancel_registration
from events.choices import RegistrationStatus
from events.models import Attendance, Registration
from members.actions.erasure import erase_business
from members.choices import ApplicationStatus
from members.models import ProgrammeStage
from members.reports.programme import steps_of
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = date(2026, 6, 17)
DOOR = {"via": "web"}


def at(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute), JAKARTA)


@pytest.fixture
def training(db):
    """Wednesday, 17 June 2026, 09.00 to 16.00."""
    return make.training(days=[DAY], name="Foto produk")


@pytest.fixture
def day(training):
    return training.days.get()


@pytest.fixture
def seat(training, batik) -> Registration:
    return make.registration(training, business=batik)


def p2(business):
    return next(s for s in steps_of(business, on=timezone.localdate()) if s.stage.code == "P2")


@time_machine.travel(at(8, 30), tick=False)
def test_one_tap_notes_her_and_shows_the_step(seat, day, petugas, batik) -> None:
    attendance = mark_present(seat, day=day, by=petugas, **DOOR)

    assert (attendance.attended_at, attendance.marked_by) == (at(8, 30), petugas)
    entry = AuditEntry.objects.about(seat).get()
    assert (entry.verb, entry.data) == ("registration.present", {"day": "2026-06-17"})
    step = p2(batik)
    assert step.is_reached
    assert (step.since, step.shown_by.label) == (DAY, "Foto produk")


@time_machine.travel(at(9), tick=False)
def test_twice_is_once(seat, day, petugas, batik) -> None:
    first = mark_present(seat, day=day, by=petugas, **DOOR)

    assert mark_present(seat, day=day, by=petugas, **DOOR) == first
    assert AuditEntry.objects.about(seat).count() == batik.evidence.count() == 1


@time_machine.travel(at(9), tick=False)
def test_a_mistake_is_undone_with_its_evidence(seat, day, petugas, batik) -> None:
    mark_present(seat, day=day, by=petugas, **DOOR)

    unmark(seat, day=day, by=petugas, **DOOR)
    unmark(seat, day=day, by=petugas, **DOOR)

    assert not Attendance.objects.exists()
    assert not p2(batik).is_reached
    assert p2(batik).fallen_because == "Dicatat hadir karena salah ketuk."
    verbs = AuditEntry.objects.about(seat).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["registration.present", "registration.not_present"]
    mark_present(seat, day=day, by=petugas, **DOOR)
    assert p2(batik).is_reached


def test_two_days_are_one_piece_of_evidence_until_both_are_undone(batik, petugas) -> None:
    training = make.training(days=[DAY, DAY + timedelta(days=1)])
    seat = make.registration(training, business=batik)
    first, second = training.days.order_by("date")
    with time_machine.travel(at(9)):
        mark_present(seat, day=first, by=petugas, **DOOR)
    with time_machine.travel(at(9, day=second.date)):
        mark_present(seat, day=second, by=petugas, **DOOR)
        assert batik.evidence.standing().count() == 1
        unmark(seat, day=second, by=petugas, **DOOR)
        assert batik.evidence.standing().count() == 1


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(6, 59), False),
        (at(7), True),
        (at(23, 59), True),
        (at(0, day=DAY + timedelta(days=1)), False),
    ],
)
def test_the_door_is_open_from_two_hours_before_to_the_end_of_the_day(
    seat, day, petugas, moment, opens
) -> None:
    with time_machine.travel(moment, tick=False):
        if opens:
            mark_present(seat, day=day, by=petugas, **DOOR)
            return
        sentence = "dibuka Rabu, 17 Juni 2026 pukul 07.00 WIB|hanya bisa diubah dengan alasan"
        with pytest.raises(ActionRefused, match=sentence):
            mark_present(seat, day=day, by=petugas, **DOOR)
    assert not Attendance.objects.exists()


def test_a_night_goes_on_past_midnight(batik, petugas) -> None:
    training = make.training(days=[DAY])
    training.days.update(opens_at=time(20), closes_at=time(1, 30))
    seat = make.registration(training, business=batik)

    with time_machine.travel(at(1, day=DAY + timedelta(days=1)), tick=False):
        assert mark_present(seat, day=training.days.get(), by=petugas, **DOOR).late_reason == ""


@time_machine.travel(at(10, day=DAY + timedelta(days=2)), tick=False)
def test_afterwards_with_a_reason_that_is_kept(seat, day, petugas, batik) -> None:
    attendance = mark_present(seat, day=day, reason=" Dari daftar kertas. ", by=petugas, **DOOR)

    assert attendance.late_reason == "Dari daftar kertas."
    assert AuditEntry.objects.about(seat).get().data["reason"] == "Dari daftar kertas."
    assert p2(batik).since == DAY
    with pytest.raises(ActionRefused, match="dengan alasan"):
        unmark(seat, day=day, by=petugas, **DOOR)
    unmark(seat, day=day, reason="Ternyata orang lain.", by=petugas, **DOOR)
    assert p2(batik).fallen_because == "Ternyata orang lain."


class TestRefused:
    @pytest.mark.parametrize(
        "status", [RegistrationStatus.WAITLISTED, RegistrationStatus.CANCELLED]
    )
    @time_machine.travel(at(9), tick=False)
    def test_who_has_no_seat(self, seat, day, petugas, status) -> None:
        Registration.objects.update(
            status=status, cancelled_at=timezone.now() if status == "cancelled" else None
        )

        with pytest.raises(ActionRefused, match="tidak punya tempat"):
            mark_present(seat, day=day, by=petugas, **DOOR)

    @time_machine.travel(at(9), tick=False)
    def test_on_a_day_of_another_event(self, seat, petugas) -> None:
        other = make.training(days=[DAY]).days.get()

        with pytest.raises(ActionRefused, match="bukan hari acara itu"):
            mark_present(seat, day=other, by=petugas, **DOOR)

    @time_machine.travel(at(9), tick=False)
    def test_ones_own_business(self, seat, day, siti) -> None:
        with pytest.raises(ActionRefused, match="petugas lain"):
            mark_present(seat, day=day, by=siti, **DOOR)

    @time_machine.travel(at(9), tick=False)
    def test_a_seat_is_not_cancelled_whose_holder_is_there(self, seat, day, petugas) -> None:
        mark_present(seat, day=day, by=petugas, **DOOR)

        with pytest.raises(ActionRefused, match="sudah tercatat hadir"):
            cancel_registration(seat, by=None, via="tautan")


class TestTheDatabase:
    def test_lets_nobody_in_without_a_seat(self, training, day) -> None:
        waiting = make.registration(
            training, name="Ani", phone="+628120000001", status=RegistrationStatus.WAITLISTED
        )

        with pytest.raises(IntegrityError, match="present_only_when_registered"):
            make.attendance(waiting, day)

    def test_takes_no_seat_from_who_is_there(self, seat, day) -> None:
        make.attendance(seat, day)

        with pytest.raises(IntegrityError, match="present_only_when_registered"):
            Registration.objects.update(status="cancelled", cancelled_at=timezone.now())

    def test_knows_which_day_is_of_which_event(self, seat) -> None:
        other = make.training(days=[DAY]).days.get()

        with pytest.raises(IntegrityError, match="present_on_a_day_of_the_event"):
            make.attendance(seat, other)

    def test_counts_nobody_twice_a_day(self, seat, day) -> None:
        make.attendance(seat, day)

        with pytest.raises(IntegrityError, match="present_once_a_day"), transaction.atomic():
            make.attendance(seat, day)


class TestWithoutHavingSignedUp:
    guest = Guest("Ani Wijaya", "+6281200000001")

    @time_machine.travel(at(9), tick=False)
    def test_a_guest_is_written_down_and_there(self, day, training, petugas) -> None:
        first = admit_guest(day, guest=self.guest, by=petugas, **DOOR)
        second = admit_guest(day, guest=self.guest, by=petugas, **DOOR)

        assert first == second == Registration.objects.get()
        assert (first.status, first.attendances.get().day) == ("registered", day)
        verbs = AuditEntry.objects.about(first).order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["registration.walked_in", "registration.present"]

    @time_machine.travel(at(9), tick=False)
    def test_who_waited_gets_the_seat_of_who_did_not_come(self, day, training, petugas) -> None:
        training.capacity = 1
        training.save()
        make.registration(training, name="Tak datang", phone="+6281200000002")
        waiting = make.registration(
            training, name="Ani", phone=self.guest.phone, status=RegistrationStatus.WAITLISTED
        )

        admit_waiting(waiting, day=day, by=petugas, **DOOR)
        admit_waiting(waiting, day=day, by=petugas, **DOOR)

        waiting.refresh_from_db()
        assert waiting.status == RegistrationStatus.REGISTERED
        assert waiting.promoted_at
        assert Attendance.objects.count() == 1
        with pytest.raises(ActionRefused, match="Ruangan penuh: 1 orang sudah hadir"):
            admit_guest(day, guest=Guest("Ina", "+6281200000003"), by=petugas, **DOOR)

    @time_machine.travel(at(9, day=DAY + timedelta(days=1)), tick=False)
    def test_nobody_new_after_the_day(self, day, petugas) -> None:
        with pytest.raises(ActionRefused, match="sudah lewat"):
            admit_guest(day, guest=self.guest, by=petugas, **DOOR)
        assert not Registration.objects.exists()


class TestEvidenceOnlyWhereItShowsSomething:
    @time_machine.travel(at(9), tick=False)
    def test_none_of_a_guest_or_without_details(self, training, day, petugas, batik) -> None:
        guest = make.registration(training, name="Ani", phone="+628120000001")
        mark_present(guest, day=day, by=petugas, **DOOR)
        plain = make.event(days=[DAY])
        seat = make.registration(plain, business=batik)
        mark_present(seat, day=plain.days.get(), by=petugas, **DOOR)

        assert not batik.evidence.exists()

    @pytest.mark.parametrize("what", ["no step", "a step that takes none", "not approved"])
    @time_machine.travel(at(9), tick=False)
    def test_yet_she_is_there(self, seat, day, petugas, batik, training, what) -> None:
        if what == "no step":
            training.training.stage = ""
            training.training.save()
        elif what == "not approved":
            batik.status = ApplicationStatus.CANCELLED
            batik.save()
        else:
            ProgrammeStage.objects.filter(code="P2").update(kinds=["staff"])

        assert mark_present(seat, day=day, by=petugas, **DOOR)
        assert not batik.evidence.exists()

    def test_a_day_in_the_market_shows_marketing(self, batik, petugas) -> None:
        place = make.place(make.jbl_day(timezone.localdate()), batik)

        first = note_market(place, by=petugas, **DOOR)
        assert note_market(place, by=petugas, **DOOR) == first
        step = next(s for s in steps_of(batik, on=timezone.localdate()) if s.stage.code == "P5")
        assert step.is_reached
        take_back_market(place, reason="Salah ketuk.", by=petugas, **DOOR)
        assert take_back_market(place, reason="Salah ketuk.", by=petugas, **DOOR) is None
        assert not batik.evidence.standing().exists()


@time_machine.travel(at(9), tick=False)
def test_who_is_forgotten_on_the_first_day_stays_without_a_name(batik, petugas, admin) -> None:
    training = make.training(days=[DAY, DAY + timedelta(days=1)])
    seat = make.registration(training, business=batik)
    mark_present(seat, day=training.days.first(), by=petugas, **DOOR)

    erase_business(batik, by=admin, via="admin")

    seat.refresh_from_db()
    assert seat.status == RegistrationStatus.REGISTERED
    assert "Batik Siti" not in str(seat)
