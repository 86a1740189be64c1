"""A freed place goes to the next in turn, in time, once, and never beyond the day's seats."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta
from time import sleep
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.actions import waitlist
from events.actions.applications import withdraw_application
from events.actions.booths import BoothRow, add_booths, place_business, remove_business
from events.actions.edition import keep_edition
from events.actions.editions import cancel_event
from events.actions.waitlist import (
    accept_offer,
    close_undecided,
    decline_offer,
    keep_waitlists_moving,
    lapse_offer,
    offer_free_seats,
)
from events.choices import SEATED, EventStatus, PlaceStatus
from events.models import BoothPlace
from events.place_links import read_offer_link
from events.seats import DaySeats
from members.choices import Sector
from members.models import Kecamatan
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
pytestmark = pytest.mark.django_db
S = PlaceStatus


def make_market(owner, *, seats=1, standing=1, waiting=2, on=None, **values):
    """A day with so many seats, so many sellers in and so many in line; the day and both lists."""
    day = make.jbl_day(on)
    make.edition(day.event, seats_per_day=seats, **values)
    inside = [
        make.application(day, make.business(owner, name=f"Masuk {n}"), status=S.ACCEPTED)
        for n in range(standing)
    ]
    line = [
        make.application(day, make.business(owner, name=f"Antre {n}"), status=S.WAITLISTED, rank=n)
        for n in range(1, waiting + 1)
    ]
    return day, inside, line


def jakarta(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=JAKARTA)


def words(*places) -> list[str]:
    for place in places:
        place.refresh_from_db()
    return [place.status for place in places]


def withdraw(place):
    return withdraw_application(place, reason="Sakit.", by=None, via="web")


class TestOffering:
    def test_a_withdrawal_is_offered_to_the_next(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)

        withdraw(inside)

        assert words(inside, first, second) == [S.CANCELLED, S.OFFERED, S.WAITLISTED]
        notice = Notice.objects.get(purpose="jbl_offer")
        assert notice.subject.startswith("Ada tempat untuk Anda, jawab sebelum ")
        token = notice.link.strip("/").rpartition("/")[2]
        assert read_offer_link(token) == (first.pk, siti.pk)
        assert "?jawab=ikut" in notice.body
        assert AuditEntry.objects.filter(verb="place.offered").count() == 1

    def test_a_removal_too(self, siti, petugas) -> None:
        day, (inside,), (first, _second) = make_market(siti)

        remove_business(inside, by=petugas, via="admin")

        assert words(first) == [S.OFFERED]

    def test_more_seats_and_more_booths_too(self, siti, petugas) -> None:
        day, _inside, (first, second, third) = make_market(siti, waiting=3)
        edition = day.event.edition
        edition.seats_per_day = 2
        keep_edition(edition, changed=["seats_per_day"], by=petugas, via="admin")
        assert words(first, second) == [S.OFFERED, S.WAITLISTED]

        edition.seats_per_day = None
        edition.save()
        row = BoothRow(["A01", "A02", "A03"])
        add_booths(day.event, row=row, by=petugas, via="admin")
        assert words(second, third) == [S.OFFERED, S.WAITLISTED]

    def test_fewer_seats_drop_nobody(self, siti, petugas) -> None:
        day, inside, line = make_market(siti, seats=3, standing=3)
        edition = day.event.edition
        edition.seats_per_day = 1
        keep_edition(edition, changed=["seats_per_day"], by=petugas, via="admin")

        assert words(*inside, *line) == [S.ACCEPTED] * 3 + [S.WAITLISTED] * 2
        withdraw(inside[0])
        assert words(*line) == [S.WAITLISTED] * 2

    def test_a_full_day_offers_nothing(self, siti) -> None:
        day, _inside, line = make_market(siti)

        assert offer_free_seats(day, by=None, via="jadwal") == []
        assert words(*line) == [S.WAITLISTED] * 2

    def test_without_an_edition_nothing_is_counted(self, batik) -> None:
        day = make.jbl_day()
        place = make.application(day, batik, status=S.WAITLISTED)

        assert offer_free_seats(day, by=None, via="jadwal") == []
        assert words(place) == [S.WAITLISTED]

    def test_an_application_that_was_offered_once_is_not_asked_again(self, siti) -> None:
        day, (inside,), (first, second) = make_market(siti)
        first.offered_at = timezone.now()
        first.save()

        withdraw(inside)

        assert words(first, second) == [S.WAITLISTED, S.OFFERED]

    def test_nobody_waits_for_a_seat_staff_give_away(self, siti, petugas) -> None:
        day, (inside,), (first, _second) = make_market(siti)
        booth = make.booth(day.event)
        withdraw(inside)
        stranger = make.business(siti, name="Kenalan")

        with pytest.raises(ActionRefused, match=r"penuh \(1\), termasuk yang sedang ditawarkan"):
            place_business(booth, day=day, business=stranger, by=petugas, via="admin")
        place_business(booth, day=day, business=first.business, by=petugas, via="admin")
        assert words(first) == [S.ACCEPTED]


class TestCells:
    """Two seats: one for Tebet, one that no cell holds; Jagakarsa's are ahead in the line."""

    @pytest.fixture
    def market(self, siti):
        day = make.jbl_day(timezone.localdate() + timedelta(days=20))
        make.edition(day.event, seats_per_day=2)
        make.quota(day.event, 1, kecamatan=Kecamatan.objects.get(name="Tebet"))
        tebet = make.kelurahan("Tebet Timur")
        inside = [
            make.application(
                day, make.business(siti, name="T", kelurahan=tebet), status=S.ACCEPTED
            ),
            make.application(day, make.business(siti, name="J"), status=S.ACCEPTED),
        ]
        jagakarsa = make.application(
            day, make.business(siti, name="J2"), status=S.WAITLISTED, rank=1
        )
        from_tebet = make.application(
            day, make.business(siti, name="T2", kelurahan=tebet), status=S.WAITLISTED, rank=2
        )
        return day, inside, jagakarsa, from_tebet

    def test_tebets_seat_stays_in_tebet(self, market) -> None:
        _day, (tebet, _other), jagakarsa, from_tebet = market

        withdraw(tebet)

        assert words(jagakarsa, from_tebet) == [S.WAITLISTED, S.OFFERED]

    def test_a_seat_no_cell_holds_goes_to_who_fits_in_none(self, market) -> None:
        _day, (_tebet, other), jagakarsa, from_tebet = market

        withdraw(other)

        assert words(jagakarsa, from_tebet) == [S.OFFERED, S.WAITLISTED]

    def test_from_h_5_on_the_first_in_line_gets_any(self, market) -> None:
        day, (tebet, _other), jagakarsa, from_tebet = market
        opens = day.event.edition.pool_opens_at(day)

        with time_machine.travel(opens, tick=False):
            withdraw(tebet)

        assert words(jagakarsa, from_tebet) == [S.OFFERED, S.WAITLISTED]

    def test_the_tick_opens_the_pool(self, market, siti) -> None:
        day, (tebet, _other), jagakarsa, from_tebet = market
        withdraw_application(from_tebet, by=siti, via="web")
        withdraw(tebet)
        assert words(jagakarsa) == [S.WAITLISTED]

        opens = day.event.edition.pool_opens_at(day)
        with time_machine.travel(opens - timedelta(seconds=1), tick=False):
            keep_waitlists_moving(at=timezone.now())
            assert words(jagakarsa) == [S.WAITLISTED]
        with time_machine.travel(opens, tick=False):
            keep_waitlists_moving(at=timezone.now())
            assert words(jagakarsa) == [S.OFFERED]

    def test_the_most_specific_cell_counts(self, siti) -> None:
        day = make.jbl_day(timezone.localdate() + timedelta(days=20))
        make.edition(day.event, seats_per_day=2)
        kecamatan = Kecamatan.objects.get(name="Jagakarsa")
        make.quota(day.event, 1, kecamatan=kecamatan)
        make.quota(day.event, 1, kecamatan=kecamatan, sector=Sector.KULINER)
        line = [
            make.application(
                day,
                make.business(siti, name=f"K{n}", sector=Sector.KULINER),
                status=S.WAITLISTED,
                rank=n,
            )
            for n in (1, 2)
        ]
        fashion = make.application(day, make.business(siti, name="F"), status=S.WAITLISTED, rank=3)

        offer_free_seats(day, by=None, via="jadwal")

        assert words(*line, fashion) == [S.OFFERED, S.WAITLISTED, S.OFFERED]


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
