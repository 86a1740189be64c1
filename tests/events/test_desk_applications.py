"""The staff's desk: who asked for a place is looked through, sent back, refused or let in."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from events.actions.editions import cancel_event
from events.choices import PlaceStatus
from members.choices import DocumentKind, Role, Sector
from members.models import Kecamatan
from tests import make
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.models import Notice
from umkm_portal.work_queue import waiting_for

pytestmark = pytest.mark.django_db
LIST = reverse("admin:events_boothplace_changelist")
S = PlaceStatus


def page_of(place, word: str = "change") -> str:
    return reverse(f"admin:events_boothplace_{word}", args=[place.pk])


@pytest.fixture
def day():
    day = make.jbl_day()
    make.edition(day.event, seats_per_day=2, tables_stock=3)
    return day


@pytest.fixture
def asked(day, batik):
    """Siti's application, with a NIB that is good."""
    make.product(batik)
    make.licence(batik, DocumentKind.NIB, number="1234567890123")
    return make.application(day, batik, tables=2, power_watts=450, cooks=True)


@pytest.fixture
def warung(budi):
    """Budi sells food and has no licence at all."""
    warung = make.business(budi, name="Warung Budi", sector=Sector.KULINER)
    make.product(warung)
    return warung


@pytest.fixture
def desk(client, petugas):
    client.force_login(petugas)
    return client


class TestOneApplication:
    def test_what_she_did_not_say_is_a_dash(self, desk, day, warung) -> None:
        page = desk.get(page_of(make.application(day, warung))).content.decode()

        assert ">None<" not in page
        assert ">–<" in page


class TestTheList:
    def test_a_row_says_what_is_asked_and_what_lacks(self, desk, asked, warung, day) -> None:
        make.application(day, warung)

        text = desk.get(LIST).content.decode()

        assert "2 meja, 450 watt, memasak" in text
        assert "Lengkap" in text
        assert "NIB, P-IRT atau BPOM" in text

    def test_filters(self, desk, asked, warung, day) -> None:
        other = make.jbl_day(day.date + timedelta(days=1), edition=day.event)
        mine = make.application(other, warung, status=S.WAITLISTED, rank=1)
        kecamatan = warung.kelurahan.kecamatan_id
        edition = f"day__event__id__exact={day.event_id}"
        elsewhere = Kecamatan.objects.exclude(pk=kecamatan).first()

        def found(query: str) -> list:
            return list(desk.get(f"{LIST}?{query}").context["cl"].result_list)

        assert found(edition) == [mine, asked]
        assert found("status__exact=waitlisted") == [mine]
        assert found(f"hari={day.pk}") == [asked]
        assert found(f"{edition}&hari={other.pk}") == [mine]
        assert found(f"kecamatan={kecamatan}") == [mine, asked]
        assert found(f"kecamatan={elsewhere.pk}") == []
        assert found("bidang=kuliner") == [mine]
        assert found("berkas=kurang") == [mine]
        assert found("hari=999999") == found("kecamatan=x") == []

    def test_papers_of_a_day_gone_by_are_nobodys_business(self, desk, warung) -> None:
        past = make.jbl_day(timezone.localdate() - timedelta(days=1))
        make.application(past, warung)

        assert not desk.get(f"{LIST}?berkas=kurang").context["cl"].result_list

    def test_an_officer_of_one_kecamatan_sees_its_sellers(self, client, asked, warung, day) -> None:
        make.application(day, warung)
        warung.kelurahan = make.kelurahan("Tebet Barat")
        warung.save()
        officer = make.staff("jagakarsa", Role.PETUGAS)
        officer.kecamatan = asked.business.kelurahan.kecamatan
        officer.save()
        client.force_login(officer)

        assert list(client.get(LIST).context["cl"].result_list) == [asked]
        other = day.places.get(business=warung)
        for word in ["change", "terima", "kembalikan", "tolak"]:
            assert client.get(page_of(other, word)).status_code == 404
        lacking = client.get(reverse("admin:events_day_berkas", args=[day.pk]))
        assert "Warung Budi" not in lacking.content.decode()
        (line,) = [one for one in waiting_for(officer) if one["label"] == "Pengajuan tempat JBL"]
        assert line["count"] == 1

    def test_the_queue_counts_who_waits_for_an_answer(self, desk, petugas, asked, warung) -> None:
        past = make.jbl_day(timezone.localdate() - timedelta(days=1))
        make.application(past, warung)
        gone = make.jbl_day()
        make.application(gone, warung)
        cancel_event(gone.event, reason="Hujan.", by=petugas, via="admin")

        (line,) = [one for one in waiting_for(petugas) if one["label"] == "Pengajuan tempat JBL"]

        assert (line["count"], line["oldest"]) == (1, asked.applied_at)
        assert list(desk.get(line["url"]).context["cl"].result_list)[:1] == [asked]

    def test_it_costs_the_same_for_one_and_three(
        self, desk, day, siti, django_assert_max_num_queries
    ) -> None:
        counts = []
        for number in range(3):
            business = make.business(siti, name=f"Dapur {number}", sector=Sector.KULINER)
            make.product(business)
            make.application(day, business)
            with django_assert_max_num_queries(12) as queries:
                assert desk.get(LIST).status_code == 200
            # To find who lacks something, all that are left are looked through first.
            with django_assert_max_num_queries(15) as filtered:
                assert desk.get(f"{LIST}?berkas=kurang").status_code == 200
            lacking = reverse("admin:events_day_berkas", args=[day.pk])
            with django_assert_max_num_queries(12) as more:
                assert desk.get(lacking).status_code == 200
            counts.append((len(queries), len(filtered), len(more)))
        assert counts[0] == counts[2]


class TestOneByOne:
    def test_it_is_sent_back_with_what_to_mend(self, desk, asked, petugas) -> None:
        assert "sisa 3 dari 3" in desk.get(page_of(asked, "kembalikan")).content.decode()

        response = desk.post(page_of(asked, "kembalikan"), {"reason": "Tulis watt blender."})

        assert response.status_code == 302
        asked.refresh_from_db()
        assert (asked.status, asked.reason) == (S.RETURNED, "Tulis watt blender.")
        assert AuditEntry.objects.get(verb="place.returned").by == petugas
        assert "Tulis watt blender." in Notice.objects.get(purpose="jbl_returned").body

    def test_it_is_refused_with_a_reason(self, desk, asked) -> None:
        desk.post(page_of(asked, "tolak"), {"reason": "Produk belum lolos."})

        asked.refresh_from_db()
        assert (asked.status, asked.reason) == (S.REJECTED, "Produk belum lolos.")

    @pytest.mark.parametrize("word", ["kembalikan", "tolak"])
    def test_without_a_reason_nothing_happens(self, desk, asked, word) -> None:
        response = desk.post(page_of(asked, word), {"reason": "  "})

        assert response.status_code == 200
        assert "Tulis" in response.content.decode()
        asked.refresh_from_db()
        assert asked.status == S.APPLIED

    def test_in_her_turn_she_is_let_in_without_a_word(self, desk, asked) -> None:
        desk.post(page_of(asked, "terima"), {"reason": ""})

        asked.refresh_from_db()
        assert (asked.status, asked.override_reason) == (S.ACCEPTED, "")

    def test_out_of_turn_a_reason_is_asked(self, desk, asked, budi, day) -> None:
        for number in range(2):
            make.application(day, make.business(budi, name=f"Baru {number}"))
        make.stood(make.jbl_day(timezone.localdate() - timedelta(days=14)), asked.business)

        response = desk.post(page_of(asked, "terima"), {"reason": ""})

        assert "Belum gilirannya" in response.content.decode()
        desk.post(page_of(asked, "terima"), {"reason": "Diminta wali kota."})
        asked.refresh_from_db()
        assert (asked.status, asked.override_reason) == (S.ACCEPTED, "Diminta wali kota.")

    def test_the_page_shows_all_and_the_buttons_that_are_left(self, desk, asked, day) -> None:
        make.product(asked.business, name="Kain tulis")
        text = desk.get(page_of(asked)).content.decode()

        assert "NIB: ada dan masih berlaku" in text
        assert "https://wa.me/62" in text
        assert "None" not in text
        assert page_of(asked, "terima") in text
        asked.status, asked.placed_at = S.ACCEPTED, timezone.now()
        asked.save()
        text = desk.get(page_of(asked)).content.decode()
        assert page_of(asked, "terima") not in text
        assert page_of(asked, "tolak") not in text


class TestSeveral:
    def send(self, desk, action, *places, **typed):
        data = {"action": action, "_selected_action": [place.pk for place in places], **typed}
        return desk.post(LIST, data, follow=True)

    def test_each_is_told_what_she_lacks(self, desk, asked, warung, day) -> None:
        other = make.application(day, warung)
        page = self.send(desk, "return_many", asked, other).content.decode()
        assert "Kembalikan 2 pengajuan" in page
        assert "NIB, P-IRT atau BPOM" in page

        text = self.send(
            desk, "return_many", asked, other, simpan="1", reason="Lengkapi.", papers="on"
        ).content.decode()

        for place in (asked, other):
            place.refresh_from_db()
        assert asked.reason == "Lengkapi."
        assert other.reason == "Lengkapi. Berkas yang belum ada: NIB, P-IRT atau BPOM."
        assert text.count("Perlu dilengkapi.") >= 2
        assert Notice.objects.filter(purpose="jbl_returned").count() == 2

    def test_a_row_without_anything_to_mend_is_not_sent_back(
        self, desk, asked, warung, day
    ) -> None:
        other = make.application(day, warung)

        response = self.send(desk, "return_many", asked, other, simpan="1", reason="", papers="on")

        assert "Tulis apa yang perlu dilengkapi." in response.content.decode()
        other.refresh_from_db()
        assert other.status == S.APPLIED

    def test_one_answer_for_each_and_one_refused_stops_no_other(
        self, desk, asked, warung, day, monkeypatch
    ) -> None:
        other = make.application(day, warung)
        from events.actions.applications import reject_application
        from events.admin import application_bulk

        def late(place, **words):
            # A colleague let her in between the question and the answer.
            place.day.places.filter(pk=asked.pk).update(status=S.ACCEPTED, placed_at=timezone.now())
            return reject_application(place, **words)

        monkeypatch.setattr(application_bulk, "reject_application", late)

        text = self.send(
            desk, "reject_many", asked, other, simpan="1", reason="Penuh."
        ).content.decode()

        other.refresh_from_db()
        asked.refresh_from_db()
        assert (other.status, asked.status) == (S.REJECTED, S.ACCEPTED)
        assert "Warung Budi" in text
        assert "Yang sudah punya tempat tidak ditolak" in text

    def test_nothing_of_what_was_ticked_waits(self, desk, day, batik) -> None:
        place = make.application(day, batik, status=S.REJECTED, reason="Penuh.")

        text = self.send(desk, "reject_many", place).content.decode()

        assert "tidak ada yang menunggu jawaban" in text

    def test_a_long_reason_and_long_papers_still_fit(self, desk, warung, day) -> None:
        other = make.application(day, warung)

        self.send(desk, "return_many", other, simpan="1", reason="x" * 295, papers="on")

        other.refresh_from_db()
        assert len(other.reason) == 300


def test_whom_to_call_about_papers(desk, asked, warung, day) -> None:
    make.application(day, warung, status=S.WAITLISTED, rank=1)
    make.application(day, make.business(warung.owner, name="Pergi"), status=S.CANCELLED)

    text = desk.get(reverse("admin:events_day_berkas", args=[day.pk])).content.decode()

    assert "P-IRT atau BPOM: belum diunggah" in text
    assert "Warung Budi" in text
    assert str(asked.business) not in text
    assert "Pergi" not in text
    assert "berkas Warung Budi ini belum lengkap" in unquote(text)


def test_tables_are_counted_against_the_stock(desk, asked, warung, day) -> None:
    make.application(day, warung, status=S.ACCEPTED, tables=2, chairs=1)
    url = reverse("admin:events_day_perlengkapan", args=[day.pk])
    tables = desk.get(url).context["stock"][0]
    assert (tables.stock, tables.given, tables.left, tables.asked) == (3, 2, 1, 2)

    asked.status, asked.placed_at = S.ACCEPTED, timezone.now()
    asked.save()

    third = make.application(day, make.business(warung.owner, name="Lagi"), tables=2, chairs=0)
    assert "⚠ meja kurang 3" in desk.get(page_of(third, "terima")).content.decode()
    text = desk.get(url).content.decode()
    assert "Meja: kurang 1 dari persediaan 3." in text
    assert "Kursi: kurang 1 dari persediaan 0." in text


@pytest.mark.parametrize("role", ["kurator", "sekretariat", "bendahara", "siti"])
def test_others_have_no_business_here(client, request, asked, role) -> None:
    client.force_login(request.getfixturevalue(role))
    urls = [page_of(asked, word) for word in ["terima", "kembalikan", "tolak"]]
    urls += [
        reverse(f"admin:events_day_{word}", args=[asked.day_id])
        for word in ["berkas", "perlengkapan"]
    ]
    for url in urls:
        assert client.post(url, {"reason": "x"}).status_code in {302, 403, 404}
    asked.refresh_from_db()
    assert asked.status == S.APPLIED
