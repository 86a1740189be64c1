"""What the page of her own place says: the meeting, a called-off event, and afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.actions.attendance import mark_present
from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")
pytestmark = pytest.mark.django_db


@pytest.fixture
def training(db):
    return make.event(capacity=2)


def test_the_meeting_link_is_for_who_has_a_seat_from_the_day_before(client, time_machine) -> None:
    start = datetime(2026, 6, 12, 9, tzinfo=JAKARTA)
    time_machine.move_to(start - timedelta(days=2), tick=False)
    event = make.event(days=[start.date()], online_url="https://rapat.example/rahasia")
    seat = make.registration(event, name="Ani", phone="+6281200000001")
    waits = make.registration(event, name="Ina", phone="+6281200000002", status="waitlisted")

    def sees(registration) -> bool:
        return "rapat.example" in client.get(registration.get_absolute_url()).content.decode()

    assert not sees(seat)
    time_machine.move_to(start - timedelta(days=1, hours=9), tick=False)
    assert sees(seat)
    assert not sees(waits)
    assert "rapat.example" not in client.get(event.get_absolute_url()).content.decode()
    time_machine.move_to(start + timedelta(hours=8), tick=False)
    assert not sees(seat)


def test_a_called_off_event_is_a_banner_on_the_place(client, training) -> None:
    seat = make.registration(training, name="Ani", phone="+6281200000001")
    training.status, training.cancelled_at = "cancelled", timezone.now()
    training.cancel_reason = "Listrik padam."
    training.save()

    page = client.get(seat.get_absolute_url()).content.decode()
    assert "Listrik padam." in page
    assert "Acara Anda tidak jadi diadakan" in page
    for untrue in ("Anda terdaftar", "mengingatkan", "Simpan ke kalender", "Tidak jadi datang?"):
        assert untrue not in page


def test_the_meeting_of_a_called_off_event_is_no_door(client, time_machine) -> None:
    start = datetime(2026, 6, 12, 9, tzinfo=JAKARTA)
    time_machine.move_to(start - timedelta(hours=3), tick=False)
    event = make.event(
        days=[start.date()],
        online_url="https://rapat.example/rahasia",
        status="cancelled",
        cancelled_at=timezone.now(),
    )
    seat = make.registration(event, name="Ani", phone="+6281200000001")

    assert "rapat.example" not in client.get(seat.get_absolute_url()).content.decode()


def test_afterwards_the_place_says_who_was_there(client, petugas, time_machine) -> None:
    start = datetime(2026, 6, 12, 9, tzinfo=JAKARTA)
    time_machine.move_to(start, tick=False)
    event = make.event(days=[start.date()])
    came = make.registration(event, name="Ani", phone="+6281200000001")
    missed = make.registration(event, name="Ina", phone="+6281200000002")
    mark_present(came, day=event.days.get(), by=petugas, via="admin")
    time_machine.move_to(start + timedelta(days=1), tick=False)

    for seat, words in ((came, "Anda hadir di acara ini"), (missed, "Acara ini sudah selesai")):
        page = client.get(seat.get_absolute_url()).content.decode()
        assert words in page
        assert "Anda terdaftar" not in page


def test_an_owner_reads_among_her_events_which_is_called_off(client, siti, batik, training) -> None:
    make.registration(training, business=batik)
    training.status, training.cancelled_at = "cancelled", timezone.now()
    training.save()
    client.force_login(siti)

    page = client.get("/saya/jbl/").content.decode()

    assert "Dibatalkan" in page
    assert "Terdaftar" not in page
