"""Asking for a place: form, check, sent; and the door before and after."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions.applications import Wishes, apply_for_days
from events.actions.edition import publish_rules
from events.actions.editions import close_event, open_event
from events.choices import EventStatus, PlaceStatus
from events.models import BoothPlace, BroughtProduct
from members.choices import ApplicationStatus, Right, Sector
from tests import make
from tests.events.applications.conftest import JAKARTA, path_of, typed
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db


class TestApplying:
    def test_form_check_sent(self, client, siti, seller, day, petugas) -> None:
        publish_rules(day.event, text="Datang tepat waktu.", by=petugas, via="admin")
        client.force_login(siti)
        form = client.get(path_of(day)).content.decode()
        assert "Datang tepat waktu." in form
        assert "Lapak gratis" in form

        agreed = {"versi": "1", "setuju": "on"}
        check = client.post(path_of(day), typed(day, seller, langkah="periksa", **agreed))
        page = check.content.decode()
        assert "Periksa sebelum dikirim" in page
        assert "450 watt" in page
        assert not BoothPlace.objects.exists()

        sent = client.post(path_of(day), typed(day, seller, **agreed), follow=True)
        place = BoothPlace.objects.get()
        assert (place.status, place.rules_version) == (PlaceStatus.APPLIED, 1)
        assert place.reference in sent.content.decode()
        assert "Kabarnya paling lambat" in sent.content.decode()
        assert BroughtProduct.objects.count() == 1

    def test_the_way_back_from_the_check_keeps_everything(self, client, siti, seller, day) -> None:
        client.force_login(siti)

        page = client.post(path_of(day), typed(day, seller, langkah="ubah", catatan="Dekat pintu"))
        assert 'value="Dekat pintu"' in page.content.decode()
        assert 'value="450"' in page.content.decode()

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"hari": []}, "Pilih paling sedikit satu hari."),
            ({"hari": ["9999"]}, "Pilih hari yang masih akan datang."),
            ({"hari": ["x"]}, "Pilih hari yang masih akan datang."),
            ({"produk": []}, "Pilih paling sedikit satu produk."),
            ({"meja": "banyak"}, "Tulis angka 0 sampai 4."),
            ({"meja": "-1"}, "Tulis angka 0 sampai 4."),
            ({"listrik": "9999999999"}, "Tulis angka 0 sampai 3500."),
            ({"pengampu": "77"}, "Pilih dari daftar."),
        ],
    )
    def test_a_mistake_keeps_the_rest(self, client, siti, seller, day, values, says) -> None:
        client.force_login(siti)

        page = client.post(path_of(day), typed(day, seller, catatan="Dekat pintu", **values))
        assert says in page.content.decode()
        assert "<title>Kesalahan: Ikut berjualan" in page.content.decode()
        assert 'value="Dekat pintu"' in page.content.decode()
        assert not BoothPlace.objects.exists()

    def test_rules_that_changed_while_she_typed(self, client, siti, seller, day, petugas) -> None:
        publish_rules(day.event, text="Lama.", by=petugas, via="admin")
        publish_rules(day.event, text="Datang pukul 7.", by=petugas, via="admin")
        client.force_login(siti)

        page = client.post(path_of(day), typed(day, seller, versi="1", setuju="on"))
        text = page.content.decode()
        assert "Tata tertib baru saja berubah" in text
        assert "Datang pukul 7." in text
        assert 'name="versi" value="2"' in text
        assert not BoothPlace.objects.exists()

    def test_a_day_asked_for_already_is_not_offered_again(self, client, siti, seller, day) -> None:
        make.application(day, seller)
        client.force_login(siti)

        text = client.get(path_of(day)).content.decode()
        assert "Semua hari edisi ini sudah Anda ajukan." in text
        assert 'name="hari"' not in text

    def test_the_first_time_all_is_ticked_and_then_her_last_list(
        self, client, siti, seller, day
    ) -> None:
        make.product(seller, name="Selendang")
        client.force_login(siti)
        assert client.get(path_of(day)).content.decode().count("checked") == 3

        BroughtProduct.objects.create(
            day=make.jbl_day(timezone.localdate()), product=seller.products.first()
        )
        assert client.get(path_of(day)).content.decode().count("checked") == 2

    def test_siti_switches_business(self, client, siti, seller, day) -> None:
        other = make.business(siti, name="Kedai Siti")
        make.product(other, name="Teh")
        client.force_login(siti)

        text = client.get(path_of(day), {"usaha": other.pk}).content.decode()
        assert "Untuk usaha: <strong>Kedai Siti" in text
        assert "Ganti ke Batik Siti" in text
        client.post(path_of(day), typed(day, other))
        assert BoothPlace.objects.get().business == other

    def test_budi_cannot_apply_for_siti(self, client, budi, seller, day) -> None:
        client.force_login(budi)

        client.post(path_of(day), typed(day, seller))
        assert not BoothPlace.objects.exists()

    def test_staff_with_market_right_apply_and_catalogue_staff_do_not(
        self, client, seller, day
    ) -> None:
        for right in (Right.CATALOGUE, Right.MARKET):
            person = make.user(right.value)
            make.person(seller, person, right)
            client.force_login(person)
            client.post(path_of(day), typed(day, seller))
            assert BoothPlace.objects.count() == (right == Right.MARKET)

    def test_missing_papers_are_named_and_do_not_block(self, client, siti, day) -> None:
        kitchen = make.business(siti, name="Dapur Siti", sector=Sector.KULINER)
        make.dish(kitchen)
        make.licence(kitchen, "nib")
        client.force_login(siti)

        text = client.get(path_of(day)).content.decode()
        assert "P-IRT atau BPOM" in text
        assert text.count("belum diunggah") == 2
        client.post(path_of(day), typed(day, kitchen))
        assert BoothPlace.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({"status": ApplicationStatus.SUBMITTED}, "belum disetujui Pemkot"),
            ({"sector": Sector.JASA}, "JBL untuk kuliner, fashion, dan kerajinan"),
            ({}, "Belum ada produk yang lolos kurasi"),
        ],
    )
    def test_what_keeps_her_out_is_said(self, client, siti, day, values, says) -> None:
        make.business(siti, **values)
        client.force_login(siti)

        text = client.get(path_of(day)).content.decode()
        assert says in text
        assert 'name="hari"' not in text

    def test_who_has_no_business_is_sent_to_register(self, client, budi, day) -> None:
        client.force_login(budi)

        assert "Daftarkan usaha" in client.get(path_of(day)).content.decode()

    def test_the_number_of_queries_does_not_grow(
        self, client, siti, seller, day, django_assert_max_num_queries
    ) -> None:
        client.force_login(siti)
        for extra in (0, 2):
            for number in range(extra):
                make.product(seller, name=f"Kain {number}")
                make.jbl_day(day.date + timedelta(days=number + 1), edition=day.event)
            with django_assert_max_num_queries(15):
                client.get(path_of(day))


class TestTheDoor:
    OPENS = datetime(2026, 6, 1, 8, tzinfo=JAKARTA)
    CLOSES = datetime(2026, 6, 10, 16, tzinfo=JAKARTA)

    @pytest.fixture
    def day(self):
        day = make.jbl_day(datetime(2026, 6, 12, tzinfo=JAKARTA).date())
        make.edition(day.event, applications_open_at=self.OPENS, applications_close_at=self.CLOSES)
        return day

    def look(self, client, siti, day, at) -> str:
        client.force_login(siti)
        with time_machine.travel(at, tick=False):
            client.force_login(siti)
            return client.get(path_of(day)).content.decode()

    def test_not_yet(self, client, siti, seller, day) -> None:
        text = self.look(client, siti, day, self.OPENS - timedelta(seconds=1))
        assert "Pendaftaran dibuka Senin, 1 Juni 2026 pukul 08.00 WIB." in text

    def test_too_late_and_when_the_next_opens(self, client, siti, seller, day) -> None:
        later = make.jbl_day(datetime(2026, 7, 17, tzinfo=JAKARTA).date())
        make.edition(
            later.event,
            applications_open_at=datetime(2026, 7, 6, 8, tzinfo=JAKARTA),
            applications_close_at=datetime(2026, 7, 15, 16, tzinfo=JAKARTA),
        )
        text = self.look(client, siti, day, self.CLOSES)
        assert "Pendaftaran ditutup Rabu, 10 Juni 2026 pukul 16.00 WIB." in text
        assert "Edisi berikutnya dibuka Senin, 6 Juli 2026." in text

    def test_too_late_while_another_edition_is_open(self, client, siti, seller, day) -> None:
        other = make.jbl_day(datetime(2026, 6, 19, tzinfo=JAKARTA).date())
        other.event.name = "Pasar Tebet"
        other.event.save()
        make.edition(
            other.event,
            applications_open_at=self.OPENS,
            applications_close_at=datetime(2026, 6, 15, 16, tzinfo=JAKARTA),
        )
        said = "Pasar Tebet masih menerima pendaftaran sampai Senin, 15 Juni 2026."

        assert said in self.look(client, siti, day, self.CLOSES)
        other.event.status = EventStatus.CLOSED
        other.event.save()
        assert said not in self.look(client, siti, day, self.CLOSES)

    def test_staff_close_it_before_its_time(self, client, siti, seller, day, petugas) -> None:
        open_now = self.OPENS + timedelta(hours=1)
        with time_machine.travel(open_now, tick=False):
            close_event(day.event, by=petugas, via="admin")
            client.force_login(siti)
            answer = client.post(path_of(day), typed(day, seller))

            assert "Pendaftaran edisi ini sudah ditutup panitia." in answer.content.decode()
            with pytest.raises(ActionRefused, match="sudah ditutup panitia"):
                apply_for_days(seller, days=[day], wishes=Wishes(), by=siti, via="web")
            open_event(day.event, by=petugas, via="admin")
            assert "ditutup panitia" not in client.get(path_of(day)).content.decode()

    def test_called_off(self, client, siti, seller, day) -> None:
        day.event.status, day.event.cancelled_at = EventStatus.CANCELLED, self.OPENS
        day.event.cancel_reason = "Banjir."
        day.event.save()
        assert "Banjir." in self.look(client, siti, day, self.OPENS)

    def test_the_page_of_the_edition_says_it_too(self, client, day) -> None:
        url = f"/jbl/{day.event.slug}/"
        with time_machine.travel(self.OPENS, tick=False):
            assert "Ajukan tempat" in client.get(url).content.decode()
        with time_machine.travel(self.CLOSES, tick=False):
            text = client.get(url).content.decode()
        assert "Ajukan tempat" not in text
        assert "Pendaftaran ditutup Rabu, 10 Juni 2026" in text
