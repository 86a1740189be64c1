"""An offered place: until when it is kept, what is answered, how a list ends, two at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from time import sleep
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from events.actions import waitlist
from events.actions.applications import withdraw_application
from events.actions.booths import place_business
from events.actions.editions import cancel_event
from events.actions.waitlist import (
    accept_offer,
    close_undecided,
    decline_offer,
    keep_waitlists_moving,
    lapse_offer,
    offer_free_seats,
)
from events.choices import SEATED, EventStatus
from events.models import BoothPlace
from events.seats import DaySeats
from tests import make
from tests.events.actions.market import FRIDAY, S, jakarta, make_market, withdraw, words
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


class TestTime:
    @pytest.mark.parametrize(
        ("freed", "until"),
        [
            # Twelve hours of daytime; the night in between does not count.
            (jakarta(6, 8, 8), jakarta(6, 8, 20)),
            (jakarta(6, 8, 16), jakarta(6, 9, 13)),
            (jakarta(6, 8, 23, 30), jakarta(6, 9, 18)),
            # Near the day, half of the daytime that is left until sellers come at 07.30.
            (jakarta(6, 11, 18), jakarta(6, 11, 20, 15)),
            (jakarta(6, 11, 20), jakarta(6, 12, 6, 15)),
            # Too late to ask anybody.
            (jakarta(6, 12, 6, 45), None),
        ],
    )
    def test_how_long_a_place_is_kept(self, siti, freed, until) -> None:
        _day, (inside,), (first, _second) = make_market(siti, on=FRIDAY)

        with time_machine.travel(freed, tick=False):
            withdraw(inside)

        first.refresh_from_db()
        assert first.offer_until == (until)

    def test_who_is_placed_by_staff_is_not_asked_any_more(self, siti, petugas) -> None:
        day, (inside,), (first, _second) = make_market(siti)
        withdraw(inside)
        offer = Notice.objects.about(first).get(purpose="jbl_offer")
        assert offer.news_until > timezone.now()

        booth = make.booth(day.event, "B01")
        place_business(booth, day=day, business=first.business, by=petugas, via="admin")

        offer.refresh_from_db()
        assert offer.news_until <= timezone.now()

    def test_an_offer_lapses_by_the_tick_and_goes_on(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)
        withdraw(inside)
        first.refresh_from_db()

        with time_machine.travel(first.offer_until - timedelta(seconds=1), tick=False):
            keep_waitlists_moving(at=timezone.now())
            assert words(first, second) == [S.OFFERED, S.WAITLISTED]
        with time_machine.travel(first.offer_until, tick=False):
            keep_waitlists_moving(at=timezone.now())
            keep_waitlists_moving(at=timezone.now())
            assert words(first, second) == [S.LAPSED, S.OFFERED]
        assert AuditEntry.objects.filter(verb="place.offer_lapsed").count() == 1
        assert Notice.objects.filter(purpose="jbl_offer_lapsed").count() == 1

    def test_before_its_time_nothing_lapses(self, siti) -> None:
        _day, (inside,), (first, _second) = make_market(siti)
        withdraw(inside)

        lapse_offer(first, by=None, via="jadwal")

        assert words(first) == [S.OFFERED]


class TestAnswering:
    @pytest.fixture
    def offered(self, siti):
        day, (inside,), (first, second) = make_market(siti)
        withdraw(inside)
        first.refresh_from_db()
        return day, first, second

    def test_yes_once_or_twice(self, offered) -> None:
        _day, first, second = offered
        for _time in range(2):
            accept_offer(first, by=None, via="tautan")

        assert words(first, second) == [S.ACCEPTED, S.WAITLISTED]
        assert first.placed_at
        assert AuditEntry.objects.filter(verb="place.offer_accepted").count() == 1
        assert Notice.objects.get(purpose="jbl_accepted").subject.startswith("Diterima: JBL ")

    def test_no_once_or_twice_and_the_next_is_asked(self, offered) -> None:
        _day, first, second = offered
        for _time in range(2):
            decline_offer(first, by=None, via="tautan")

        assert words(first, second) == [S.DECLINED, S.OFFERED]
        assert AuditEntry.objects.filter(verb="place.offered").count() == 2

    def test_giving_up_after_yes_asks_the_next(self, offered) -> None:
        _day, first, second = offered
        accept_offer(first, by=None, via="tautan")
        withdraw(first)

        assert words(first, second) == [S.CANCELLED, S.OFFERED]

    def test_leaving_the_list(self, offered) -> None:
        _day, _first, second = offered
        withdraw_application(second, by=None, via="web")

        assert words(second) == [S.CANCELLED]

    @pytest.mark.parametrize("answer", [accept_offer, decline_offer])
    def test_too_late_by_a_second(self, offered, answer) -> None:
        _day, first, _second = offered

        with (
            time_machine.travel(first.offer_until, tick=False),
            pytest.raises(ActionRefused, match="diteruskan ke penjual lain"),
        ):
            answer(first, by=None, via="tautan")

    @pytest.mark.parametrize("answer", [accept_offer, decline_offer])
    def test_what_was_never_offered(self, offered, answer) -> None:
        _day, _first, second = offered

        with pytest.raises(ActionRefused, match="sudah tidak ada"):
            answer(second, by=None, via="tautan")

    def test_after_the_other_answer(self, offered) -> None:
        _day, first, _second = offered
        decline_offer(first, by=None, via="tautan")

        with pytest.raises(ActionRefused):
            accept_offer(first, by=None, via="tautan")

    def test_of_a_day_called_off(self, offered) -> None:
        day, first, _second = offered
        day.event.status, day.event.cancelled_at = EventStatus.CANCELLED, timezone.now()
        day.event.save()

        with pytest.raises(ActionRefused, match="dibatalkan"):
            accept_offer(first, by=None, via="tautan")


class TestTheEnd:
    def test_the_day_is_over(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)
        applied = make.application(day, make.business(siti, name="Baru"))

        with pytest.raises(ActionRefused, match="belum selesai"):
            close_undecided(day, by=None, via="jadwal")
        with time_machine.travel(day.ends, tick=False):
            keep_waitlists_moving(at=timezone.now())
            assert keep_waitlists_moving(at=timezone.now()) == 0

        assert words(inside, first, second, applied) == [S.ACCEPTED] + [S.CLOSED] * 3
        assert Notice.objects.filter(purpose="jbl_closed").count() == 3

    def test_it_is_called_off(self, siti, budi, petugas) -> None:
        day, (inside,), (first, second) = make_market(siti)
        his = make.application(day, make.business(budi, name="Warung Budi"), status=S.WAITLISTED)
        withdraw(inside)

        cancel_event(day.event, reason="Banjir.", by=petugas, via="admin")

        assert words(first, second, his) == [S.CLOSED] * 3
        told = Notice.objects.filter(purpose="event_cancelled")
        assert {notice.recipient for notice in told} == {siti, budi}
        assert not Notice.objects.filter(purpose="jbl_closed").exists()


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.fixture(autouse=True)
    def _slow_reading(self, monkeypatch) -> None:
        """Between reading the seats and writing lies time enough for the other one to come."""
        read = DaySeats.of

        def slowly(*args, **kwargs):
            found = read(*args, **kwargs)
            sleep(0.3)
            return found

        monkeypatch.setattr(DaySeats, "of", slowly)

    def test_two_give_up_and_two_are_asked(self, siti) -> None:
        _day, inside, line = make_market(siti, seats=2, standing=2, waiting=4)

        assert all_at_once(withdraw, inside) == ["done"] * 2
        assert words(*line) == [S.OFFERED] * 2 + [S.WAITLISTED] * 2

    def test_the_last_seat_is_offered_to_one(self, siti) -> None:
        day, _inside, line = make_market(siti, seats=1, standing=0, waiting=5)

        all_at_once(lambda _n: offer_free_seats(day, by=None, via="jadwal"), range(5))

        assert words(*line).count(S.OFFERED) == 1
        assert AuditEntry.objects.filter(verb="place.offered").count() == 1

    def test_an_offer_accepted_twice_is_one_seat(self, siti) -> None:
        day, (inside,), (first, _second) = make_market(siti)
        withdraw(inside)

        outcomes = all_at_once(lambda _n: accept_offer(first, by=None, via="tautan"), range(4))

        assert outcomes == ["done"] * 4
        assert AuditEntry.objects.filter(verb="place.offer_accepted").count() == 1

    def test_yes_against_no(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)
        withdraw(inside)

        outcomes = all_at_once(
            lambda answer: answer(first, by=None, via="tautan"), [accept_offer, decline_offer]
        )

        assert outcomes == ["done", "refused"]
        assert words(first, second) in ([S.ACCEPTED, S.WAITLISTED], [S.DECLINED, S.OFFERED])

    def test_yes_against_the_clock(self, siti, monkeypatch) -> None:
        """To her it is still time, to the tick it no longer is: whoever comes first decides."""
        day, (inside,), (first, second) = make_market(siti)
        withdraw(inside)
        first.refresh_from_db()
        limit, clock = first.offer_until, threading.local()
        now = SimpleNamespace(now=lambda: clock.now)
        monkeypatch.setattr(waitlist, "timezone", now)

        def act(answer) -> None:
            early = answer is accept_offer
            clock.now = limit - timedelta(seconds=1) if early else limit
            answer(first, by=None, via="jadwal")

        outcomes = all_at_once(act, [accept_offer, lapse_offer])

        assert (outcomes, words(first, second)) in [
            (["done", "done"], [S.ACCEPTED, S.WAITLISTED]),
            (["done", "refused"], [S.LAPSED, S.OFFERED]),
        ]

    def test_giving_up_against_an_offer(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)

        def act(place) -> None:
            # She comes while the freed seat is being given to her.
            sleep(0.15 if place == first else 0)
            withdraw(place)

        all_at_once(act, [inside, first])

        assert words(inside, first, second) == [S.CANCELLED, S.CANCELLED, S.OFFERED]

    def test_a_booth_given_away_while_a_seat_is_offered(self, siti) -> None:
        day, _inside, line = make_market(siti, standing=0)
        booth = make.booth(day.event)
        stranger = make.business(siti, name="Kenalan")

        def act(thing) -> None:
            if thing == "seat":
                offer_free_seats(day, by=None, via="jadwal")
            else:
                place_business(booth, day=day, business=stranger, by=None, via="admin")

        all_at_once(act, ["seat", "booth"])

        assert BoothPlace.objects.filter(day=day, status__in=SEATED).count() == 1
