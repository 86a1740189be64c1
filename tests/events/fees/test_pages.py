"""What the seller, the desk and the door see of a fee, and who may not."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.actions.applications import withdraw_application
from events.actions.fees import take_back_fee, waive_fee
from events.actions.market_reminders import remind_of_tomorrow
from events.fee_choices import FeeEntryKind
from events.models import EventDay, FeeEntry
from events.reports.fees import fee_sums
from events.reports.market_door import market_door
from events.reports.my_data import sections_of
from events.reports.recap import recap_of
from events.reports.recap_files import recap_pdf, recap_xlsx
from members.models import Kecamatan
from tests import fees, make
from umkm_portal.notices.models import Notice
from umkm_portal.work_queue import waiting_for

pytestmark = pytest.mark.django_db
LIST = reverse("admin:events_boothplace_changelist")


def desk(place, word: str) -> str:
    return reverse(f"admin:events_boothplace_{word}", args=[place.pk])


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def hers(siti) -> Client:
    client = Client()
    client.force_login(siti)
    return client


@pytest.fixture
def office(petugas) -> Client:
    client = Client()
    client.force_login(petugas)
    return client


@pytest.fixture
def warung(budi):
    return make.business(budi, name="Warung Budi")


class TestTheSeller:
    def page(self, client, place) -> str:
        return client.get(reverse("events:my_application", args=[place.pk])).content.decode()

    def test_she_reads_what_she_owes_and_how_to_pay(self, hers, place) -> None:
        page = self.page(hers, place)

        assert "Belum dibayar" in page
        assert fees.HOW in page
        assert place.reference in page

    def test_once_paid_she_fetches_her_kuitansi(self, hers, place, petugas) -> None:
        entry = fees.paid(place, by=petugas)

        assert f"kuitansi {entry.number}" in self.page(hers, place)
        answer = hers.get(reverse("events:fee_receipt", args=[place.pk]))
        assert answer["Content-Disposition"].endswith(f'"kuitansi-{entry.number}.pdf"')
        paper = text_of(answer.content)
        assert "lima puluh ribu rupiah" in paper
        assert place.day.event.name in paper

    def test_a_reversed_kuitansi_is_not_given_out(self, hers, place, petugas) -> None:
        fees.paid(place, by=petugas)
        take_back_fee(place, kind=FeeEntryKind.REVERSAL, reason="Keliru.", by=petugas, via="admin")

        assert hers.get(reverse("events:fee_receipt", args=[place.pk])).status_code == 404
        assert "Belum dibayar" in self.page(hers, place)

    def test_another_owner_finds_nothing(self, client, budi, place, petugas) -> None:
        fees.paid(place, by=petugas)
        client.force_login(budi)

        assert client.get(reverse("events:fee_receipt", args=[place.pk])).status_code == 404

    def test_in_a_free_market_nothing_speaks_of_paying(self, hers, batik) -> None:
        page = self.page(hers, make.place(make.jbl_day(), batik)).lower()
        page = page.partition("<main")[2].partition("</main>")[0]

        assert "biaya" not in page
        assert "bayar" not in page

    def test_her_data_tell_of_it(self, siti, place, petugas) -> None:
        entry = fees.paid(place, by=petugas)
        section = next(one for one in sections_of(siti) if one.key == "lapak")

        assert f"lunas {_today()}, kuitansi {entry.number}" in section.rows[0][-1]

    def test_the_form_says_the_fee_and_how_before_she_asks(self, hers, batik, day) -> None:
        make.product(batik)
        page = hers.get(reverse("events:market_apply", args=[day.event.slug])).content.decode()

        assert "Biaya lapak Rp50.000 per hari" in page
        assert fees.HOW in page


class TestLetters:
    def test_on_the_eve_only_who_owes_is_told_of_it(self, siti, warung, petugas, batik) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        day = fees.market_day(day=tomorrow)
        owes, settled = fees.place(day, batik), fees.place(day, warung, "A08")
        type(owes).objects.update(placed_at=timezone.now() - timedelta(days=3))
        waive_fee(settled, reason="Binaan.", by=petugas, via="admin")
        eve = timezone.localtime().replace(hour=16, minute=5)

        remind_of_tomorrow(EventDay.objects.get(pk=day.pk), at=eve, by=None, via="jadwal")

        told = {one.recipient_id: one.body for one in Notice.objects.filter(purpose="jbl_tomorrow")}
        assert "Biaya lapak Rp50.000 belum tercatat." in told[siti.pk]
        assert "Biaya" not in told[warung.owner_id]


class TestTheDesk:
    def typed(self, **values):
        return {
            "amount": "50.000",
            "method": "cash",
            "moved_on": timezone.localdate().strftime("%d/%m/%Y"),
            "reference": "",
            **values,
        }

    def test_cash_is_recorded_by_a_button(self, office, place, petugas) -> None:
        assert "Catat biaya lapak" in office.get(desk(place, "change")).content.decode()

        answer = office.post(desk(place, "biaya"), self.typed(), follow=True)

        assert "Tercatat lunas" in answer.content.decode()
        assert FeeEntry.objects.get().recorded_by == petugas
        page = office.get(desk(place, "change")).content.decode()
        assert "Catat pengembalian biaya" in page
        assert "Catat biaya lapak" not in page

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"amount": "40.000"}, "Anda menulis Rp40.000."),
            ({"method": "transfer"}, "Tulis nomor referensi transfernya."),
            ({"amount": "seribu"}, "seribu"),
            ({"moved_on": "31/02/2026"}, "31/02/2026"),
        ],
    )
    def test_bad_input_is_said_and_kept(self, office, place, values, says) -> None:
        page = office.post(desk(place, "biaya"), self.typed(**values)).content.decode()

        assert says in page
        assert f'value="{next(iter(values.values()))}"' in page
        assert not FeeEntry.objects.exists()

    def test_who_still_owes_is_one_filter_away(self, office, place, day, warung, petugas) -> None:
        fees.paid(fees.place(day, warung, "A08"), by=petugas)

        page = office.get(LIST, {"biaya": "belum"}).content.decode()

        assert "Batik Siti" in page
        assert "Warung Budi" not in page

    def test_money_to_return_waits_in_the_queue(self, office, place, petugas, siti) -> None:
        fees.paid(place, by=petugas)
        assert _to_return(petugas) == 0

        withdraw_application(place, reason="Sakit", by=siti, via="web")

        assert _to_return(petugas) == 1
        assert "Batik Siti" in office.get(LIST, {"biaya": "kembali"}).content.decode()

    def test_the_ledger_is_read_and_never_written(self, office, place, petugas) -> None:
        entry = fees.paid(place, by=petugas)
        book = reverse("admin:events_feeentry_changelist")
        row = reverse("admin:events_feeentry_change", args=[entry.pk])

        assert entry.number in office.get(book).content.decode()
        assert office.get(row).status_code == 200
        assert office.post(row, {"amount": 1}).status_code == 403
        assert office.get(reverse("admin:events_feeentry_add")).status_code == 403

    def test_an_officer_of_another_kecamatan_sees_no_row(self, client, place, petugas) -> None:
        entry = fees.paid(place, by=petugas)
        petugas.kecamatan = Kecamatan.objects.exclude(
            pk=place.business.kelurahan.kecamatan_id
        ).first()
        petugas.save()
        client.force_login(petugas)

        book = client.get(reverse("admin:events_feeentry_changelist")).content.decode()
        assert entry.number not in book

    def test_kadin_sees_none_of_it(self, client, bendahara, place, petugas) -> None:
        fees.paid(place, by=petugas)
        client.force_login(bendahara)

        assert client.get(reverse("admin:events_feeentry_changelist")).status_code == 403
        assert client.post(desk(place, "biaya"), self.typed()).status_code == 403


class TestTheDoor:
    def test_who_owes_is_marked_in_one_query(
        self, day, place, warung, petugas, django_assert_num_queries
    ) -> None:
        fees.paid(fees.place(day, warung, "A08"), by=petugas)

        with django_assert_num_queries(1):
            door = market_door(day, at=timezone.now())

        assert {each.business.name: each.owes for each in door.places} == {
            "Batik Siti": True,
            "Warung Budi": False,
        }

    def test_the_phone_shows_it_with_a_link_to_record_it(self, office, day, place) -> None:
        page = office.get(reverse("events:attendance", args=[day.pk])).content.decode()

        assert "Biaya Rp50.000 belum dibayar" in page
        assert desk(place, "biaya") in page


class TestTheRecap:
    def test_it_says_what_came_in_of_what_was_asked(self, place, warung, petugas) -> None:
        day = place.day
        third = make.business(make.user("ani"), name="Keripik Ani")
        fees.paid(fees.place(day, warung, "A08"), by=petugas)
        waive_fee(fees.place(day, third, "A09"), reason="Binaan.", by=petugas, via="admin")

        recap = recap_of(day.event, staff=petugas, at=timezone.now() + timedelta(days=30))

        says = "Rp50.000 dari Rp150.000 masuk, 1 lunas, 1 dibebaskan, 1 belum bayar"
        assert recap.fees.sentence == says
        assert says in text_of(recap_pdf(recap)).replace("\n", " ")
        sheet = load_workbook(io.BytesIO(recap_xlsx(recap, [])))["Ringkasan"]
        rows = {row[0]: row[1] for row in sheet.values}
        assert rows["Biaya lapak (Rp)"] == 50_000

    def test_of_a_free_market_it_says_nothing(self, batik, petugas) -> None:
        free = make.place(make.jbl_day(), batik)

        assert fee_sums(free.day.event, staff=petugas) is None


class TestTheCheck:
    def check(self, client, code: str):
        return client.get(reverse("events:fee_check", args=[code]))

    def test_anybody_with_the_code_reads_that_it_is_ours(self, client, place, petugas) -> None:
        entry = fees.paid(place, by=petugas)

        page = self.check(client, entry.code.lower()).content.decode()

        assert "Kuitansi ini asli." in page
        assert "Tercatat di buku biaya lapak" in page
        assert "Batik Siti" in page
        assert "Siti Rahayu" not in page

    @pytest.mark.parametrize(
        ("kind", "says"),
        [
            (FeeEntryKind.REFUND, "Uangnya sudah dikembalikan seluruhnya."),
            (FeeEntryKind.REVERSAL, "Kuitansi ini sudah dibatalkan."),
        ],
    )
    def test_what_was_taken_back_says_so(self, client, place, petugas, kind, says) -> None:
        entry = fees.paid(place, by=petugas)
        take_back_fee(place, kind=kind, reason="Keliru.", by=petugas, via="admin")

        assert says in self.check(client, entry.code).content.decode()

    def test_an_unknown_code_is_a_404_that_says_what_to_do(self, client, db) -> None:
        answer = self.check(client, "TIDAKADA12")

        assert answer.status_code == 404
        assert "Periksa lagi" in answer.content.decode()


def _to_return(user) -> int:
    waiting = {str(row["label"]): row["count"] for row in waiting_for(user)}
    return waiting["Biaya lapak perlu dikembalikan"]


def _today() -> str:
    from umkm_portal.lib.dates import tanggal_polos

    return tanggal_polos(timezone.localdate())
