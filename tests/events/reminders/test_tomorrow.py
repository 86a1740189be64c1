"""“Besok JBL”: once, on the eve, to whoever comes, and never late."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command

from events.actions.applications import withdraw_application
from events.actions.editions import Hours, cancel_event, move_day
from events.actions.market_reminders import remind_of_tomorrow
from members.choices import Sector
from tests import make
from tests.events.reminders.conftest import LIST, MARKET, TOMORROW, at, tick, told
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice


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
