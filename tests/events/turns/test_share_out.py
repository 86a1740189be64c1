"""Seats of a market day: given by turn, explained, and never more than there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.allocation import accept_place, allocate_day, open_pool, preview_day
from events.actions.editions import cancel_event
from events.actions.turn_letters import tell_turns_job
from events.models import AllocationRun
from events.reports.explaining import door_sentence, turn_sentence
from events.reports.papers import missing, papers_of
from members.choices import DocumentKind, Sector
from members.models import Office
from tests import make
from tests.events.turns.conftest import asks, words
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice


def test_seats_go_by_turn_and_everybody_reads_why(day, sellers, petugas) -> None:
    for number, business in enumerate(sellers):
        asks(day, business, days_ago=number)

    run = allocate_day(day, seed="jumat-12", by=petugas, via="admin")

    assert words(day) == {
        "Usaha 1": ("waitlisted", 2),
        "Usaha 2": ("waitlisted", 1),
        "Usaha 3": ("accepted", 2),
        "Usaha 4": ("accepted", 1),
    }
    assert (run.seed, run.seats, run.accepted, run.waitlisted) == ("jumat-12", 2, 2, 2)
    assert run.pool_was_open is False
    why = day.places.get(business=sellers[0]).explanation
    assert turn_sentence(why).startswith("Anda di urutan 2 karena: 0 kali ikut dalam 12 bulan")
    assert "berkas 0 % lengkap" in turn_sentence(why)
    assert door_sentence(why) == "Di antrean umum, tanpa kuota (2 tempat)."
    assert AuditEntry.objects.filter(verb="place.accepted", by=petugas).count() == 2
    assert AuditEntry.objects.get(verb="day.allocated").data["seed"] == "jumat-12"


def test_the_same_again_changes_nothing_and_tells_nobody_twice(day, sellers, petugas) -> None:
    for business in sellers:
        asks(day, business)
    first = allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    pks = list(day.places.values_list("pk", flat=True))
    tell_turns_job.call(pks)
    before = (words(day), AuditEntry.objects.count(), Notice.objects.count())

    again = allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    tell_turns_job.call(pks)

    assert again == first
    assert (words(day), AuditEntry.objects.count(), Notice.objects.count()) == before


def test_each_seller_is_told_what_came_of_it(day, sellers, petugas) -> None:
    places = [asks(day, business) for business in sellers[:3]]

    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    tell_turns_job.call([place.pk for place in places])

    told = Notice.objects.values_list("purpose", flat=True)
    assert sorted(told) == ["jbl_accepted", "jbl_accepted", "jbl_waitlisted"]
    assert "Daftar tunggu no. 1" in Notice.objects.get(purpose="jbl_waitlisted").subject


def test_places_of_the_last_year_and_no_shows_count_against_her(day, sellers, petugas) -> None:
    ago = timezone.localdate() - timedelta(days=30)
    for business, status in zip(sellers, ["accepted", "absent", "cancelled"], strict=False):
        make.application(make.jbl_day(ago), business, status=status)
    long_ago = timezone.localdate() - timedelta(days=400)
    make.application(make.jbl_day(long_ago), sellers[3], status="present")
    for business in sellers:
        asks(day, business)

    allocate_day(day, seed="jumat-12", by=petugas, via="admin")

    kept = {
        name: (row.explanation["places"], row.explanation["no_shows"], row.explanation["newcomer"])
        for row in day.places.all()
        for name in [str(row.business)]
    }
    assert kept == {
        "Usaha 1": (1, 0, False),
        "Usaha 2": (0, 1, False),
        "Usaha 3": (0, 0, True),
        "Usaha 4": (0, 0, False),
    }
    assert {name for name, (status, _rank) in words(day).items() if status == "accepted"} == {
        "Usaha 3",
        "Usaha 4",
    }


def test_who_was_let_down_before_waits_since_then_until_she_has_a_place(
    day, sellers, petugas
) -> None:
    last_month = make.jbl_day(timezone.localdate() - timedelta(days=30))
    make.edition(last_month.event, seats_per_day=1)
    asks(last_month, sellers[0], days_ago=40, status="closed")
    asks(last_month, sellers[1], days_ago=50, status="declined")
    for business in sellers[:2]:
        asks(day, business)

    demand = preview_day(day, seed="x").demand

    since = {who.business: who.waiting_since for who in demand.applicants}
    assert since[sellers[0].pk] == timezone.localdate() - timedelta(days=40)
    assert since[sellers[1].pk] == timezone.localdate()


def test_papers_count_in_percent(day, siti, petugas) -> None:
    warung = make.business(siti, name="Warung", sector=Sector.KULINER)
    make.licence(warung, DocumentKind.NIB, number="1234567890123")
    asks(day, warung)

    assert preview_day(day, seed="x").demand.applicants[0].complete == 50
    # With a dish that may be halal she should have that certificate too, as she reads herself.
    make.dish(warung)
    assert preview_day(day, seed="x").demand.applicants[0].complete == 33
    assert len(missing(papers_of(warung, on=day.date))) == 2


def test_who_may_not_sell_any_more_has_no_turn(day, sellers, petugas) -> None:
    for business in sellers:
        asks(day, business)
    sellers[0].suspended_at = timezone.now()
    sellers[0].save()

    allocate_day(day, seed="jumat-12", by=petugas, via="admin")

    assert words(day)["Usaha 1"] == ("applied", None)


def test_a_quota_keeps_seats_until_the_pool_opens(
    day, sellers, budi, petugas, time_machine
) -> None:
    tebet = make.business(budi, name="Tebet", kelurahan=make.kelurahan("Tebet Barat"))
    make.quota(day.event, 1, kecamatan=tebet.kelurahan.kecamatan)
    make.quota(day.event, 1, kecamatan=sellers[0].kelurahan.kecamatan)
    for business in sellers[:2]:
        asks(day, business)
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    assert sorted(status for status, _rank in words(day).values()) == ["accepted", "waitlisted"]

    open_pool(day, by=None, via="jadwal")
    assert AllocationRun.objects.count() == 1
    time_machine.move_to(timezone.now() + timedelta(days=6))
    open_pool(day, by=None, via="jadwal")
    open_pool(day, by=None, via="jadwal")

    assert AllocationRun.objects.filter(pool_was_open=True).count() == 1
    waits = day.places.get(status="waitlisted")
    assert (waits.rank, waits.explanation["queue"]) == (1, "pool")


def test_lowering_a_quota_drops_nobody(day, sellers, petugas) -> None:
    cell = make.quota(day.event, 2, kecamatan=sellers[0].kelurahan.kecamatan)
    for business in sellers:
        asks(day, business)
    allocate_day(day, seed="jumat-12", by=petugas, via="admin")
    inside = set(day.places.standing().values_list("pk", flat=True))

    cell.seats = 0
    cell.save()
    allocate_day(day, seed="anders", by=petugas, via="admin")

    assert set(day.places.standing().values_list("pk", flat=True)) == inside


def test_an_offer_holds_its_seat(day, sellers, petugas) -> None:
    now = timezone.now()
    asks(day, sellers[0], status="offered", offered_at=now, offer_until=now + timedelta(hours=12))
    for business in sellers[1:]:
        asks(day, business)

    run = allocate_day(day, seed="jumat-12", by=petugas, via="admin")

    assert run.accepted == 1
    assert words(day)["Usaha 1"] == ("offered", None)


@pytest.mark.parametrize("seed", ["", "   ", "x" * 41])
def test_a_seed_is_needed(day, seed) -> None:
    with pytest.raises(ActionRefused, match="angka acak"):
        allocate_day(day, seed=seed, by=None, via="admin")


def test_nothing_is_given_for_a_day_that_is_called_off_over_or_without_an_edition(
    day, sellers, petugas, time_machine
) -> None:
    place = asks(day, sellers[0])
    by_hand = make.jbl_day(timezone.localdate() + timedelta(days=9))
    with pytest.raises(ActionRefused, match="tidak menerima pendaftaran"):
        allocate_day(by_hand, seed="x", by=petugas, via="admin")
    time_machine.move_to(day.ends)
    with pytest.raises(ActionRefused, match="sudah lewat"):
        allocate_day(day, seed="x", by=petugas, via="admin")
    time_machine.move_to(day.begins - timedelta(days=8))
    cancel_event(day.event, reason="Hujan.", by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="sudah dibatalkan"):
        allocate_day(day, seed="x", by=petugas, via="admin")
    with pytest.raises(ActionRefused, match="sudah dibatalkan"):
        accept_place(place, by=petugas, via="admin")


def test_as_many_queries_for_thirty_as_for_three(day, siti, django_assert_num_queries) -> None:
    Office.objects.get_or_create(short_name="PPAPP", defaults={"name": "Dinas PPAPP"})
    for number in range(3):
        asks(day, make.business(siti, name=f"Tiga {number}"))
    with django_assert_num_queries(6):
        preview_day(day, seed="x")
    for number in range(27):
        asks(day, make.business(siti, name=f"Tiga puluh {number}"))
    with django_assert_num_queries(6):
        preview_day(day, seed="x")


@pytest.mark.django_db(transaction=True)
def test_two_who_share_out_the_same_day_at_once_give_its_seats_once(siti, petugas) -> None:
    day = make.jbl_day(timezone.localdate() + timedelta(days=10))
    make.edition(day.event, seats_per_day=3)
    for number in range(8):
        asks(day, make.business(siti, name=f"Usaha {number}"))

    outcomes = all_at_once(
        lambda seed: allocate_day(day, seed=seed, by=petugas, via="admin"), ["a", "b", "c", "d"]
    )

    assert outcomes == ["done"] * 4
    assert day.places.standing().count() == 3
    assert AuditEntry.objects.filter(verb="place.accepted").count() == 3
