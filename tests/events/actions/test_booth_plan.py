"""Booths are drawn on the plan and given to accepted sellers."""

from __future__ import annotations

import pytest

from catalog import lexicon
from events.actions.booth_plan import assign_booths, fill_booths, lay_out_booths
from events.choices import PlaceStatus
from events.models import BoothPlace
from members.choices import Sector
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.search_text import use_lexicon
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


def accepted(day, business, number="") -> BoothPlace:
    if number:
        return make.place(day, business, number)
    return make.application(day, business, status=PlaceStatus.ACCEPTED)


@pytest.fixture
def warung(budi):
    return make.business(budi, name="Warung Budi")


def test_petugas_draws_the_plan_and_the_same_drawing_changes_nothing(petugas) -> None:
    event = make.jbl_day().event
    booths = [make.booth(event, number) for number in ("A01", "A02")]

    for _again in range(2):
        lay_out_booths(event, positions={"A01": (2, 3)}, by=petugas, via="admin")

    for booth in booths:
        booth.refresh_from_db()
    assert (booths[0].plan_row, booths[0].plan_column) == (2, 3)
    assert (booths[1].plan_row, booths[1].plan_column) == (None, None)
    assert AuditEntry.objects.filter(verb="event.plan_drawn").count() == 1


def test_two_sellers_change_booths_in_one_press(petugas, batik, warung) -> None:
    day = make.jbl_day()
    first, second = accepted(day, batik, "A01"), accepted(day, warung, "A02")
    wanted = {first.booth_id: warung.pk, second.booth_id: batik.pk}

    moved = assign_booths(day, wanted=wanted, by=petugas, via="admin")

    assert {place.business.name: place.number for place in moved} == {
        batik.name: "A02",
        warung.name: "A01",
    }
    assert Notice.objects.filter(purpose="booth_placed").count() == 2
    assert assign_booths(day, wanted=wanted, by=petugas, via="admin") == []
    assert Notice.objects.filter(purpose="booth_placed").count() == 2


def test_who_loses_her_booth_keeps_her_place(petugas, batik) -> None:
    day = make.jbl_day()
    place = accepted(day, batik, "A01")

    assign_booths(day, wanted={place.booth_id: None}, by=petugas, via="admin")

    place.refresh_from_db()
    assert (place.status, place.booth) == (PlaceStatus.ACCEPTED, None)


def test_a_booth_for_who_was_not_accepted_is_refused(petugas, batik) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event, "A01")
    make.application(day, batik)

    with pytest.raises(ActionRefused, match="sudah diterima"):
        assign_booths(day, wanted={booth.pk: batik.pk}, by=petugas, via="admin")


def test_a_booth_of_another_edition_is_refused(petugas, batik) -> None:
    day, other = make.jbl_day(), make.jbl_day()
    accepted(day, batik)
    booth = make.booth(other.event, "A01")

    with pytest.raises(ActionRefused):
        assign_booths(day, wanted={booth.pk: batik.pk}, by=petugas, via="admin")


def test_all_without_a_booth_get_one_and_the_others_stay(petugas, batik, warung) -> None:
    day = make.jbl_day()
    for number in ("A01", "A02", "A03"):
        make.booth(day.event, number)
    stays, gets = accepted(day, batik, "A01"), accepted(day, warung)

    given = fill_booths(day, by=petugas, via="admin")

    stays.refresh_from_db()
    assert stays.number == "A01"
    assert given == [gets]
    assert given[0].number == "A02"
    assert "A02" in Notice.objects.get(recipient=warung.owner).subject
    assert fill_booths(day, by=petugas, via="admin") == []


def test_rivals_are_kept_apart_and_a_cook_gets_power(
    petugas, batik, budi, siti, monkeypatch
) -> None:
    """What each sells is read from her goods once the day is held, by the words of today."""
    use_lexicon([("tepak", "wadah")], [("tepak", "wadah")])
    monkeypatch.setattr(lexicon, "_state", {})
    day = make.jbl_day()
    for number in ("A01", "A02", "A03", "A04"):
        make.booth(day.event, number, power=number == "A04")
    make.product(batik, name="Keripik pisang")
    accepted(day, batik, "A01")
    rival = make.business(budi, name="Keripik Tebet")
    make.product(rival, name="Keripik tempe")
    cook = make.business(siti, name="Dapur", sector=Sector.KULINER)
    accepted(day, rival)
    BoothPlace.objects.filter(pk=accepted(day, cook).pk).update(cooks=True)

    given = fill_booths(day, by=petugas, via="admin")

    numbers = {place.business.name: place.number for place in given}
    assert numbers == {"Keripik Tebet": "A03", "Dapur": "A04"}


@pytest.mark.django_db(transaction=True)
def test_two_officers_fill_at_once_and_nobody_moves_or_is_told_twice(
    petugas, batik, warung
) -> None:
    day = make.jbl_day()
    for number in ("A01", "A02", "A03"):
        make.booth(day.event, number)
    places = [accepted(day, business) for business in (batik, warung)]

    outcomes = all_at_once(lambda _n: fill_booths(day, by=petugas, via="admin"), range(3))

    assert outcomes == ["done"] * 3
    assert len({BoothPlace.objects.get(pk=place.pk).number for place in places} - {""}) == 2
    assert AuditEntry.objects.filter(verb="place.booth_given").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_officers_give_one_booth_to_two_sellers_at_once(petugas, batik, warung) -> None:
    day = make.jbl_day()
    booth = make.booth(day.event, "A01")
    for business in (batik, warung):
        accepted(day, business)

    def press(business: object) -> None:
        assign_booths(day, wanted={booth.pk: business.pk}, by=petugas, via="admin")

    assert all_at_once(press, [batik, warung]) == ["done", "done"]
    assert day.places.filter(booth=booth).count() == 1
    assert day.places.filter(status=PlaceStatus.ACCEPTED).count() == 2
