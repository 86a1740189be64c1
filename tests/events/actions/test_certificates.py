"""The paper for who was there on every day: numbered without a gap, and taken back when it must."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.actions.attendance import mark_present, unmark
from events.actions.certificates import (
    issue_certificates,
    issue_due_certificates,
    revoke_certificate,
)
from events.models import Certificate, Registration
from members.actions.erasure import erase_person
from members.models import Owner
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
DAY = date(2026, 6, 17)
CLOSES = datetime.combine(DAY, time(16), JAKARTA)
CLOCK = {"by": None, "via": "jadwal"}


@pytest.fixture
def training(db):
    return make.training(days=[DAY], name="Foto produk")


@pytest.fixture
def seat(training, batik) -> Registration:
    Owner.objects.filter(user=batik.owner).update(full_name="Hj. Siti O'Aminah")
    seat = make.registration(training, business=batik)
    with time_machine.travel(CLOSES - timedelta(hours=7)):
        make.attendance(seat)
    return seat


def guest(training, number: int = 1, *, there: bool = True) -> Registration:
    made = make.registration(training, name=f"Tamu {number}", phone=f"+6281200000{number:03}")
    if there:
        with time_machine.travel(CLOSES - timedelta(hours=7)):
            make.attendance(made)
    return made


def test_a_guest_with_an_address_is_told_where_to_save_hers(training) -> None:
    ani, ina = guest(training, 1), guest(training, 2)
    Registration.objects.filter(pk=ani.pk).update(email="ani@contoh.example")

    with time_machine.travel(CLOSES, tick=False):
        issue_certificates(training, **CLOCK)

    letter = Notice.objects.get()
    assert (letter.guest_email, letter.about) == ("ani@contoh.example", ani)
    assert "Tamu 1 hadir di Foto produk." in letter.body
    assert f"Unduh: http://127.0.0.1:8000/peserta/{ani.token}/" in letter.body
    assert f"/peserta/{ani.token}/masukan/" in letter.body
    assert ani.certificates.get().get_absolute_url() in letter.body
    assert ina.certificates.exists()


def test_who_was_there_gets_one_and_is_told(training, seat) -> None:
    absent = guest(training, there=False)

    with time_machine.travel(CLOSES, tick=False):
        (given,) = issue_certificates(training, **CLOCK)
        assert issue_certificates(training, **CLOCK) == []

    assert (given.number, len(given.code)) == ("SP-2026-000001", 10)
    assert given.name == "Hj. Siti O'Aminah"
    assert (given.topic, given.hours, given.held_from, given.held_to) == (
        "Foto produk",
        6,
        DAY,
        DAY,
    )
    assert not absent.certificates.exists()
    notice = Notice.objects.get()
    assert notice.subject == "Sertifikat pelatihan Anda"
    for part in (given.code, given.number, "/saya/pelatihan/", f"/peserta/{seat.token}/masukan/"):
        assert part in notice.body
    assert AuditEntry.objects.about(given).get().verb == "certificate.issued"


def test_the_clock_gives_them_when_the_last_minute_is_over(training, seat) -> None:
    guest(training)
    with time_machine.travel(CLOSES - timedelta(seconds=1), tick=False):
        assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0
    with time_machine.travel(CLOSES, tick=False):
        assert issue_due_certificates(at=timezone.now(), **CLOCK) == 2
        assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0

    numbers = Certificate.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == ["SP-2026-000001", "SP-2026-000002"]


def test_two_days_need_two_presences(batik, petugas) -> None:
    second = DAY + timedelta(days=1)
    training = make.training(days=[DAY, second])
    seat = make.registration(training, business=batik)
    make.attendance(seat)
    after = datetime.combine(second, time(20), JAKARTA)

    with time_machine.travel(after, tick=False):
        assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0
        mark_present(seat, day=training.days.get(date=second), by=petugas, via="web")
        assert issue_due_certificates(at=timezone.now(), **CLOCK) == 1
    assert Certificate.objects.get().held_to == second


class TestRefused:
    def test_before_the_end(self, training, seat) -> None:
        with (
            time_machine.travel(CLOSES - timedelta(minutes=1)),
            pytest.raises(ActionRefused, match="setelah pelatihan selesai"),
        ):
            issue_certificates(training, **CLOCK)

    def test_while_nobody_signs(self, db) -> None:
        with pytest.raises(ActionRefused, match="penanda tangan"):
            issue_certificates(make.event(days=[DAY]), **CLOCK)

    def test_a_training_that_was_called_off(self, training, seat) -> None:
        training.status, training.cancelled_at = "cancelled", timezone.now()
        training.save()

        with time_machine.travel(CLOSES):
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0

    def test_taking_back_without_a_reason(self, seat, admin) -> None:
        with pytest.raises(ActionRefused, match="alasannya"):
            revoke_certificate(make.certificate(seat), reason=" ", by=admin, via="admin")


class TestTakenBack:
    def test_undone_presence_takes_it_back_and_a_new_one_is_another(
        self, training, seat, petugas
    ) -> None:
        day = training.days.get()
        with time_machine.travel(CLOSES + timedelta(minutes=5), tick=False):
            issue_due_certificates(at=timezone.now(), **CLOCK)
            unmark(seat, day=day, by=petugas, via="web")
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0
        old = Certificate.objects.get()
        assert old.revoked_because == "Dicatat hadir karena salah ketuk."
        with time_machine.travel(CLOSES + timedelta(minutes=9), tick=False):
            mark_present(seat, day=day, by=petugas, via="web")
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 1
        new = Certificate.objects.standing().get()
        assert (new.number, new.code != old.code) == ("SP-2026-000002", True)

    def test_by_staff_it_does_not_come_back_by_itself(self, training, seat, admin) -> None:
        with time_machine.travel(CLOSES, tick=False):
            (given,) = issue_certificates(training, **CLOCK)
            for _press in range(2):
                revoke_certificate(given, reason="Orang lain.", by=admin, via="admin")
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0
        assert AuditEntry.objects.about(given).count() == 2

    def test_with_the_person_who_is_forgotten(self, training, seat, siti, admin) -> None:
        with time_machine.travel(CLOSES, tick=False):
            issue_due_certificates(at=timezone.now(), **CLOCK)
            erase_person(siti, by=admin, via="admin")
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0

        given = Certificate.objects.get()
        assert (given.name, bool(given.revoked_at)) == ("", True)

    def test_nobody_forgotten_before_the_end_gets_one(self, training, seat, siti, admin) -> None:
        with time_machine.travel(CLOSES - timedelta(hours=1), tick=False):
            erase_person(siti, by=admin, via="admin")
        with time_machine.travel(CLOSES, tick=False):
            assert issue_due_certificates(at=timezone.now(), **CLOCK) == 0


def test_what_was_given_does_not_change_with_the_training(training, seat) -> None:
    with time_machine.travel(CLOSES):
        (given,) = issue_certificates(training, **CLOCK)
    training.training.signer_name = "Orang baru"
    training.training.save()
    training.name = "Nama baru"
    training.save()

    given.refresh_from_db()
    assert (given.signer_name, given.topic) == ("Dra. Contoh, M.M.", "Foto produk")


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_give_one_each_without_a_gap(batik) -> None:
    training = make.training(days=[timezone.localdate() - timedelta(days=1)])
    for number in range(3):
        make.attendance(
            make.registration(training, name=f"Tamu {number}", phone=f"+62812000000{number}")
        )

    outcome = all_at_once(lambda _n: issue_certificates(training, **CLOCK), range(4))

    assert outcome == ["done"] * 4
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    year = timezone.localdate().year
    assert numbers == [f"SP-{year}-00000{n}" for n in (1, 2, 3)]
