"""Before a market day, once each: licences from H-7, staff's list at H-3, “Besok JBL” at H-1."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions.applications import withdraw_application
from events.actions.editions import Hours, cancel_event, move_day
from events.actions.market_reminders import remind_of_tomorrow
from events.choices import PlaceStatus
from events.models import BoothPlace, EventDay
from events.tasks import remind_of_markets
from members.choices import DocumentKind, Role, Sector
from members.models import Kecamatan
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice

JAKARTA = ZoneInfo("Asia/Jakarta")
MARKET = date(2026, 6, 12)
PAPERS, LIST, TOMORROW = "jbl_papers_missing", "jbl_papers_list", "jbl_tomorrow"


def at(days_before: int, hour: int, minute: int = 0) -> datetime:
    day = MARKET - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)


def tick(days_before: int, hour: int, minute: int = 0) -> None:
    """The minute's work at that hour of H-…."""
    moment = at(days_before, hour, minute)
    with time_machine.travel(moment, tick=False):
        remind_of_markets(at=moment)


def told(purpose: str) -> list[str]:
    """Addressees of a letter, in the order in which they were told."""
    rows = Notice.objects.filter(purpose=purpose).order_by("pk")
    return [notice.addressee for notice in rows]


@pytest.fixture
def day(db) -> EventDay:
    day = make.jbl_day(MARKET)
    make.edition(day.event, seats_per_day=5, weather_plan="Pindah ke lobi.")
    return day


@pytest.fixture
def comes(day) -> Callable[..., BoothPlace]:
    """`comes(business)`: accepted for the day two weeks before it, unless told otherwise."""

    def accept(business, on=None, **values) -> BoothPlace:
        values = {"status": PlaceStatus.ACCEPTED, "placed_at": at(14, 9), **values}
        return make.application(on or day, business, **values)

    return accept


@pytest.fixture
def place(comes, batik) -> BoothPlace:
    return comes(batik)


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


class TestTomorrow:
    def test_on_the_eve_she_reads_when_where_and_whom_to_call(self, place, settings) -> None:
        tick(1, 16)

        letter = Notice.objects.get(purpose=TOMORROW)
        assert letter.recipient == place.business.owner
        assert letter.subject == "Besok JBL: Jumat, 12 Juni 2026"
        assert "Masuk lokasi: pukul 07.30 WIB" in letter.body
        assert "Bila hujan: Pindah ke lobi." in letter.body
        assert settings.HELPDESK_PHONE in letter.body
        assert f"/saya/jbl/{place.pk}/" in letter.body
        assert letter.news_until == place.day.begins

    def test_with_her_booth(self, day, place) -> None:
        place.booth = make.booth(day.event, "A07", zone="Kuliner")
        place.save()

        tick(1, 16)

        letter = Notice.objects.get(purpose=TOMORROW)
        assert letter.subject == "Besok JBL: Jumat, 12 Juni 2026, booth A07"
        assert "Lapak: A07, Kuliner" in letter.body

    def test_once_however_often_the_clock_ticks(self, place) -> None:
        for hour, minute in [(16, 0), (16, 1), (16, 1), (20, 59)]:
            tick(1, hour, minute)

        assert told(TOMORROW) == ["Siti"]
        assert AuditEntry.objects.filter(verb="day.reminded").count() == 1

    def test_a_clock_that_missed_the_eve_says_nothing_on_the_day(self, place) -> None:
        for days_before, hour in [(2, 16), (1, 15), (1, 21), (1, 23), (0, 0), (0, 6), (0, 16)]:
            tick(days_before, hour)

        assert told(TOMORROW) == []

    def test_late_by_hours_is_not_too_late(self, place) -> None:
        tick(1, 20, 59)

        assert told(TOMORROW) == ["Siti"]

    def test_who_was_accepted_that_evening_was_told_all_of_it_just_then(self, comes, batik) -> None:
        comes(batik, placed_at=at(1, 17))

        tick(1, 18)

        assert told(TOMORROW) == []

    @pytest.mark.parametrize("status", ["applied", "waitlisted", "cancelled", "rejected"])
    def test_nobody_without_a_place(self, comes, batik, status) -> None:
        comes(batik, status=status, placed_at=None, reason="Penuh.")

        tick(1, 16)

        assert told(TOMORROW) == []

    def test_of_days_in_a_row_the_first_but_another_booth_is_told(self, day, comes, batik) -> None:
        a, b = make.booth(day.event, "A07"), make.booth(day.event, "B01")
        days = [make.jbl_day(MARKET + timedelta(days=n), edition=day.event) for n in (1, 2)]
        for each, booth in zip([day, *days], [a, a, b], strict=True):
            comes(batik, on=each, booth=booth)

        for days_before in (1, 0, -1):
            tick(days_before, 16)

        subjects = Notice.objects.filter(purpose=TOMORROW).order_by("pk")
        assert [notice.subject for notice in subjects] == [
            "Besok JBL: Jumat, 12 Juni 2026, booth A07",
            "Besok JBL: Minggu, 14 Juni 2026, booth B01",
        ]

    def test_a_day_that_moved_is_told_of_again_and_the_old_letter_stays_unsent(
        self, day, place, petugas
    ) -> None:
        tick(1, 16)
        old = Notice.objects.get(purpose=TOMORROW)
        hours = Hours(MARKET + timedelta(days=7), day.opens_at, day.closes_at)
        with time_machine.travel(at(1, 17), tick=False):
            move_day(day, to=hours, by=petugas, via="admin")
        old.refresh_from_db()
        assert (old.mail_status, old.news_until) == (MailStatus.NONE, at(1, 17))

        tick(1, 18)
        tick(-6, 16)

        subjects = Notice.objects.filter(purpose=TOMORROW).order_by("pk")
        assert [notice.subject for notice in subjects][1:] == ["Besok JBL: Jumat, 19 Juni 2026"]

    def test_what_waits_to_be_sent_is_taken_back_when_she_or_the_market_does_not_come(
        self, day, place, comes, budi, petugas
    ) -> None:
        comes(make.business(budi, name="Usaha Budi"))
        tick(1, 16)
        with time_machine.travel(at(1, 17), tick=False):
            withdraw_application(place, reason="Sakit.", by=place.business.owner, via="web")
            mine = Notice.objects.get(purpose=TOMORROW, recipient=place.business.owner)
            his = Notice.objects.get(purpose=TOMORROW, recipient=budi)
            assert (mine.mail_status, his.mail_status) == (MailStatus.NONE, MailStatus.QUEUED)

            cancel_event(day.event, reason="Banjir.", by=petugas, via="admin")
            his.refresh_from_db()
            assert (his.mail_status, his.news_until) == (MailStatus.NONE, at(1, 17))

    def test_nothing_about_a_day_that_was_called_off(self, day, place, petugas) -> None:
        with time_machine.travel(at(1, 12)):
            cancel_event(day.event, reason="Banjir.", by=petugas, via="admin")

        tick(1, 16)

        assert told(TOMORROW) == []

    @pytest.mark.django_db(transaction=True)
    def test_two_clocks_at_once_write_one_letter(self, place) -> None:
        def remind(number: int) -> None:
            remind_of_tomorrow(place.day, at=at(1, 16), by=None, via="jadwal")

        with time_machine.travel(at(1, 16), tick=False):
            assert all_at_once(remind, range(4)) == ["done"] * 4

        assert told(TOMORROW) == ["Siti"]
        assert AuditEntry.objects.filter(verb="day.reminded").count() == 1


def test_the_minutes_tick_does_it(place, petugas) -> None:
    with time_machine.travel(at(1, 16, 5), tick=False):
        call_command("tick")

    assert told(TOMORROW) == ["Siti"]
    assert told(LIST) == ["Petugas"]
    assert place.business.sector == Sector.FASHION
