"""An offer of a seat answered by several at once."""

from __future__ import annotations

import pytest

from events.actions.offers import accept_offer, decline_offer, lapse_offers
from events.actions.registration import cancel_registration
from events.choices import RegistrationStatus as S
from tests import make
from tests.events.actions.test_offers import LINK, again, come, freed
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry


@pytest.mark.django_db(transaction=True)
def test_accepted_five_times_at_once_it_is_one_seat(db) -> None:
    event = make.event(capacity=1)
    rows = [come(event, number) for number in range(3)]
    offer = freed(rows)

    assert all_at_once(lambda _press: accept_offer(offer, **LINK), range(5)) == ["done"] * 5

    assert event.registrations.holding_a_seat().count() == 1
    entries = AuditEntry.objects.about(offer).filter(verb="registration.offer_accepted")
    assert entries.count() == 1


@pytest.mark.django_db(transaction=True)
def test_yes_and_no_at_once_is_one_of_them(db) -> None:
    event = make.event(capacity=1)
    rows = [come(event, number) for number in range(3)]
    offer = freed(rows)

    outcomes = all_at_once(lambda answer: answer(offer, **LINK), [accept_offer, decline_offer])

    assert outcomes == ["done", "refused"]
    assert event.registrations.holding_a_seat().count() == 1
    asked = again(rows[2]).state == S.OFFERED
    assert asked == (again(offer).state == S.DECLINED)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_yes_and_the_clock_at_once_give_one_seat(db, round_) -> None:
    event = make.event(capacity=1)
    rows = [come(event, number) for number in range(3)]
    offer = freed(rows)
    over = offer.offered_until

    def act(who: str) -> None:
        if who == "siti":
            accept_offer(offer, **LINK)
        else:
            # The clock believes the time is over; her yes comes in the same moment.
            lapse_offers(event, at=over, by=None, via="jadwal")

    outcomes = all_at_once(act, ["siti", "jadwal"])

    offer, third = again(offer), again(rows[2])
    assert event.registrations.holding_a_seat().count() == 1
    assert (offer.state, third.state, outcomes) in [
        (S.REGISTERED, S.WAITLISTED, ["done", "done"]),
        (S.LAPSED, S.OFFERED, ["done", "refused"]),
    ]


@pytest.mark.django_db(transaction=True)
def test_one_cancels_while_ten_come_and_the_queue_keeps_its_order(db) -> None:
    event = make.event(capacity=1)
    seat, waiting = come(event, 0), come(event, 1)

    def act(number: int) -> None:
        if number:
            come(event, 10 + number)
        else:
            cancel_registration(seat, **LINK)

    assert all_at_once(act, range(11)) == ["done"] * 11
    assert again(waiting).state == S.OFFERED
    assert event.registrations.holding_a_seat().count() == 1
    assert event.registrations.waiting().count() == 10
