"""Two at the same door in the same moment: nobody is there twice, no chair is given twice."""

from __future__ import annotations

from datetime import time

import pytest
from django.utils import timezone

from events.actions.attendance import admit_guest, mark_present
from events.actions.registration import Guest
from events.models import Attendance
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry

DOOR = {"via": "web"}


@pytest.mark.django_db(transaction=True)
def test_two_officers_tap_at_once_and_she_is_there_once(batik, petugas, admin) -> None:
    training = make.training(days=[timezone.localdate()])
    training.days.update(opens_at=time(0), closes_at=time(23, 59))
    seat, day = make.registration(training, business=batik), training.days.get()

    outcome = all_at_once(
        lambda by: mark_present(seat, day=day, by=by, **DOOR), [petugas, admin, petugas, admin]
    )

    assert outcome == ["done"] * 4
    assert Attendance.objects.count() == batik.evidence.count() == 1
    assert AuditEntry.objects.about(seat).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_chair_is_given_to_one_of_those_at_the_door(petugas) -> None:
    training = make.training(days=[timezone.localdate()], capacity=2)
    training.days.update(opens_at=time(0), closes_at=time(23, 59))
    day = training.days.get()
    make.attendance(make.registration(training, name="Ani", phone="+628120000009"), day)
    guests = [Guest(f"Tamu {n}", f"+62812000000{n}") for n in range(4)]

    outcome = all_at_once(lambda g: admit_guest(day, guest=g, by=petugas, **DOOR), guests)

    assert outcome == ["done", "refused", "refused", "refused"]
    assert Attendance.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_tap_a_guest_at_once_and_she_is_there_once(petugas, admin) -> None:
    training = make.training(days=[timezone.localdate()])
    training.days.update(opens_at=time(0), closes_at=time(23, 59))
    seat = make.registration(training, name="Ani", phone="+628120000009")
    day = training.days.get()

    outcome = all_at_once(
        lambda by: mark_present(seat, day=day, by=by, **DOOR), [petugas, admin, petugas, admin]
    )

    assert outcome == ["done"] * 4
    assert Attendance.objects.count() == 1
    assert AuditEntry.objects.about(seat).count() == 1
