"""Licences that lack: a letter from H-7 on, and staff's list at H-3, once each."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions.editions import cancel_event
from members.choices import DocumentKind, Role
from members.models import Kecamatan
from tests import make
from tests.events.reminders.conftest import LIST, MARKET, PAPERS, at, tick, told
from umkm_portal.notices.models import Notice


class TestPapers:
    def test_a_week_before_she_reads_what_is_missing(self, place) -> None:
        tick(7, 6)

        letter = Notice.objects.get(purpose=PAPERS)
        assert letter.recipient == place.business.owner
        assert letter.subject == "1 berkas belum ada untuk JBL Jumat, 12 Juni 2026"
        assert "NIB: belum diunggah" in letter.body
        assert letter.link == "/saya/berkas/"

    def test_once_however_often_the_clock_ticks(self, place) -> None:
        for days_before, hour in [(7, 6), (7, 6), (7, 20), (6, 9), (4, 9)]:
            tick(days_before, hour)

        assert told(PAPERS) == ["Siti"]

    def test_not_before_not_at_night_and_not_when_staff_call(self, place) -> None:
        for days_before, hour in [(8, 12), (7, 5), (7, 21), (6, 3), (3, 12), (0, 6)]:
            tick(days_before, hour)

        assert told(PAPERS) == []

    def test_a_clock_that_stood_still_for_two_days_asks_as_long_as_there_is_time(
        self, place
    ) -> None:
        tick(5, 10)

        assert told(PAPERS) == ["Siti"]

    def test_who_has_all_her_papers_is_left_in_peace(self, place) -> None:
        make.licence(place.business, DocumentKind.NIB)

        tick(7, 9)

        assert told(PAPERS) == []

    def test_who_asked_waits_or_was_offered_is_told_too_but_nobody_who_is_out(
        self, comes, siti, budi
    ) -> None:
        states = ["applied", "returned", "waitlisted", "cancelled", "rejected", "declined"]
        for number, status in enumerate(states):
            owner = make.user(f"pemilik-{status}")
            business = make.business(owner, name=f"Usaha {number}")
            comes(business, status=status, placed_at=None, reason="Lengkapi.", applied_at=at(20, 9))

        tick(7, 9)

        assert told(PAPERS) == ["Pemilik-applied", "Pemilik-returned", "Pemilik-waitlisted"]

    def test_an_edition_of_many_days_is_one_letter(self, day, place, comes, batik) -> None:
        for days in (1, 2):
            comes(batik, on=make.jbl_day(MARKET + timedelta(days=days), edition=day.event))

        for days_before in (7, 6, 5, 4):
            tick(days_before, 9)

        assert told(PAPERS) == ["Siti"]

    def test_an_edition_may_ask_two_weeks_before(self, day, place) -> None:
        day.event.edition.document_days = 14
        day.event.edition.save()

        tick(14, 9)

        assert told(PAPERS) == ["Siti"]

    def test_nothing_about_a_day_that_was_called_off(self, day, place, petugas) -> None:
        with time_machine.travel(at(9, 9)):
            cancel_event(day.event, reason="Banjir.", by=petugas, via="admin")

        tick(7, 9)

        assert told(PAPERS) == []

    def test_as_many_questions_for_three_sellers_as_for_one(self, place, comes) -> None:
        make.licence(place.business, DocumentKind.NIB)
        counted = []
        for names in [[], ["Satu", "Dua"]]:
            for name in names:
                business = make.business(make.user(name), name=name)
                make.licence(business, DocumentKind.NIB)
                comes(business)
            tick(7, 8)  # fills caches of content types
            with CaptureQueriesContext(
                connection,
            ) as queries:
                tick(7, 9)
            counted.append(len(queries))

        assert counted[0] == counted[1]


class TestStaffList:
    def test_three_days_before_officers_read_how_many_lack_what(self, place, petugas) -> None:
        tick(4, 9)
        assert told(LIST) == []

        tick(3, 6)

        letter = Notice.objects.get(purpose=LIST)
        assert letter.recipient == petugas
        assert letter.subject == "1 penjual belum lengkap berkasnya: JBL Jumat, 12 Juni 2026"
        assert "NIB: 1 penjual" in letter.body
        assert "Batik Siti" not in letter.body
        assert letter.link == f"/admin/events/event/hari/{place.day_id}/berkas/"

    def test_once_also_when_the_clock_was_late(self, place, petugas) -> None:
        for days_before, hour in [(2, 9), (2, 10), (1, 9)]:
            tick(days_before, hour)

        assert told(LIST) == ["Petugas"]

    def test_not_at_night_not_on_the_day_and_not_when_nothing_is_missing(
        self, place, petugas
    ) -> None:
        for days_before, hour in [(3, 5), (3, 21), (0, 6), (0, 12)]:
            tick(days_before, hour)
        make.licence(place.business, DocumentKind.NIB)
        tick(3, 9)

        assert told(LIST) == []

    def test_each_for_her_own_kecamatan_and_nobody_from_kadin(
        self, place, comes, sekretariat, kurator
    ) -> None:
        near = make.staff(
            "jagakarsa", Role.PETUGAS, kecamatan=Kecamatan.objects.get(name="Jagakarsa")
        )
        make.staff("tebet", Role.PETUGAS, kecamatan=Kecamatan.objects.get(name="Tebet"))
        far = make.business(
            make.user("ani"), name="Usaha Ani", kelurahan=make.kelurahan("Manggarai")
        )
        comes(far)

        tick(3, 9)

        letters = {str(row.recipient): row.subject for row in Notice.objects.filter(purpose=LIST)}
        assert set(letters) == {"Jagakarsa", "Tebet"}
        assert all(subject.startswith("1 penjual") for subject in letters.values())
        assert near.email
