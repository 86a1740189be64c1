"""Staff let one seller in: in her turn, out of it with a reason, beyond the quota with a will."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.allocation import accept_place, allocate_day, preview_day
from events.actions.booths import place_business
from tests import make
from tests.events.turns.conftest import asks
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def test_one_is_let_in_within_her_turn_without_a_reason(day, sellers, petugas) -> None:
    place = asks(day, sellers[0])

    accept_place(place, by=petugas, via="admin")
    accept_place(place, by=petugas, via="admin")

    place.refresh_from_db()
    assert (place.status, place.override_reason) == ("accepted", "")
    assert AuditEntry.objects.filter(verb="place.accepted").count() == 1
    assert Notice.objects.get().purpose == "jbl_accepted"


def test_out_of_turn_takes_a_reason_that_is_kept(day, sellers, petugas) -> None:
    places = [asks(day, business, days_ago=number) for number, business in enumerate(sellers)]

    with pytest.raises(ActionRefused, match="Belum gilirannya"):
        accept_place(places[0], by=petugas, via="admin")
    accept_place(places[0], reason="Tuan rumah", by=petugas, via="admin")

    assert [turn.applicant.override for turn in preview_day(day, seed="x").result.overridden] == [
        "Tuan rumah"
    ]
    assert AuditEntry.objects.get(verb="place.accepted").data["reason"] == "Tuan rumah"


def test_beyond_the_quota_takes_a_will_and_beyond_the_seats_nothing_helps(
    day, sellers, petugas
) -> None:
    make.quota(day.event, 1, kecamatan=sellers[0].kelurahan.kecamatan)
    places = [asks(day, business) for business in sellers]
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    waiting = list(day.places.filter(status="waitlisted").order_by("rank"))

    with pytest.raises(ActionRefused, match=r"Kuotanya penuh \(1 dari 1\)"):
        accept_place(waiting[0], reason="Tuan rumah", by=petugas, via="admin")
    accept_place(waiting[0], reason="Tuan rumah", beyond_quota=True, by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="Semua 2 tempat"):
        accept_place(waiting[1], reason="Lagi", beyond_quota=True, by=petugas, via="admin")
    assert len(places) == 4


def test_who_was_refused_is_not_accepted(day, sellers, petugas) -> None:
    place = asks(day, sellers[0], status="rejected", reason="Bukan produk sendiri")

    with pytest.raises(ActionRefused, match="tidak sedang menunggu"):
        accept_place(place, reason="Tetap", by=petugas, via="admin")


def test_a_booth_passes_no_turn_by_without_a_reason(day, sellers, petugas) -> None:
    places = [asks(day, business, days_ago=number) for number, business in enumerate(sellers)]
    booth = make.booth(day.event)
    who = {"day": day, "business": sellers[0], "by": petugas, "via": "admin"}

    with pytest.raises(ActionRefused, match="Belum gilirannya"):
        place_business(booth, **who)
    place = place_business(booth, **who, reason="Tuan rumah")

    assert (place.pk, place.status, place.number) == (places[0].pk, "accepted", booth.number)
    assert [turn.applicant.override for turn in preview_day(day, seed="x").result.overridden] == [
        "Tuan rumah"
    ]
    # One letter, with the booth in it.
    assert [notice.purpose for notice in Notice.objects.all()] == ["booth_placed"]


def test_a_booth_needs_no_reason_for_whose_turn_it_is(day, sellers, petugas) -> None:
    asked = asks(day, sellers[0])
    booths = [make.booth(day.event, number) for number in ("A01", "A02")]
    staff = {"day": day, "by": petugas, "via": "admin"}

    places = [
        place_business(booths[0], business=asked.business, **staff),
        # She never asked, and there is room for her.
        place_business(booths[1], business=sellers[1], **staff),
    ]

    assert [place.override_reason for place in places] == ["", ""]
    assert [place.explanation["outcome"] for place in places] == ["accepted", "accepted"]


def test_a_booth_goes_beyond_a_quota_only_with_a_will(day, sellers, petugas) -> None:
    make.quota(day.event, 1, kecamatan=sellers[0].kelurahan.kecamatan)
    accept_place(asks(day, sellers[0]), by=petugas, via="admin")
    booth = make.booth(day.event)
    who = {"day": day, "business": sellers[1], "reason": "Tuan rumah", "by": petugas}

    with pytest.raises(ActionRefused, match=r"Kuotanya penuh \(1 dari 1\)"):
        place_business(booth, **who, via="admin")
    assert not day.places.filter(business=sellers[1]).exists()
    place = place_business(booth, **who, beyond_quota=True, via="admin")

    assert (place.status, place.override_reason) == ("accepted", "Tuan rumah")


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_quota_given_with_booths_by_ten_at_once_is_given_once(
    siti, petugas
) -> None:
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=50)
    make.quota(day.event, 1, kecamatan=make.kelurahan().kecamatan)
    booths = [make.booth(day.event, f"A{number:02}") for number in range(10)]
    sellers = [make.business(siti, name=f"Usaha {number}") for number in range(10)]

    outcomes = all_at_once(
        lambda pair: place_business(
            pair[0], day=day, business=pair[1], reason="Tuan rumah", by=petugas, via="admin"
        ),
        list(zip(booths, sellers, strict=True)),
    )

    assert outcomes == ["done"] + ["refused"] * 9
    assert day.places.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_of_a_quota_given_by_ten_at_once_is_given_once(siti, petugas) -> None:
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=50)
    make.quota(day.event, 3, kecamatan=make.kelurahan().kecamatan)
    places = [asks(day, make.business(siti, name=f"Usaha {number}")) for number in range(12)]
    for place in places[:2]:
        accept_place(place, reason="Tuan rumah", by=petugas, via="admin")

    outcomes = all_at_once(
        lambda place: accept_place(place, reason="Tuan rumah", by=petugas, via="admin"), places[2:]
    )

    assert outcomes == ["done"] + ["refused"] * 9
    assert day.places.standing().count() == 3
