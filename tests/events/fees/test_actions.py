"""The fee of a place: asked, paid, waived, given back, and never told twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from events.actions.applications import Wishes, apply_for_days, withdraw_application
from events.actions.booths import place_business
from events.actions.editions import cancel_event
from events.actions.fees import Money, record_fee, take_back_fee, waive_fee
from events.fee_choices import FeeEntryKind, FeeMethod, FeeStatus
from events.models import BoothPlace, Edition, FeeEntry
from events.models.fee import fee_status, owing, to_return
from tests import fees, make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db
BACK, WRONG = FeeEntryKind.REFUND, FeeEntryKind.REVERSAL


def status(place) -> FeeStatus | None:
    return fee_status(BoothPlace.objects.select_related("day__event").get(pk=place.pk))


class TestWhatIsAsked:
    def test_she_owes_what_the_edition_asked_when_she_applied(self, day, batik, siti) -> None:
        make.product(batik)
        (asked,) = apply_for_days(batik, days=[day], wishes=Wishes(), by=siti, via="web")
        Edition.objects.filter(event=day.event).update(fee=90_000)

        assert BoothPlace.objects.get(pk=asked.pk).fee == fees.FEE
        assert status(asked) is None, "nothing is owed before she has a place"

    def test_whom_staff_place_by_hand_owes_it_too(self, day, batik, petugas) -> None:
        booth = make.booth(day.event, "A09")

        made = place_business(booth, day=day, business=batik, by=petugas, via="admin")

        assert (made.fee, status(made)) == (fees.FEE, FeeStatus.OWED)

    def test_a_market_without_a_fee_asks_nothing(self, batik, petugas) -> None:
        free = make.place(make.jbl_day(), batik)

        with pytest.raises(ActionRefused, match="gratis"):
            record_fee(free, money=fees.cash(), by=petugas, via="admin")


class TestPaying:
    def test_she_gets_a_number_and_a_letter(self, place, petugas, siti) -> None:
        entry = record_fee(place, money=fees.cash(), by=petugas, via="admin")

        assert entry.number == f"BL-{timezone.localdate().year}-000001"
        assert status(place) == FeeStatus.PAID
        letter = Notice.objects.get(purpose="fee_received")
        assert letter.subject == f"Biaya lapak lunas, kuitansi {entry.number}"
        assert "Rp50.000" in letter.body
        assert AuditEntry.objects.about(place).first().verb == "fee.receipt"

    def test_the_same_money_twice_is_once(self, place, petugas) -> None:
        first = record_fee(place, money=fees.cash(), by=petugas, via="admin")
        again = record_fee(place, money=fees.cash(), by=petugas, via="admin")

        assert (again, FeeEntry.objects.count(), Notice.objects.count()) == (first, 1, 1)

    def test_other_money_for_a_paid_place_is_refused(self, place, petugas) -> None:
        first = record_fee(place, money=fees.cash(), by=petugas, via="admin")
        other = Money(fees.FEE, FeeMethod.TRANSFER, timezone.localdate(), "TRX-77")

        with pytest.raises(ActionRefused, match=first.number):
            record_fee(place, money=other, by=petugas, via="admin")

    @pytest.mark.parametrize(
        ("money", "says"),
        [
            (
                lambda: fees.cash(40_000),
                r"Biaya lapaknya Rp50\.000\. Anda menulis Rp40\.000\.",
            ),
            (
                lambda: fees.cash(moved_on=timezone.localdate() + timedelta(days=1)),
                "belum tiba",
            ),
            (
                lambda: Money(fees.FEE, FeeMethod.TRANSFER, timezone.localdate()),
                "nomor referensi",
            ),
        ],
    )
    def test_wrong_money_is_refused_in_words(self, place, petugas, money, says) -> None:
        with pytest.raises(ActionRefused, match=says):
            record_fee(place, money=money(), by=petugas, via="admin")
        assert not FeeEntry.objects.exists()

    def test_who_does_not_come_is_not_asked(self, place, petugas, siti) -> None:
        withdraw_application(place, reason="Sakit", by=siti, via="web")

        with pytest.raises(ActionRefused, match="tidak jadi ikut"):
            record_fee(place, money=fees.cash(), by=petugas, via="admin")
        assert status(place) is None


class TestWaiving:
    def test_she_is_let_off_for_a_reason(self, place, petugas) -> None:
        first = waive_fee(place, reason="Usaha binaan baru.", by=petugas, via="admin")

        assert status(place) == FeeStatus.WAIVED
        assert waive_fee(place, reason="Sekali lagi.", by=petugas, via="admin") == first

    def test_without_a_reason_it_is_refused(self, place, petugas) -> None:
        with pytest.raises(ActionRefused, match="alasan"):
            waive_fee(place, reason="", by=petugas, via="admin")

    def test_who_has_paid_is_not_let_off(self, place, petugas) -> None:
        fees.paid(place, by=petugas)

        with pytest.raises(ActionRefused, match="sudah tercatat lunas"):
            waive_fee(place, reason="Terlambat.", by=petugas, via="admin")


class TestTakingBack:
    def test_a_wrong_row_is_reversed_and_the_fee_is_owed_again(self, place, petugas) -> None:
        first = fees.paid(place, by=petugas)

        back = take_back_fee(place, kind=WRONG, reason="Salah lapak.", by=petugas, via="admin")

        assert (back.takes_back, back.amount) == (first, -fees.FEE)
        assert status(place) == FeeStatus.OWED
        assert FeeEntry.objects.total() == 0
        told = Notice.objects.get(purpose="fee_taken_back")
        assert told.subject == f"Kuitansi {first.number} dibatalkan"
        again = record_fee(place, money=fees.cash(), by=petugas, via="admin")
        assert again.number.endswith("000003"), "numbers are never used again"

    def test_money_goes_back_to_who_called_off(self, place, petugas, siti) -> None:
        fees.paid(place, by=petugas)
        withdraw_application(place, reason="Sakit", by=siti, via="web")
        assert status(place) == FeeStatus.TO_RETURN
        assert list(to_return(BoothPlace.objects.all())) == [place]

        first = take_back_fee(place, kind=BACK, reason="Batal ikut.", by=petugas, via="admin")
        again = take_back_fee(place, kind=BACK, reason="Batal ikut.", by=petugas, via="admin")

        assert (again, status(place)) == (first, FeeStatus.RETURNED)
        assert not to_return(BoothPlace.objects.all())
        assert "Biaya lapak dikembalikan: Rp50.000" in str(
            Notice.objects.filter(purpose="fee_taken_back").values_list("subject", flat=True)
        )

    def test_a_cancelled_market_owes_everybody_her_money(self, place, petugas) -> None:
        fees.paid(place, by=petugas)
        cancel_event(place.day.event, reason="Banjir", by=petugas, via="admin")

        assert status(place) == FeeStatus.TO_RETURN
        assert not owing(BoothPlace.objects.all())

    def test_where_nothing_came_nothing_goes_back(self, place, petugas) -> None:
        with pytest.raises(ActionRefused, match="Tidak ada pembayaran"):
            take_back_fee(place, kind=BACK, reason="Coba.", by=petugas, via="admin")

    def test_a_waiver_is_no_money(self, place, petugas) -> None:
        waive_fee(place, reason="Binaan.", by=petugas, via="admin")

        with pytest.raises(ActionRefused, match="tidak ada uang"):
            take_back_fee(place, kind=BACK, reason="Coba.", by=petugas, via="admin")
        take_back_fee(place, kind=WRONG, reason="Keliru.", by=petugas, via="admin")
        assert status(place) == FeeStatus.OWED
        assert not Notice.objects.exists(), "a waiver taken back is no receipt"


class TestTheLedger:
    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_no_row_is_ever_changed(self, place, petugas, change) -> None:
        rows = FeeEntry.objects.filter(pk=fees.paid(place, by=petugas).pk)

        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            rows.update(amount=1) if change == "update" else rows._raw_delete(rows.db)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_officers_record_the_same_cash(self, place, petugas) -> None:
        money = fees.cash()

        all_at_once(lambda _: record_fee(place, money=money, by=petugas, via="admin"), range(4))

        assert FeeEntry.objects.count() == Notice.objects.count() == 1

    def test_paid_against_waived_is_one_of_the_two(self, place, petugas) -> None:
        def settle(way: str) -> None:
            if way == "pay":
                record_fee(place, money=fees.cash(), by=petugas, via="admin")
            else:
                waive_fee(place, reason="Binaan.", by=petugas, via="admin")

        assert all_at_once(settle, ["pay", "waive"]) == ["done", "refused"]
        assert FeeEntry.objects.standing().count() == 1
