"""At 07.00 of a working day staff hear what waits for them, once, and only if something does."""

from __future__ import annotations

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from members.choices import ApplicationStatus
from tests import make
from umkm_portal.digest import send_digests
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.usefixtures("fresh_limits")
MONDAY_7 = "2026-11-23T07:03:00+07:00"


def at(moment: str) -> int:
    with time_machine.travel(moment, tick=False):
        return send_digests(timezone.now())


@pytest.fixture
def waiting(budi, petugas, kurator, sekretariat) -> None:
    """An application waits for the officer, nothing for the others."""
    with time_machine.travel("2026-11-20T10:00:00+07:00"):
        make.business(budi, status=ApplicationStatus.SUBMITTED, decided_at=None)


def test_who_has_something_waiting_is_told_how_much_and_since_when(waiting, petugas) -> None:
    assert at(MONDAY_7) == 1

    letter = Notice.objects.get(purpose="staff_digest")
    assert letter.recipient == petugas
    assert letter.subject == "1 menunggu Anda"
    assert "Pendaftaran usaha: 1, paling lama sejak Jumat, 20 November 2026" in letter.body
    assert "/admin/" in letter.body


def test_it_is_said_once_a_day(waiting) -> None:
    assert [at(MONDAY_7), at("2026-11-23T07:40:00+07:00"), at("2026-11-24T07:00:00+07:00")] == [
        1,
        0,
        1,
    ]


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-23T06:59:00+07:00",
        "2026-11-23T08:00:00+07:00",
        "2026-11-22T07:03:00+07:00",
        "2026-08-17T07:03:00+07:00",
    ],
    ids=["too early", "too late", "Sunday", "Independence Day"],
)
def test_other_hours_and_free_days_are_quiet(waiting, moment) -> None:
    assert at(moment) == 0


def test_the_tick_does_it(waiting) -> None:
    with time_machine.travel(MONDAY_7):
        call_command("tick")
    assert Notice.objects.filter(purpose="staff_digest").count() == 1
