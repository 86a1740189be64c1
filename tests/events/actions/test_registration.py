"""Seats are given out in the order of asking, and never more than there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.editions import cancel_event, keep_event
from events.actions.registration import (
    Guest,
    cancel_registration,
    register_business,
    register_guest,
)
from events.choices import EventKind, EventStatus, RegistrationStatus
from events.models import Registration
from events.models.seats import turn_of
from members.choices import ApplicationStatus
from members.models import Kecamatan
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def guest(number: int = 1, **values) -> Guest:
    return Guest(**{"name": f"Tamu {number}", "phone": f"+62812000000{number:02}", **values})


def come(event, number: int = 1, **values) -> Registration:
    return register_guest(event, guest=guest(number, **values), by=None, via="web")


def test_a_guest_gets_a_seat(db) -> None:
    event = make.event(capacity=1)
    tebet = Kecamatan.objects.get(name="Tebet")

    registration = come(event, kecamatan=tebet)

    assert registration.status == RegistrationStatus.REGISTERED
    assert registration.kecamatan == tebet
    assert len(registration.token) == 22
    entry = AuditEntry.objects.about(registration).get()
    assert (entry.verb, entry.by, entry.via) == ("registration.made", None, "web")
    assert "Tamu" not in str(entry.data)


def test_an_owner_gets_a_seat_and_a_message(batik) -> None:
    event = make.event(name="Foto produk pakai HP", online_url="https://rapat.example/x")

    registration = register_business(event, business=batik, by=batik.owner, via="web")
    again = register_business(event, business=batik, by=batik.owner, via="web")

    assert registration == again
    notice = Notice.objects.get()
    assert notice.subject == "Terdaftar: Foto produk pakai HP"
    for part in (
        "09.00–16.00 WIB",
        "Gedung PLUT",
        "https://peta.example/plut",
        f"/acara/{event.slug}.ics",
        f"/peserta/{registration.token}/",
    ):
        assert part in notice.body
    assert "rapat.example" not in notice.body


def test_an_unverified_business_is_refused(siti) -> None:
    waiting = make.business(siti, status=ApplicationStatus.SUBMITTED)

    with pytest.raises(ActionRefused, match="belum disetujui"):
        register_business(make.event(), business=waiting, by=siti, via="web")


def test_signing_up_twice_is_once(db) -> None:
    event = make.event(capacity=5)

    first = come(event)
    second = come(event, name="Nama lain")

    assert first == second
    assert second.name == "Tamu 1"
    assert event.registrations.count() == 1


def test_a_full_event_waits_in_order_and_a_freed_seat_goes_to_the_first(batik, budi) -> None:
    event = make.event(capacity=1)
    seat = come(event, 1)
    first = register_business(event, business=batik, by=batik.owner, via="web")
    second = come(event, 2)

    assert [turn_of(first).position, turn_of(second).position] == [1, 2]
    assert Notice.objects.get().subject.startswith("Daftar tunggu no. 1:")

    cancel_registration(seat, by=None, via="tautan")
    cancel_registration(seat, by=None, via="tautan")

    first.refresh_from_db()
    assert first.is_offered
    assert first.offered_until == first.offered_at + timedelta(hours=24)
    assert turn_of(first) is None
    assert turn_of(second).position == 1
    assert Notice.objects.filter(purpose="event_offered").get().recipient == batik.owner


def test_a_later_sign_up_never_passes_who_waits(db) -> None:
    event = make.event(capacity=1)
    come(event, 1)
    waiting = come(event, 2)
    # The seats grow behind the action's back, as by an import.
    event.capacity = 2
    event.save()

    late = come(event, 3)

    waiting.refresh_from_db()
    assert waiting.is_offered
    assert late.waits


def test_who_comes_back_after_cancelling_is_last(db) -> None:
    event = make.event(capacity=1)
    come(event, 1)
    gone = come(event, 2)
    come(event, 3)
    cancel_registration(gone, by=None, via="tautan")

    assert turn_of(come(event, 2)).position == 2


def test_more_seats_go_to_who_waits(petugas) -> None:
    event = make.event(capacity=1)
    for number in range(4):
        come(event, number)
    event.capacity = 3

    keep_event(event, changed=["capacity"], by=petugas, via="admin")

    assert event.registrations.offered().count() == 2
    event.capacity = 1
    keep_event(event, changed=["capacity"], by=petugas, via="admin")
    assert event.registrations.holding_a_seat().count() == 3, "nobody is dropped"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": EventStatus.PLANNED}, "belum dibuka"),
        ({"status": EventStatus.CLOSED}, "sudah ditutup"),
        ({"needs_sign_up": False}, "terbuka untuk umum"),
        (
            {"kind": EventKind.JBL, "needs_sign_up": False},
            "terbuka untuk umum",
        ),
        ({"days": []}, "sudah ditutup"),
        (
            {"sign_up_closes_at": timezone.now() - timedelta(minutes=1)},
            "Pendaftaran ditutup .* WIB",
        ),
    ],
)
def test_a_closed_door_says_why(db, values, sentence) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        come(make.event(**values))


def test_yesterdays_event_takes_nobody_and_lets_nobody_go(db) -> None:
    event = make.event()
    registration = come(event)
    event.days.update(date=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ActionRefused, match="sudah ditutup"):
        come(event, 2)
    with pytest.raises(ActionRefused, match="sudah selesai"):
        cancel_registration(registration, by=None, via="tautan")


def test_after_calling_off_nobody_is_promoted(petugas) -> None:
    event = make.event(capacity=1)
    seat = come(event, 1)
    waiting = come(event, 2)
    cancel_event(event, reason="Hujan.", by=petugas, via="admin")

    cancel_registration(seat, by=None, via="tautan")

    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.CLOSED
    with pytest.raises(ActionRefused, match=r"dibatalkan\. Hujan\."):
        come(event, 3)


@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_three_get_the_three_seats_and_the_rest_wait_in_order(db) -> None:
    event = make.event(capacity=3)

    outcomes = all_at_once(lambda number: come(event, number), range(10))

    assert outcomes == ["done"] * 10
    rows = list(event.registrations.order_by("pk"))
    assert [row.status for row in rows] == ["registered"] * 3 + ["waitlisted"] * 7
    assert [turn_of(row).position for row in rows[3:]] == list(range(1, 8))


@pytest.mark.django_db(transaction=True)
def test_the_same_number_pressed_five_times_at_once_is_one_sign_up(db) -> None:
    event = make.event(capacity=3)

    outcomes = all_at_once(lambda _press: come(event, 1), range(5))

    assert outcomes == ["done"] * 5
    assert event.registrations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_go_while_three_come_and_the_seats_stay_three(db) -> None:
    event = make.event(capacity=3)
    seats = [come(event, number) for number in range(3)]

    def act(thing) -> None:
        if isinstance(thing, Registration):
            cancel_registration(thing, by=None, via="tautan")
        else:
            come(event, thing)

    assert all_at_once(act, [*seats, 3, 4, 5, 6]) == ["done"] * 7
    assert event.registrations.holding_a_seat().count() == 3
    assert event.registrations.waiting().count() == 1
