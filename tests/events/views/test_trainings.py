"""What one takes home from a training, and who asks whether it is true."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events.actions.training import Handout, add_material
from events.models import Feedback
from events.reports.attendance import presences
from events.reports.certificates import certificate_pdf
from events.reports.feedback import LINK
from members.models import Kecamatan
from tests import make
from umkm_portal.lib.signing import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(batik):
    """Siti was at a training that is over."""
    seat = make.registration(make.training(name="Foto produk"), business=batik)
    make.attendance(seat)
    return seat


@pytest.fixture
def paper(seat):
    return make.certificate(
        seat, name="Hj. Siti O'Aminah", held_from=date(2026, 6, 17), held_to=date(2026, 6, 18)
    )


class TestTheCheck:
    def test_a_good_one_says_what_stands_on_it_and_no_more(self, client, paper) -> None:
        response = client.get(f"/sertifikat/{paper.code.lower()}/")
        page = response.content.decode()

        assert response.status_code == 200
        for words in (
            "Sertifikat ini asli.",
            "Hj. Siti O&#x27;Aminah",
            "Foto produk",
            "6 jam pelajaran",
            "17 Juni 2026–18 Juni 2026",
            paper.number,
        ):
            assert words in page
        labels = re.findall(r"<dt>(.*?)</dt>", page)
        assert labels == ["Nama", "Pelatihan", "Lama", "Tanggal", "Nomor", "Diperiksa"]
        assert "Batik Siti" not in page
        assert "noindex" in page
        assert "no-store" in response["Cache-Control"]

    def test_one_taken_back_says_so_and_names_nobody(self, client, paper) -> None:
        paper.revoked_at, paper.revoked_because = timezone.now(), "Orang lain yang hadir."
        paper.save()

        response = client.get(f"/sertifikat/{paper.code}/")
        page = response.content.decode()

        assert response.status_code == 410
        assert "sudah dicabut" in page
        assert paper.number in page
        for secret in ("Siti", "Foto produk", "Orang lain"):
            assert secret not in page

    def test_a_made_up_code_is_not_found(self, client) -> None:
        response = client.get("/sertifikat/ABCDEFGHJK/")

        assert response.status_code == 404
        assert "Kode tidak ditemukan. Periksa lagi" in response.content.decode()

    def test_guessing_stops(self, client, paper, fresh_limits) -> None:
        codes = [client.get(f"/sertifikat/TEBAK{n:05}/").status_code for n in range(60)]

        assert set(codes) == {404}
        assert client.get(f"/sertifikat/{paper.code}/").status_code == 429


class TestThePaper:
    def test_siti_and_a_guest_save_it_any_time(self, client, siti, paper, seat) -> None:
        by_link = client.get(f"/peserta/{seat.token}/sertifikat.pdf")
        client.force_login(siti)
        own = client.get(f"/saya/pelatihan/{paper.pk}/sertifikat.pdf")

        assert own.content == by_link.content
        assert own.content.startswith(b"%PDF-")
        assert own["Content-Disposition"] == f'attachment; filename="sertifikat-{paper.number}.pdf"'
        assert len(own.content) <= 60_000

    def test_budi_does_not(self, client, budi, paper, seat) -> None:
        client.force_login(budi)

        assert client.get(f"/saya/pelatihan/{paper.pk}/sertifikat.pdf").status_code == 404

    def test_nor_anybody_once_it_is_taken_back(self, client, siti, paper, seat) -> None:
        paper.revoked_at, paper.revoked_because = timezone.now(), "Salah."
        paper.save()
        client.force_login(siti)

        assert client.get(f"/saya/pelatihan/{paper.pk}/sertifikat.pdf").status_code == 404
        assert client.get(f"/peserta/{seat.token}/sertifikat.pdf").status_code == 404

    @pytest.mark.parametrize(
        "name", ["A" * 100, 'D\'Arcy #set "x" $ $', "Ḥusain أحمد", "王小明", "Ani 😀", "_*Ani*_"]
    )
    def test_any_name_is_set_as_it_was_typed(self, paper, name) -> None:
        paper.name = name

        made = certificate_pdf(paper)
        assert made.startswith(b"%PDF-")
        assert made == certificate_pdf(paper)


class TestMyTrainings:
    def test_coming_and_past_with_what_came_of_them(self, client, siti, batik, paper, seat) -> None:
        make.material(seat.event, title="Lembar tayang")
        coming = make.registration(make.event(name="Ekspor"), business=batik)
        missed = make.training(name="Keuangan")
        make.registration(missed, business=batik)
        client.force_login(siti)

        page = client.get("/saya/pelatihan/").content.decode()

        for part in (
            "Ekspor",
            coming.get_absolute_url(),
            f"/saya/pelatihan/{paper.pk}/sertifikat.pdf",
            paper.number,
            "Lembar tayang",
            f"/peserta/{seat.token}/masukan/",
            "Tidak tercatat hadir.",
        ):
            assert part in page, part

    def test_nothing_yet_leads_to_the_agenda(self, client, budi) -> None:
        client.force_login(budi)

        assert "/agenda/?jenis=pelatihan" in client.get("/saya/pelatihan/").content.decode()

    def test_two_days_say_how_many_are_missing(self, client, siti, batik) -> None:
        today = timezone.localdate()
        training = make.training(days=[today - timedelta(days=2), today - timedelta(days=1)])
        make.attendance(make.registration(training, business=batik))
        client.force_login(siti)

        page = client.get("/saya/pelatihan/").content.decode()
        assert "hadir 1 dari 2 hari" in page
        assert "1 hari belum tercatat" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_more_of_them_ask_no_more(
        self, client, siti, batik, count, django_assert_max_num_queries
    ) -> None:
        for _number in range(count):
            seat = make.registration(make.training(), business=batik)
            make.attendance(seat)
            make.certificate(seat)
            make.material(seat.event)
        client.force_login(siti)
        client.get("/saya/pelatihan/")

        with django_assert_max_num_queries(13):
            client.get("/saya/pelatihan/")


class TestFeedback:
    def test_once_by_the_link_and_without_a_name(self, client, seat) -> None:
        path = f"/peserta/{seat.token}/masukan/"
        page = client.post(path, {"score": ""}).content.decode()
        assert "Pilih satu nilai, 1 sampai 5." in page

        response = client.post(path, {"score": "4", "most_useful": "Cahaya <b>"}, follow=True)

        assert "Terima kasih." in response.content.decode()
        assert Feedback.objects.get().score == 4
        assert "sudah kami terima" in client.get(path).content.decode()
        client.post(path, {"score": "1"})
        assert Feedback.objects.get().score == 4

    def test_who_was_not_there_reads_why(self, client, seat) -> None:
        other = make.registration(seat.event, name="Ani", phone="+628120000001")
        path = f"/peserta/{other.token}/masukan/"

        assert "hanya dari yang tercatat hadir" in client.get(path).content.decode()
        client.post(path, {"score": "5"})
        assert not Feedback.objects.exists()

    def test_the_trainer_reads_sums_the_next_day(self, client, seat) -> None:
        link = reverse("events:feedback_results", args=[sign(LINK, seat.event_id)])
        with time_machine.travel(seat.event.days.get().ends + timedelta(minutes=1)):
            assert "Hasil tampil mulai" in client.get(link).content.decode()
        for score, useful in ((5, "Cahaya"), (4, ""), (3, "<i>Harga</i>")):
            Feedback.objects.create(event=seat.event, score=score, most_useful=useful)

        page = client.get(link).content.decode()

        assert "4,0" in page
        assert "Cahaya" in page
        assert "&lt;i&gt;Harga&lt;/i&gt;" in page
        assert "Batik Siti" not in page.split("<main")[1]

    @pytest.mark.parametrize("token", ["x", sign("lain", 1)], ids=["no token", "of another page"])
    def test_no_other_link_opens_them(self, client, db, token) -> None:
        assert client.get(f"/masukan/{token}/").status_code == 410


class TestMaterials:
    @pytest.fixture
    def slides(self, seat):
        handout = Handout("Lembar tayang & foto", b"PK slides", "pptx")
        return add_material(seat.event, handout=handout, by=None, via="admin")

    def test_for_whoever_was_there(self, client, seat, slides) -> None:
        answer = client.get(f"/peserta/{seat.token}/materi/{slides.pk}/")

        assert answer.content == b"PK slides"
        assert answer["Content-Disposition"] == 'attachment; filename="lembar-tayang-foto.pptx"'
        assert answer["Content-Type"].endswith("presentationml.presentation")
        assert "sandbox" in answer["Content-Security-Policy"]

    def test_for_nobody_else(self, client, budi, seat, slides) -> None:
        absent = make.registration(seat.event, name="Ani", phone="+628120000001")
        other = make.registration(make.training(), name="Ani", phone="+628120000001")
        public = f"/acara/{seat.event.slug}/materi/{slides.pk}/"
        paths = [f"/peserta/{r.token}/materi/{slides.pk}/" for r in (absent, other)]
        for path in [*paths, public]:
            assert client.get(path).status_code == 404, path
        client.force_login(budi)
        assert client.get(public).status_code == 404

    def test_for_everybody_when_staff_say_so(self, client, petugas, seat, slides) -> None:
        public = f"/acara/{seat.event.slug}/materi/{slides.pk}/"
        slides.attendees_only = False
        slides.save()

        assert client.get(public).content == b"PK slides"
        assert (
            "Lembar tayang &amp; foto" in client.get(f"/acara/{seat.event.slug}/").content.decode()
        )
        slides.attendees_only = True
        slides.save()
        assert "Lembar tayang" not in client.get(f"/acara/{seat.event.slug}/").content.decode()
        client.force_login(petugas)
        assert client.get(public).content == b"PK slides"

    def test_a_link_leads_on(self, client, seat) -> None:
        video = make.material(seat.event)

        answer = client.get(f"/peserta/{seat.token}/materi/{video.pk}/")
        assert (answer.status_code, answer.url) == (302, "https://video.example/1")


def test_the_page_of_a_training_says_who_teaches(client, seat) -> None:
    page = client.get(f"/acara/{seat.event.slug}/").content.decode()

    for words in ("Ibu Rahma", "6 jam pelajaran", "Pemasaran digital", "Kepala Sudin PPKUKM"):
        assert words in page


def test_presences_by_kecamatan_and_by_who_came(seat, django_assert_num_queries) -> None:
    tebet = Kecamatan.objects.get(name="Tebet")
    absent = make.registration(seat.event, name="Ani", phone="+628120000001", kecamatan=tebet)

    with django_assert_num_queries(2):
        rows = presences(seat.event)
    assert [row.registration for row in rows] == [absent, seat]
    assert [row.was_there for row in rows] == [False, True]
    assert [r.registration for r in presences(seat.event, there=True)] == [seat]
    assert [r.registration for r in presences(seat.event, there=False)] == [absent]
    assert [r.registration for r in presences(seat.event, kecamatan=tebet)] == [absent]
