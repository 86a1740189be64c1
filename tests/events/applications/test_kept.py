"""What is kept of an application: all of it for its owner, no words after two years or erasure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.place_words import forget_place_words
from events.choices import PlaceStatus
from events.models.sales import FORGOTTEN
from events.reports.my_data import sections_of
from members.actions.erasure import erase_business
from members.models import Office
from tests import make

pytestmark = pytest.mark.django_db
WHY = {"position": 2, "turn": 3, "places": 1, "no_shows": 0, "newcomer": False}
WHY |= {"since": "2026-01-05", "complete": 50, "outcome": "waitlisted"}


def told(user) -> str:
    [section] = [section for section in sections_of(user) if section.key == "lapak"]
    return " | ".join(" ; ".join(map(str, row)) for row in section.rows)


def test_her_copy_has_what_she_wrote_what_was_decided_and_why(seller, day, siti) -> None:
    now = timezone.now()
    place = make.application(
        day,
        seller,
        status=PlaceStatus.OFFERED,
        offered_at=now,
        offer_until=now + timedelta(hours=3),
        tables=1,
        chairs=2,
        power_watts=450,
        cooks=True,
        sponsor=Office.objects.in_use().order_by("pk")[0],
        note="Dekat pintu.",
        rules_version=1,
        rules_accepted_at=now,
        explanation=WHY,
        override_reason="Diundang panitia.",
    )

    copy = told(siti)

    for words in [
        place.reference,
        "1 meja, 2 kursi, 450 watt, memasak di tempat",
        "Dekat pintu.",
        "Tata tertib disetujui: ",
        "Ditawari sampai: ",
        "Anda di urutan 2 karena: 1 kali ikut dalam 12 bulan",
        "Di luar urutan karena: Diundang panitia.",
        str(place.sponsor),
    ]:
        assert words in copy


def test_a_refusal_stands_in_her_copy_and_nothing_of_hers_in_budis(seller, day, siti, budi) -> None:
    make.application(day, seller, status=PlaceStatus.REJECTED, reason="Bukan buatan sendiri.")

    assert "Alasan: Bukan buatan sendiri." in told(siti)
    assert told(budi) == ""


def test_after_two_years_the_words_go_and_the_places_stay(seller, day, siti) -> None:
    old = make.jbl_day(timezone.localdate() - timedelta(days=740))
    fresh = make.application(day, seller, note="Baru.")
    came = make.application(
        old, seller, status=PlaceStatus.PRESENT, note="Lama.", override_reason="Diundang."
    )
    other = make.business(siti, name="Kedai Siti")
    refused = make.application(old, other, status=PlaceStatus.REJECTED, reason="Nama Siti salah.")

    assert forget_place_words(at=timezone.now()) == 2
    assert forget_place_words(at=timezone.now()) == 0

    for place in (fresh, came, refused):
        place.refresh_from_db()
    assert fresh.note == "Baru."
    assert (came.status, came.note, came.override_reason) == ("present", "", FORGOTTEN)
    assert (refused.status, refused.reason) == ("rejected", FORGOTTEN)


def test_a_business_that_is_forgotten_leaves_no_words_and_no_seat(seller, day, petugas) -> None:
    place = make.application(
        day,
        seller,
        status=PlaceStatus.ACCEPTED,
        note="Ini Siti.",
        override_reason="Ibu Siti diundang.",
    )

    erase_business(seller, by=petugas, via="admin")

    place.refresh_from_db()
    assert (place.status, place.note) == (PlaceStatus.CANCELLED, "")
    assert place.override_reason == "Data dihapus"
