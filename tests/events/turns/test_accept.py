"""Staff let one seller in: in her turn, out of it with a reason, beyond the quota with a will."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.allocation import accept_place, allocate_day, preview_day
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
