"""One application on the seller's page: status, offer, change, giving up."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions.applications import return_application
from events.actions.edition import publish_rules
from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from events.models import BoothPlace
from events.place_links import offer_link
from tests import make
from tests.events.applications.conftest import typed

pytestmark = pytest.mark.django_db


class TestOneApplication:
    @pytest.mark.parametrize("status", PlaceStatus.values)
    def test_every_status_has_its_word_and_sentence(
        self, client, siti, seller, day, status
    ) -> None:
        now = timezone.now()
        place = make.application(
            day,
            seller,
            status=status,
            reason="Foto kurang jelas.",
            offered_at=now,
            offer_until=now + timedelta(hours=5),
            rank=3,
        )
        client.force_login(siti)

        text = client.get(f"/saya/jbl/{place.pk}/").content.decode()
        assert str(PlaceStatus(status).label) in text
        assert place.reference in text
        assert ("Foto kurang jelas." in text) == (status in {"returned", "rejected"})
        assert ("Saya ikut" in text) == (status == "offered")
        assert ("Daftar tunggu nomor 1" in text) == (status == "waitlisted")

    def test_her_place_in_the_line(self, client, siti, budi, seller, day) -> None:
        for number in range(3):
            his = make.business(budi, name=f"Warung {number}")
            make.application(day, his, status=PlaceStatus.WAITLISTED, rank=number * 2)
        place = make.application(day, seller, status=PlaceStatus.WAITLISTED, rank=3)
        client.force_login(siti)

        assert "Daftar tunggu nomor 3" in client.get(f"/saya/jbl/{place.pk}/").content.decode()

    def test_what_was_sent_back_is_mended(self, client, siti, seller, day, petugas) -> None:
        place = make.application(day, seller, note="Lama")
        return_application(place, reason="Berapa watt?", by=petugas, via="admin")
        client.force_login(siti)
        url = f"/saya/jbl/{place.pk}/ubah/"
        assert "Berapa watt?" in client.get(url).content.decode()

        assert "Tulis angka" in client.post(url, typed(day, seller, listrik="x")).content.decode()
        client.post(url, typed(day, seller, listrik="600"))
        place.refresh_from_db()
        assert (place.status, place.power_watts) == (PlaceStatus.APPLIED, 600)

    def test_new_rules_are_agreed_to(self, client, siti, seller, day, petugas) -> None:
        place = make.application(day, seller)
        publish_rules(day.event, text="Datang pukul 7.", by=petugas, via="admin")
        client.force_login(siti)
        page = f"/saya/jbl/{place.pk}/"
        # She asked when there were none, so nothing has changed for her.
        assert "Tata tertib (versi 1): baca, lalu setujui" in client.get(page).content.decode()

        for version in ("x", "9" * 30, "2"):
            answer = client.post(f"{page}tata-tertib/", {"versi": version}, follow=True)
            assert "baru saja berubah" in answer.content.decode()
        client.post(f"{page}tata-tertib/", {"versi": "1"})
        assert "baca, lalu setujui" not in client.get(page).content.decode()
        publish_rules(day.event, text="Datang pukul 8.", by=petugas, via="admin")
        assert "Tata tertib berubah (versi 2)" in client.get(page).content.decode()

    def test_giving_up_by_day_and_at_the_last_moment(self, client, siti, seller, day) -> None:
        place = make.application(day, seller, status=PlaceStatus.ACCEPTED)
        url = f"/saya/jbl/{place.pk}/batal/"
        late = day.begins - timedelta(hours=20)
        with time_machine.travel(late, tick=False):
            client.force_login(siti)
            assert "Mengapa tidak bisa datang?" in client.get(url).content.decode()
            assert "Tulis alasan batal" in client.post(url).content.decode()
            client.post(url, {"alasan": "Anak sakit."})
        place.refresh_from_db()
        assert (place.status, place.reason) == (PlaceStatus.CANCELLED, "Anak sakit.")

    def test_the_list_shows_what_she_asked_for(self, client, siti, seller, day) -> None:
        client.force_login(siti)
        make.application(day, seller)
        client.get("/saya/jbl/")
        counts = []
        for extra in (0, 2):
            for number in range(extra):
                later = make.jbl_day(day.date + timedelta(days=number + 1), edition=day.event)
                make.application(later, seller, status=PlaceStatus.WAITLISTED)
            with CaptureQueriesContext(connection) as queries:
                text = client.get("/saya/jbl/").content.decode()
            counts.append(len(queries))
            assert text.count("JBL-") == 1 + extra
        assert counts[0] == counts[1]


class TestAnOffer:
    @pytest.fixture
    def place(self, seller, day):
        now = timezone.now()
        return make.application(
            day,
            seller,
            status=PlaceStatus.OFFERED,
            offered_at=now,
            offer_until=now + timedelta(hours=5),
        )

    @pytest.mark.parametrize(
        ("word", "status"), [("ikut", PlaceStatus.ACCEPTED), ("tidak", PlaceStatus.DECLINED)]
    )
    def test_it_is_answered_by_the_link_alone(self, client, place, word, status) -> None:
        url = offer_link(place)
        page = client.get(url, {"jawab": word})
        assert "Saya ikut" in page.content.decode()
        place.refresh_from_db()
        assert place.status == PlaceStatus.OFFERED

        after = client.post(url, {"jawab": word}, follow=True)
        place.refresh_from_db()
        assert place.status == status
        assert "Saya ikut" not in after.content.decode()
        assert str(status.label) in client.post(url, {"jawab": word}, follow=True).content.decode()

    def test_it_is_answered_in_the_account(self, client, siti, place) -> None:
        client.force_login(siti)
        client.post(f"/saya/jbl/{place.pk}/jawab/", {"jawab": "ikut"})

        place.refresh_from_db()
        assert place.status == PlaceStatus.ACCEPTED

    def test_it_says_that_the_day_is_called_off(self, client, place, petugas) -> None:
        cancel_event(place.day.event, reason="Hujan lebat.", by=petugas, via="admin")

        text = client.get(offer_link(place)).content.decode()
        assert "Acara ini dibatalkan." in text
        assert "Hujan lebat." in text
        assert "Saya ikut" not in text

    def test_another_word_is_no_answer(self, client, siti, place) -> None:
        assert client.post(offer_link(place), {"jawab": "mungkin"}).status_code == 404
        client.force_login(siti)
        assert client.post(f"/saya/jbl/{place.pk}/jawab/").status_code == 404

    def test_too_late_is_a_sentence(self, client, place) -> None:
        BoothPlace.objects.update(offer_until=timezone.now() - timedelta(seconds=1))

        text = client.post(offer_link(place), {"jawab": "ikut"}, follow=True).content.decode()
        assert "sudah diteruskan ke penjual lain" in text
        assert "Saya ikut" not in text

    @pytest.mark.parametrize("token", ["x", "a" * 300, "%00"])
    def test_a_link_of_nobody(self, client, token) -> None:
        response = client.get(f"/tawaran/{token}/")
        assert response.status_code in {400, 410}

    def test_a_sold_business_does_not_answer_by_the_old_link(self, client, budi, place) -> None:
        url = offer_link(place)
        place.business.owner = budi
        place.business.save()

        assert client.get(url).status_code == 404
