"""A freed place goes to the next in turn, once, and never beyond the day's seats."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions.applications import withdraw_application
from events.actions.booths import BoothRow, add_booths, place_business, remove_business
from events.actions.edition import keep_edition
from events.actions.waitlist import (
    keep_waitlists_moving,
    offer_free_seats,
)
from events.place_links import read_offer_link
from members.choices import ApplicationStatus, Sector
from members.models import Business, Kecamatan
from tests import make
from tests.events.actions.market import S, make_market, withdraw, words
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


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

    def test_who_may_not_sell_any_more_is_passed_over(self, siti) -> None:
        day, inside, (first, second) = make_market(siti)
        Business.objects.filter(pk=first.business_id).update(status=ApplicationStatus.CANCELLED)

        withdraw(inside[0])

        assert words(first, second) == [S.WAITLISTED, S.OFFERED]


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
