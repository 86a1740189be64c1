"""An edition on paper, in a chat, and for civil servants; the Friday page with a full market."""

from __future__ import annotations

import io
import re
from datetime import time, timedelta

import brotli
import pypdf
import pytest
from django.urls import reverse
from PIL import Image

from events.actions.editions import cancel_event
from events.models import EventDay
from events.reports.paper import poster
from tests import make
from tests.test_pages import BUDGET, LINKED, static_file
from umkm_portal.lib.dates import tanggal, tanggal_polos

pytestmark = pytest.mark.django_db
A4, A6 = (595, 842), (298, 420)


def opened(response) -> pypdf.PdfReader:
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def size(reader: pypdf.PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(box.width), round(box.height)


def text_of(reader: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture
def day(batik) -> EventDay:
    day = make.jbl_day()
    make.place(day, batik)
    return day


def poster_of(day: EventDay) -> str:
    return reverse("events:edition_poster", args=[day.event.slug])


class TestPoster:
    def test_it_says_when_where_and_how_many_on_one_sheet(self, client, day) -> None:
        make.edition(day.event, online_url="https://toko.example/jbl", online_label="Tokopedia")

        found = opened(client.get(poster_of(day)))

        assert len(found.pages) == 1
        assert size(found) == A4
        text = text_of(found)
        for words in (
            tanggal(day.date),
            "Pukul 09.00–16.00 WIB",
            "Istirahat",
            day.event.venue,
            "1 penjual",
            f"/jbl/{day.event.slug}",
            "Juga di Tokopedia: toko.example/jbl",
        ):
            assert words in text

    def test_the_same_day_gives_the_same_file(self, client, day) -> None:
        first, second = (client.get(poster_of(day)).content for _time in range(2))
        assert first == second

    def test_long_names_and_many_days_stay_on_one_sheet(self, day) -> None:
        day.event.name = ("Jumat Beli Lokal bersama pelaku usaha kecil " * 3)[:120]
        day.event.venue = ("Halaman Kantor Wali Kota Administrasi Jakarta Selatan " * 3)[:120]
        day.event.save()
        for number in range(1, 8):
            make.jbl_day(day.date + timedelta(days=number), edition=day.event)
        assert len(pypdf.PdfReader(io.BytesIO(poster(day.event))).pages) == 1

    def test_a_market_of_a_week_names_its_last_day_too(self, client, day) -> None:
        """With four lines of room, the days from the fifth on were left out without a word."""
        for number in range(1, 6):
            last = make.jbl_day(day.date + timedelta(days=number), edition=day.event)

        text = " ".join(text_of(opened(client.get(poster_of(day)))).split())

        assert f"{tanggal_polos(day.date)} sampai {tanggal_polos(last.date)}" in text
        assert "6 hari. Pukul 09.00–16.00 WIB" in text

        last.closes_at = time(15)
        last.save()
        text = " ".join(text_of(opened(client.get(poster_of(day)))).split())
        assert "6 hari. Jam tiap hari ada di halamannya" in text

    def test_nobody_hangs_up_what_is_called_off_hidden_or_no_market(
        self, client, day, petugas
    ) -> None:
        training = make.event()
        assert client.get(f"/jbl/{training.slug}/poster.pdf").status_code == 404
        hidden = make.jbl_day(edition=make.event(days=[], kind="jbl", needs_sign_up=False))
        type(hidden.event).objects.filter(pk=hidden.event.pk).update(published=False)
        assert client.get(poster_of(hidden)).status_code == 404
        client.force_login(petugas)
        desk = reverse("admin:events_event_poster", args=[hidden.event.pk])
        assert size(opened(client.get(desk))) == A4
        cancel_event(day.event, reason="Hujan", by=petugas, via="admin")
        assert client.get(poster_of(day)).status_code == 404


class TestSigns:
    def signs(self, day: EventDay) -> str:
        return reverse("admin:events_day_papan", args=[day.pk])

    def test_petugas_prints_one_for_each_booth_in_their_order(
        self, client, petugas, day, siti
    ) -> None:
        make.place(day, make.business(siti, name="Anyam Siti"), "A02")
        client.force_login(petugas)

        found = opened(client.get(self.signs(day)))

        assert size(found) == A6
        first, second = (" ".join(page.extract_text().split()) for page in found.pages)
        assert "Anyam Siti" in first
        assert f"Lapak A02 · {tanggal(day.date)}" in first
        assert "Batik Siti" in second
        assert "Lapak A07" in second

    def test_without_sellers_there_is_nothing_to_print(self, client, petugas) -> None:
        client.force_login(petugas)
        response = client.get(self.signs(make.jbl_day()), follow=True)
        assert "Belum ada penjual di lapak pada hari ini." in response.text

    def test_a_curator_and_an_owner_get_none(self, client, kurator, siti, day) -> None:
        for user, status in ((kurator, 403), (siti, 302)):
            client.force_login(user)
            assert client.get(self.signs(day)).status_code == status

    def test_the_desk_leads_to_both(self, client, petugas, day) -> None:
        client.force_login(petugas)
        page = client.get(reverse("admin:events_event_change", args=[day.event.pk])).text
        assert self.signs(day) in page
        assert reverse("admin:events_event_poster", args=[day.event.pk]) in page


class TestShareCard:
    def test_a_shared_link_shows_a_picture_that_follows_what_happens(
        self, client, day, petugas
    ) -> None:
        page = client.get(day.event.get_absolute_url()).text
        address = re.search(r'property="og:image" content="[a-z]+://[^/]+([^"]+)"', page)[1]

        card = client.get(address)

        picture = Image.open(io.BytesIO(card.content))
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
        assert client.get(address, headers={"If-None-Match": card["ETag"]}).status_code == 304
        cancel_event(day.event, reason="Hujan", by=petugas, via="admin")
        assert client.get(address)["ETag"] != card["ETag"]

    def test_trainings_have_one_and_meetings_none(self, client) -> None:
        training = make.event()
        assert f"/acara/{training.slug}/kartu.jpg" in client.get(training.get_absolute_url()).text
        assert client.get(f"/acara/{training.slug}/kartu.jpg").status_code == 200
        meeting = make.event(kind="rapat")
        assert client.get(f"/acara/{meeting.slug}/kartu.jpg").status_code == 404


class TestCivilServants:
    def asn(self, day: EventDay) -> str:
        return reverse("events:edition_asn", args=[day.event.slug])

    def test_they_read_where_to_go_and_how_to_order_from_the_office(self, client, day) -> None:
        make.edition(
            day.event,
            asn_text="Belanjakan paling sedikit Rp100.000.",
            online_url="https://toko.example/jbl",
            online_label="Tokopedia Jakpreneur",
        )

        page = client.get(self.asn(day)).text

        assert "Belanjakan paling sedikit Rp100.000." in page
        assert 'href="https://toko.example/jbl" rel="noopener">Buka Tokopedia Jakpreneur' in page
        assert day.event.venue in page
        for path in ("/jumat/", day.event.get_absolute_url()):
            assert self.asn(day) in client.get(path).text

    def test_without_words_for_them_there_is_no_page_and_no_link(self, client, day) -> None:
        make.edition(day.event)
        assert client.get(self.asn(day)).status_code == 404
        for path in ("/jumat/", day.event.get_absolute_url()):
            assert self.asn(day) not in client.get(path).text

    def test_a_cancelled_edition_says_so_and_sends_on(self, client, day, petugas) -> None:
        make.edition(day.event, asn_text="Mari belanja.")
        cancel_event(day.event, reason="Hujan", by=petugas, via="admin")
        page = client.get(self.asn(day)).text
        assert "Hujan" in page
        assert "Dua cara berbelanja" not in page


def test_friday_with_three_hundred_sellers_stays_small(client, siti) -> None:
    day = make.jbl_day()
    for number in range(300):
        seller = make.business(siti, name=f"Usaha Kecil Sejahtera Bersama {number}")
        letter = "ABC"[number // 100]
        make.place(day, seller, f"{letter}{number % 100:02}")
        if number < 15:
            make.product(seller, name=f"Keripik Singkong Balado {number}")

    response = client.get("/jumat/")

    files = [static_file(url) for url in LINKED.findall(response.text)]
    sent = len(brotli.compress(response.content, quality=5))
    sent += sum(
        len(file.read_bytes())
        if file.suffix == ".woff2"
        else len(brotli.compress(file.read_bytes(), quality=11))
        for file in files
    )
    assert response.text.count('class="booth"') == 60
    assert sent <= BUDGET
    everybody = client.get(f"/jbl/{day.event.slug}/").content
    assert len(brotli.compress(everybody, quality=5)) <= BUDGET
