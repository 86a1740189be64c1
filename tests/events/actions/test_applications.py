"""A seller asks for a place, mends it, gives it up; staff send it back or refuse it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from events.actions.applications import (
    Wishes,
    accept_rules,
    apply_for_days,
    change_application,
    reject_application,
    return_application,
    withdraw_application,
)
from events.actions.edition import keep_edition, publish_rules
from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from events.models import BoothPlace, BroughtProduct
from members.choices import ApplicationStatus, Sector
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 6, 12)
pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    day = make.jbl_day()
    make.edition(day.event, seats_per_day=1)
    return day


@pytest.fixture
def seller(batik):
    make.product(batik)
    return batik


def apply(business, *days, **wishes):
    return apply_for_days(
        business, days=days, wishes=Wishes(**wishes), by=business.owner, via="web"
    )


class TestAsking:
    def test_it_is_kept_with_what_she_needs_and_brings(self, seller, day, siti) -> None:
        product = seller.products.get()

        (place,) = apply(
            seller, day, tables=2, chairs=3, power_watts=450, cooks=True, products=[product.pk]
        )

        place.refresh_from_db()
        assert place.status == PlaceStatus.APPLIED
        assert (place.tables, place.chairs, place.power_watts, place.cooks) == (2, 3, 450, True)
        assert place.applied_at
        assert BroughtProduct.objects.get().product == product
        assert AuditEntry.objects.get(verb="place.applied").by == siti
        notice = Notice.objects.get()
        assert notice.subject == "Pengajuan JBL terkirim: 1 hari"
        assert notice.link == f"/saya/jbl/{place.pk}/"

    def test_twice_is_once(self, seller, day) -> None:
        assert apply(seller, day, tables=1) == apply(seller, day, tables=4)

        assert BoothPlace.objects.get().tables == 1
        assert Notice.objects.count() == 1

    def test_another_day_is_added_to_the_first(self, seller, day) -> None:
        second = make.jbl_day(day.date + timedelta(days=1), edition=day.event)
        first = apply(seller, day)

        both = apply(seller, day, second)

        assert both[0] == first[0]
        assert BoothPlace.objects.count() == 2

    def test_who_gave_up_may_ask_again(self, seller, day) -> None:
        (place,) = apply(seller, day)
        withdraw_application(place, by=seller.owner, via="web")

        assert apply(seller, day) != [place]

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"status": ApplicationStatus.SUBMITTED}, "belum disetujui"),
            ({"suspended_at": timezone.now()}, "belum disetujui"),
            ({"sector": Sector.JASA}, "bidangnya bukan JBL"),
        ],
    )
    def test_who_may_not_sell(self, siti, day, values, says) -> None:
        business = make.business(siti, **values)
        make.product(business)

        with pytest.raises(ActionRefused, match=says):
            apply(business, day)

    def test_nothing_curated(self, batik, day) -> None:
        with pytest.raises(ActionRefused, match="lolos kurasi"):
            apply(batik, day)

    def test_no_day_and_days_of_two_editions(self, seller, day) -> None:
        with pytest.raises(ActionRefused, match="satu hari"):
            apply(seller)
        with pytest.raises(ActionRefused, match="Muat ulang"):
            apply(seller, day, make.jbl_day())
        assert not BoothPlace.objects.exists()

    def test_a_day_gone_by(self, seller, day) -> None:
        past = make.jbl_day(timezone.localdate() - timedelta(days=1), edition=day.event)

        with pytest.raises(ActionRefused, match="akan datang"):
            apply(seller, past)

    def test_an_edition_that_takes_none(self, seller, day, petugas) -> None:
        with pytest.raises(ActionRefused, match="tidak menerima"):
            apply(seller, make.jbl_day())
        day.event.published = False
        day.event.save()
        with pytest.raises(ActionRefused, match="tidak menerima"):
            apply(seller, day)
        cancel_event(day.event, reason="Hujan.", by=petugas, via="admin")
        with pytest.raises(ActionRefused, match="dibatalkan"):
            apply(seller, day)

    def test_too_early_and_too_late(self, seller, day) -> None:
        edition = day.event.edition
        edition.applications_open_at = datetime(2026, 6, 1, 8, tzinfo=JAKARTA)
        edition.applications_close_at = datetime(2026, 6, 10, 16, tzinfo=JAKARTA)
        edition.save()
        day.date = FRIDAY
        day.save()
        for moment, says in [
            (
                edition.applications_open_at - timedelta(seconds=1),
                "Pendaftaran dibuka Senin, 1 Juni 2026 pukul 08.00 WIB",
            ),
            (
                edition.applications_close_at,
                "Pendaftaran ditutup Rabu, 10 Juni 2026 pukul 16.00 WIB",
            ),
        ]:
            with time_machine.travel(moment, tick=False), pytest.raises(ActionRefused, match=says):
                apply(seller, day)
        with time_machine.travel(edition.applications_close_at - timedelta(seconds=1), tick=False):
            assert apply(seller, day)

    def test_the_newest_rules(self, seller, day, petugas) -> None:
        publish_rules(day.event, text="Datang tepat waktu.", by=petugas, via="admin")

        with pytest.raises(ActionRefused, match="tata tertib"):
            apply(seller, day)
        (place,) = apply(seller, day, rules_version=1)
        assert place.rules_accepted_at


class TestRules:
    def test_a_new_version_asks_again_and_the_same_text_does_not(
        self, seller, day, petugas
    ) -> None:
        first = publish_rules(day.event, text="Datang tepat waktu.", by=petugas, via="admin")
        (place,) = apply(seller, day, rules_version=1)
        again = publish_rules(day.event, text="Datang tepat waktu.", by=petugas, via="admin")
        second = publish_rules(day.event, text="Datang pukul 7.", by=petugas, via="admin")

        assert (first, second.version) == (again, 2)
        assert Notice.objects.filter(purpose="jbl_rules_changed").count() == 1
        with pytest.raises(ActionRefused, match="baru saja berubah"):
            accept_rules(day.event, business=seller, version=1, by=seller.owner, via="web")
        for _time in range(2):
            accept_rules(day.event, business=seller, version=2, by=seller.owner, via="web")
        place.refresh_from_db()
        assert place.rules_version == 2
        assert AuditEntry.objects.filter(verb="rules.accepted").count() == 1

    def test_empty_rules(self, day, petugas) -> None:
        with pytest.raises(ActionRefused):
            publish_rules(day.event, text="", by=petugas, via="admin")


class TestMending:
    def test_it_is_sent_back_mended_and_waits_again(self, seller, day, petugas) -> None:
        (place,) = apply(seller, day)
        for _time in range(2):
            return_application(place, reason="Daya listrik?", by=petugas, via="admin")
        assert Notice.objects.filter(purpose="jbl_returned").count() == 1
        assert "Daya listrik?" in Notice.objects.get(purpose="jbl_returned").body

        wishes = Wishes(power_watts=900)
        for _time in range(2):
            change_application(place, wishes=wishes, by=seller.owner, via="web")

        place.refresh_from_db()
        assert (place.status, place.power_watts) == (PlaceStatus.APPLIED, 900)
        assert AuditEntry.objects.filter(verb="place.application_changed").count() == 1

    @pytest.mark.parametrize(
        "status", [PlaceStatus.ACCEPTED, PlaceStatus.WAITLISTED, PlaceStatus.REJECTED]
    )
    def test_what_is_decided_stays(self, seller, day, petugas, status) -> None:
        place = make.application(day, seller, status=status, reason="x")

        with pytest.raises(ActionRefused, match="sudah diputuskan"):
            change_application(place, wishes=Wishes(), by=seller.owner, via="web")
        with pytest.raises(ActionRefused, match="sudah diputuskan"):
            return_application(place, reason="Foto?", by=petugas, via="admin")

    def test_a_reason_is_needed(self, seller, day, petugas) -> None:
        (place,) = apply(seller, day)

        with pytest.raises(ActionRefused, match="perlu dilengkapi"):
            return_application(place, reason="", by=petugas, via="admin")
        with pytest.raises(ActionRefused, match="alasan penolakan"):
            reject_application(place, reason="", by=petugas, via="admin")

    def test_who_is_refused_reads_why_and_whom_to_ask(self, seller, day, petugas) -> None:
        (place,) = apply(seller, day)
        for _time in range(2):
            reject_application(place, reason="Produk sejenis penuh.", by=petugas, via="admin")

        letter = Notice.objects.get(purpose="jbl_rejected").body
        assert "Produk sejenis penuh." in letter
        assert "/kontak/" in letter

    def test_who_has_a_place_is_not_refused(self, seller, day, petugas) -> None:
        place = make.application(day, seller, status=PlaceStatus.ACCEPTED)

        with pytest.raises(ActionRefused, match="sudah punya tempat"):
            reject_application(place, reason="Salah.", by=petugas, via="admin")


class TestGivingUp:
    def test_until_the_end_of_h_2_without_a_reason(self, seller, day) -> None:
        day.date = FRIDAY
        day.save()
        place = make.application(day, seller, status=PlaceStatus.ACCEPTED)
        late = datetime(2026, 6, 11, 0, 0, tzinfo=JAKARTA)

        with (
            time_machine.travel(late, tick=False),
            pytest.raises(ActionRefused, match="Tulis alasan batal"),
        ):
            withdraw_application(place, by=seller.owner, via="web")
        with time_machine.travel(late - timedelta(seconds=1), tick=False):
            for _time in range(2):
                withdraw_application(place, by=seller.owner, via="web")
        place.refresh_from_db()
        assert place.status == PlaceStatus.CANCELLED
        assert AuditEntry.objects.filter(verb="place.withdrawn").count() == 1

    def test_later_with_one(self, seller, day) -> None:
        day.date = FRIDAY
        day.save()
        place = make.application(day, seller, status=PlaceStatus.ACCEPTED)

        with time_machine.travel(datetime(2026, 6, 11, 9, tzinfo=JAKARTA), tick=False):
            withdraw_application(place, reason="Anak sakit.", by=seller.owner, via="web")

        place.refresh_from_db()
        assert place.reason == "Anak sakit."

    def test_who_has_no_seat_needs_no_reason(self, seller, day) -> None:
        day.date = FRIDAY
        day.save()
        place = make.application(day, seller, status=PlaceStatus.WAITLISTED)

        with time_machine.travel(datetime(2026, 6, 11, 9, tzinfo=JAKARTA), tick=False):
            place = withdraw_application(place, by=seller.owner, via="web")
        assert place.status == PlaceStatus.CANCELLED

    @pytest.mark.parametrize(
        ("status", "says"),
        [
            (PlaceStatus.PRESENT, "sudah dicatat"),
            (PlaceStatus.ABSENT, "sudah dicatat"),
            (PlaceStatus.REJECTED, "sudah selesai"),
            (PlaceStatus.LAPSED, "sudah selesai"),
        ],
    )
    def test_what_is_over(self, seller, day, status, says) -> None:
        place = make.application(day, seller, status=status, reason="x")

        with pytest.raises(ActionRefused, match=says):
            withdraw_application(place, by=seller.owner, via="web")

    def test_a_day_gone_by(self, seller, day) -> None:
        place = make.application(day, seller)

        with time_machine.travel(day.ends, tick=False), pytest.raises(ActionRefused, match="lewat"):
            withdraw_application(place, by=seller.owner, via="web")


class TestTheEdition:
    def test_it_is_made_once_and_changed(self, petugas) -> None:
        event = make.jbl_day().event
        edition = make.edition(event)
        edition.tables_stock = 20
        keep_edition(edition, changed=["tables_stock"], by=petugas, via="admin")
        keep_edition(edition, changed=[], by=petugas, via="admin")

        assert AuditEntry.objects.filter(verb="edition.changed").count() == 1
        edition.refresh_from_db()
        assert edition.tables_stock == 20

    def test_a_training_has_none(self, petugas) -> None:
        edition = make.edition(make.event())

        with pytest.raises(ActionRefused, match="Hanya Jumat"):
            keep_edition(edition, changed=["fee"], by=petugas, via="admin")


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_are_one_application(siti) -> None:
    seller = make.business(siti)
    make.product(seller)
    day = make.jbl_day()
    make.edition(day.event)

    outcomes = all_at_once(lambda _press: apply(seller, day), range(10))

    assert outcomes == ["done"] * 10
    assert BoothPlace.objects.count() == 1
