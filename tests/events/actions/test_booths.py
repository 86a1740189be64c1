"""Booths: one business in one booth on one day."""

from __future__ import annotations

import pytest
from django.utils import timezone

from events.actions.booths import BoothRow, add_booths, place_business, remove_business
from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from events.models import BoothPlace
from members.choices import ApplicationStatus, Sector
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def test_a_business_is_placed_once_and_its_owner_told(batik, petugas) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event)

    place = place_business(booth, day=day, business=batik, by=petugas, via="admin")
    again = place_business(booth, day=day, business=batik, by=petugas, via="admin")

    assert place == again
    assert AuditEntry.objects.get(verb="place.made").by == petugas
    notice = Notice.objects.get()
    assert notice.recipient == batik.owner
    assert "booth A07" in notice.subject
    assert "pukul 07.30 WIB" in notice.body
    assert notice.link == "/saya/jbl/"


@pytest.mark.parametrize(
    "values",
    [
        {"status": ApplicationStatus.SUBMITTED},
        {"status": ApplicationStatus.REJECTED},
        {"suspended_at": timezone.now()},
        {"sector": Sector.JASA},
    ],
)
def test_who_may_not_sell_is_not_placed(siti, petugas, values) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event)

    with pytest.raises(ActionRefused, match="belum boleh berjualan"):
        place_business(
            booth, day=day, business=make.business(siti, **values), by=petugas, via="admin"
        )


def test_a_taken_booth_another_edition_and_a_called_off_day_are_refused(
    batik, budi, petugas
) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event)
    other = make.business(budi, name="Warung Budi")
    place_business(booth, day=day, business=batik, by=petugas, via="admin")

    with pytest.raises(ActionRefused, match="A07 sudah ditempati Batik Siti"):
        place_business(booth, day=day, business=other, by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="Batik Siti sudah di lapak A07"):
        place_business(
            make.booth(day.event, "A08"), day=day, business=batik, by=petugas, via="admin"
        )
    elsewhere = make.booth(make.jbl_day().event)
    with pytest.raises(ActionRefused, match="bukan bagian"):
        place_business(elsewhere, day=day, business=other, by=petugas, via="admin")
    cancel_event(day.event, reason="Hujan.", by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="sudah dibatalkan"):
        place_business(
            make.booth(day.event, "A09"), day=day, business=other, by=petugas, via="admin"
        )


def test_a_removed_business_may_come_back(batik, petugas) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event)
    place = place_business(booth, day=day, business=batik, by=petugas, via="admin")

    remove_business(place, by=petugas, via="admin")
    remove_business(place, by=petugas, via="admin")

    assert AuditEntry.objects.filter(verb="place.cancelled").count() == 1
    assert place_business(booth, day=day, business=batik, by=petugas, via="admin") != place


def test_attendance_is_not_undone(batik, petugas) -> None:
    place = make.place(make.jbl_day(), batik)
    place.status = PlaceStatus.PRESENT
    place.save()

    with pytest.raises(ActionRefused, match="sudah dicatat"):
        remove_business(place, by=petugas, via="admin")


def test_a_row_of_booths_is_put_up_once(petugas) -> None:
    edition = make.jbl_day().event
    row = BoothRow(["A01", "A02", "A01"], "Lorong A", power=True)

    add_booths(edition, row=row, by=petugas, via="admin")
    add_booths(edition, row=row, by=petugas, via="admin")

    assert edition.booths.count() == 2
    assert AuditEntry.objects.filter(verb="event.booths_added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_booth_taken_by_ten_at_once_is_taken_once(siti) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event)
    businesses = [make.business(siti, name=f"Usaha {number}") for number in range(10)]

    outcomes = all_at_once(
        lambda one: place_business(booth, day=day, business=one, by=None, via="admin"), businesses
    )

    assert outcomes == ["done"] + ["refused"] * 9
    assert BoothPlace.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_business_put_into_five_booths_at_once_stands_in_one(batik) -> None:
    day = make.jbl_day()
    booths = [make.booth(day.event, f"A0{number}") for number in range(5)]

    outcomes = all_at_once(
        lambda booth: place_business(booth, day=day, business=batik, by=None, via="admin"), booths
    )

    assert outcomes == ["done"] + ["refused"] * 4


@pytest.mark.django_db(transaction=True)
def test_nobody_is_placed_behind_the_back_of_a_cancellation(siti) -> None:
    day = make.jbl_day()
    businesses = [make.business(siti, name=f"Usaha {number}") for number in range(4)]
    booths = [make.booth(day.event, f"A0{number}") for number in range(4)]

    def act(thing) -> None:
        if thing is None:
            cancel_event(day.event, reason="Hujan.", by=None, via="admin")
        else:
            place_business(thing[0], day=day, business=thing[1], by=None, via="admin")

    all_at_once(act, [None, *zip(booths, businesses, strict=True)])

    told = Notice.objects.filter(purpose="event_cancelled").count()
    assert told == (1 if BoothPlace.objects.exists() else 0)
