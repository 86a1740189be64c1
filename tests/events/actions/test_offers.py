"""A freed seat is offered to the next in line: once, for a while, and never to too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions.editions import cancel_event, keep_event
from events.actions.offers import accept_offer, decline_offer, lapse_offers, tend_queues
from events.actions.registration import Guest, cancel_registration, register_guest
from events.choices import RegistrationStatus as S
from events.models import Event, Registration
from events.models.seats import turn_of
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

LINK = {"by": None, "via": "tautan"}


def come(event: Event, number: int, **values) -> Registration:
    guest = Guest(f"Tamu {number}", f"+62812000000{number:02}", **values)
    return register_guest(event, guest=guest, by=None, via="web")


def again(registration: Registration) -> Registration:
    return Registration.objects.get(pk=registration.pk)


@pytest.fixture
def full(db) -> list[Registration]:
    """Tamu 0 has the one seat; 1, 2 and 3 wait."""
    event = make.event(capacity=1)
    return [come(event, number) for number in range(4)]


def freed(full: list[Registration]) -> Registration:
    """Tamu 0 gives the seat back; the offer of Tamu 1."""
    cancel_registration(full[0], **LINK)
    return again(full[1])


def test_the_first_is_asked_and_the_seat_is_kept_for_a_day(full) -> None:
    offer = freed(full)

    assert offer.state == S.OFFERED
    assert offer.offered_until - offer.offered_at == timedelta(hours=24)
    assert again(full[2]).waits
    assert turn_of(again(full[2])).position == 1
    assert come(offer.event, 9).waits, "the seat is kept, so nobody else gets it"
    assert AuditEntry.objects.about(offer).filter(verb="registration.offered").exists()


def test_who_says_yes_has_the_seat(full) -> None:
    offer = freed(full)

    accept_offer(offer, **LINK)
    accept_offer(offer, **LINK)

    assert again(offer).state == S.REGISTERED
    assert again(offer).answered_at
    entries = AuditEntry.objects.about(offer).filter(verb="registration.offer_accepted")
    assert entries.count() == 1


def test_who_says_no_makes_room_for_the_next(full) -> None:
    offer = freed(full)

    decline_offer(offer, **LINK)
    decline_offer(offer, **LINK)

    assert [again(each).state for each in full] == [
        S.CANCELLED,
        S.DECLINED,
        S.OFFERED,
        S.WAITLISTED,
    ]


def test_who_says_nothing_is_passed_by_the_clock(full, time_machine) -> None:
    offer = freed(full)
    time_machine.move_to(offer.offered_until + timedelta(seconds=1), tick=False)

    call_command("tick")
    call_command("tick")

    assert [again(each).state for each in full] == [S.CANCELLED, S.LAPSED, S.OFFERED, S.WAITLISTED]
    assert again(full[2]).offered_until > again(full[1]).offered_until


def test_before_its_end_an_offer_does_not_lapse(full, time_machine) -> None:
    offer = freed(full)
    time_machine.move_to(offer.offered_until - timedelta(seconds=1), tick=False)

    assert tend_queues(at=timezone.now()) == 0
    assert again(offer).state == S.OFFERED


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_too_late_is_too_late_even_before_the_clock_came_by(full, time_machine, answer) -> None:
    offer = freed(full)
    time_machine.move_to(offer.offered_until, tick=False)

    with pytest.raises(ActionRefused, match=r"Tawaran ini berlaku sampai .* WIB"):
        answer(offer, **LINK)
    lapse_offers(offer.event, at=timezone.now(), by=None, via="jadwal")
    with pytest.raises(ActionRefused, match="Daftar lagi"):
        answer(offer, **LINK)


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_who_was_not_asked_cannot_answer(full, answer) -> None:
    with pytest.raises(ActionRefused, match="Tidak ada tempat yang ditawarkan"):
        answer(full[2], **LINK)
    assert again(full[2]).waits


def test_cancelling_after_accepting_brings_nobody_back_into_the_queue(full) -> None:
    offer = accept_offer(freed(full), **LINK)

    cancel_registration(offer, **LINK)

    assert again(offer).state == S.CANCELLED
    assert again(full[2]).state == S.OFFERED
    back = come(offer.event, 1)
    assert (back.pk != offer.pk, turn_of(back).position) == (True, 2)


def test_an_offer_is_made_once(full, time_machine) -> None:
    """Who let it lapse stands last when she comes again."""
    offer = freed(full)
    time_machine.move_to(offer.offered_until, tick=False)
    tend_queues(at=timezone.now())
    back = come(offer.event, 1)

    assert turn_of(back).position == 2
    assert Registration.objects.filter(phone=offer.phone).count() == 2


def test_near_the_beginning_the_offer_is_shorter(full, time_machine) -> None:
    day = full[0].event.days.get()
    time_machine.move_to(day.begins - timedelta(hours=10), tick=False)
    assert freed(full).offered_until == day.begins - timedelta(hours=5)


def test_at_the_last_minute_nobody_is_asked_and_nobody_passes_the_queue(full, time_machine) -> None:
    day = full[0].event.days.get()
    time_machine.move_to(day.begins - timedelta(minutes=20), tick=False)

    assert freed(full).waits
    assert come(day.event, 9).waits


def test_more_seats_mean_more_offers_and_never_more_than_seats(full, petugas) -> None:
    event = full[0].event
    event.capacity = 3

    keep_event(event, changed=["capacity"], by=petugas, via="admin")

    assert [again(each).state for each in full] == [
        S.REGISTERED,
        S.OFFERED,
        S.OFFERED,
        S.WAITLISTED,
    ]
    assert event.registrations.holding_a_seat().count() == 3


def test_without_a_limit_everybody_is_asked(full, petugas) -> None:
    event = full[0].event
    event.capacity = None

    keep_event(event, changed=["capacity"], by=petugas, via="admin")

    assert event.registrations.offered().count() == 3


def test_who_leaves_the_queue_frees_no_seat(full) -> None:
    cancel_registration(full[1], **LINK)

    assert again(full[1]).state == S.CANCELLED
    assert not full[0].event.registrations.offered().exists()
    assert turn_of(again(full[2])).position == 1


def test_a_called_off_event_closes_its_queue(full, petugas) -> None:
    offer = freed(full)

    cancel_event(offer.event, reason="Hujan.", by=petugas, via="admin")

    assert [again(each).state for each in full] == [S.CANCELLED, S.CLOSED, S.CLOSED, S.CLOSED]
    with pytest.raises(ActionRefused, match=r"dibatalkan\. Hujan\."):
        accept_offer(offer, **LINK)


def test_the_day_over_closes_the_queue(full, time_machine) -> None:
    offer = freed(full)
    time_machine.move_to(offer.event.days.get().ends + timedelta(minutes=1), tick=False)

    tend_queues(at=timezone.now())
    tend_queues(at=timezone.now())

    states = [again(each).state for each in full]
    assert states == [S.CANCELLED, S.LAPSED, S.CLOSED, S.CLOSED]


def test_one_step_costs_the_same_however_many_wait(full, django_assert_max_num_queries) -> None:
    for number in range(10, 30):
        come(full[0].event, number)

    with django_assert_max_num_queries(30):
        cancel_registration(full[0], **LINK)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"status": S.OFFERED}, "registration_offered_and_unanswered"),
        ({"status": S.DECLINED}, "registration_answered_after_an_offer"),
        ({"status": S.LAPSED, "offer": True}, "registration_answered_after_an_offer"),
        ({"status": S.WAITLISTED, "offer": True}, "registration_offered_once"),
        ({"status": S.OFFERED, "offer": True, "answered": True}, "offered_and_unanswered"),
        ({"status": S.REGISTERED, "offer": True, "hours": 0}, "registration_offer_has_an_end"),
        ({"status": S.REGISTERED, "offer": True, "hours": None}, "registration_offer_has_an_end"),
        ({"status": S.CANCELLED}, "registration_cancelled_iff_stamped"),
        ({"status": "maybe"}, "registration_status_known"),
    ],
)
def test_the_database_refuses_what_cannot_be(full, values, constraint) -> None:
    now = timezone.now()
    row = {"status": values["status"]}
    if values.get("offer"):
        hours = values.get("hours", 24)
        row["offered_at"] = now
        row["offered_until"] = None if hours is None else now + timedelta(hours=hours)
    if values.get("answered"):
        row["answered_at"] = now

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Registration.objects.filter(pk=full[1].pk).update(**row)


@pytest.mark.parametrize("status", [S.OFFERED, S.WAITLISTED, S.REGISTERED])
def test_nobody_is_signed_up_twice(full, status) -> None:
    now = timezone.now()
    offer = {"offered_at": now, "offered_until": now + timedelta(hours=1)}
    with (
        pytest.raises(IntegrityError, match="registration_once_per_guest_phone"),
        transaction.atomic(),
    ):
        make.registration(
            full[0].event,
            name="Lagi",
            phone=full[1].phone,
            status=status,
            **(offer if status == S.OFFERED else {}),
        )


def test_an_owner_reads_of_her_offer_and_of_its_end(batik, time_machine) -> None:
    event = make.event(capacity=1)
    seat = come(event, 0)
    waiting = make.registration(event, business=batik, status=S.WAITLISTED)
    cancel_registration(seat, **LINK)
    offer = again(waiting)

    letter = Notice.objects.get(recipient=batik.owner, purpose="event_offered")
    assert letter.subject.startswith(f"Ada tempat untuk Anda: {event.name} — jawab sebelum ")
    assert f"/peserta/{offer.token}/" in letter.body
    time_machine.move_to(offer.offered_until, tick=False)
    tend_queues(at=timezone.now())
    letter = Notice.objects.get(recipient=batik.owner, purpose="event_offer_lapsed")
    assert "ditawarkan kepada orang berikutnya" in letter.body
