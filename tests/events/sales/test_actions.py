"""Siti says what she sold; staff write it down for her, or correct it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from events.actions.sales import (
    Figures,
    ask_for_reports,
    correct_sales,
    report_on_behalf,
    report_sales,
)
from events.choices import PlaceStatus
from events.models import SalesCorrection, SalesReport
from events.models.sales import FORGOTTEN, report_locks_at
from events.sales_choices import OmzetBracket, PiecesBracket, ReportSource
from members.actions.erasure import ERASED
from members.models import Letter
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

TAPPED = Figures(booth=OmzetBracket.TO_500, pieces=PiecesBracket.TO_25)
COUNTED = Figures(booth=1_250_000, online=80_000, pieces=31, transactions=19, note="Ramai sore.")


def send(place, figures=TAPPED):
    return report_sales(place, figures=figures, by=None, via="tautan")


def ask(at=None) -> int:
    return ask_for_reports(at=at or timezone.now(), by=None, via="jadwal")


def test_a_tap_is_a_bracket_and_a_typed_number_stays_exact(place) -> None:
    report = send(place)
    assert (report.booth_bracket, report.booth_omzet) == ("500", None)

    report = send(place, COUNTED)
    assert (report.booth_bracket, report.booth_omzet, report.online_omzet) == (
        "",
        1_250_000,
        80_000,
    )
    assert SalesReport.objects.get() == report


def test_nothing_sold_is_an_answer(place) -> None:
    report = send(place, Figures(booth=0, pieces=0))

    assert (report.booth_omzet, report.pieces) == (0, 0)


def test_the_same_report_again_is_nothing(place) -> None:
    first = send(place, COUNTED)
    again = send(place, COUNTED)

    assert again.changed_at == first.changed_at
    assert AuditEntry.objects.filter(verb__startswith="sales.").count() == 1


def test_the_trail_keeps_numbers_and_none_of_her_words(place) -> None:
    send(place, COUNTED)

    line = AuditEntry.objects.get(verb="sales.reported")
    assert line.data["changed"]["booth_omzet"] == [None, 1_250_000]
    assert "Ramai sore" not in str(line.data)


def test_she_may_change_it_until_the_end_of_h_plus_7(place, day) -> None:
    locks = report_locks_at(day)
    assert timezone.localtime(locks).date() == day.date + timedelta(days=8)
    with time_machine.travel(locks - timedelta(seconds=1)):
        send(place)
    with time_machine.travel(locks), pytest.raises(ActionRefused, match="dikunci"):
        send(place, COUNTED)


def test_not_before_the_market_closes(batik, stood) -> None:
    today = make.jbl_day(timezone.localdate())
    place = stood(batik, on=today)
    with (
        time_machine.travel(today.ends - timedelta(minutes=1)),
        pytest.raises(ActionRefused, match=r"pukul 16\.00"),
    ):
        send(place)
    with time_machine.travel(today.ends):
        send(place)


@pytest.mark.parametrize("status", [PlaceStatus.ACCEPTED, PlaceStatus.ABSENT])
def test_who_was_not_seen_there_reports_nothing(place, status) -> None:
    place.status = status
    place.save()

    with pytest.raises(ActionRefused, match="tercatat hadir"):
        send(place)


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (Figures(booth=1_000_000_001, pieces=1), "miliar"),
        (Figures(booth=1, online=2_000_000_000, pieces=1), "miliar"),
        (Figures(booth=1, pieces=100_001), "100.000"),
        (Figures(booth=1, pieces=1, transactions=100_001), "100.000"),
    ],
)
def test_a_nought_too_many_is_refused(place, figures, sentence) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        send(place, figures)


def test_the_best_seller_is_her_own(place, budi) -> None:
    other = make.product(make.business(budi, name="Kopi Budi"))

    with pytest.raises(ActionRefused, match="produk Anda"):
        send(place, Figures(booth=1, pieces=1, best_product=other.pk))


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"booth_omzet": 1, "booth_bracket": "500"}, "sales_booth_exact_or_bracket"),
        ({"booth_omzet": None}, "sales_booth_exact_or_bracket"),
        ({"booth_omzet": None, "booth_bracket": "x"}, "sales_booth_exact_or_bracket"),
        ({"online_omzet": 1, "online_bracket": "500"}, "sales_online_exact_or_bracket"),
        ({"pieces": 1, "pieces_bracket": "10"}, "sales_pieces_exact_or_bracket"),
        ({"booth_omzet": -1}, "sales_omzet_of_one_day"),
        ({"pieces": 100_001}, "sales_pieces_of_one_day"),
        ({"mood": "gila"}, "sales_mood_known"),
        ({"source": "siapa"}, "sales_source_known"),
    ],
)
def test_the_database_mixes_nothing(place, values, constraint) -> None:
    now = timezone.now()
    known = {"booth_omzet": 1, "pieces": 1, "reported_at": now, "changed_at": now}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SalesReport.objects.create(business=place.business, day=place.day, **{**known, **values})


def test_one_report_a_seller_and_day(place) -> None:
    report = send(place)
    report.pk = None

    with pytest.raises(IntegrityError, match="sales_once_a_seller_and_day"), transaction.atomic():
        report.save(force_insert=True)


def test_at_closing_each_seller_who_stood_there_gets_her_link_once(
    place, siti, budi, stood, day
) -> None:
    absent = stood(make.business(budi, name="Kopi Budi"), "A08")
    absent.status = PlaceStatus.ABSENT
    absent.save()
    assert ask(day.ends - timedelta(seconds=1)) == 0

    assert (ask(), ask()) == (1, 0)
    letter = Notice.objects.get(purpose="sales_report")
    assert letter.recipient == siti
    assert letter.link.startswith("/lapor/")
    assert letter.link in letter.body


def test_who_is_marked_as_present_later_is_asked_later(place, budi, stood, day) -> None:
    ask()
    stood(make.business(budi, name="Kopi Budi"), "A08")

    assert ask() == 1
    assert ask(report_locks_at(day)) == 0


def test_after_h_plus_7_nobody_is_asked(place, day) -> None:
    assert ask(report_locks_at(day)) == 0


def test_the_whatsapp_text_is_short_whatever_the_names(siti, stood) -> None:
    long = make.jbl_day(timezone.localdate() - timedelta(days=1))
    long.event.name = "Jumat Beli Lokal " + "istimewa " * 11
    long.event.save()
    stood(make.business(siti, name="Batik " + "Panjang " * 14), on=long)
    ask()

    letter = Letter.objects.get(purpose="sales_report")
    assert len(letter.whatsapp_text) <= 700
    assert letter.link in letter.whatsapp_text
    assert "…" not in letter.whatsapp_text.split("\n", 1)[0]
    assert "lima penjual" in letter.whatsapp_text


def test_once_she_reported_nobody_sends_her_the_link_by_hand(place, siti) -> None:
    siti.phone = "+6281234567890"
    siti.save()
    ask()
    now = timezone.now()
    assert Letter.objects.for_whatsapp(at=now).count() == 1
    assert Letter.objects.for_whatsapp(at=now + timedelta(days=8)).count() == 0

    send(place)

    assert Letter.objects.for_whatsapp(at=now).count() == 0


def test_staff_write_down_what_she_says_by_phone_and_it_is_marked_so(place, petugas) -> None:
    report = report_on_behalf(place, figures=TAPPED, by=petugas, via="admin")

    assert (report.source, report.entered_by) == (ReportSource.STAFF, petugas)
    assert report_on_behalf(place, figures=TAPPED, by=petugas, via="admin") == report
    assert ask() == 0


def test_staff_do_not_write_over_what_she_reported(place, petugas, day) -> None:
    send(place)
    with pytest.raises(ActionRefused, match="alasan"):
        report_on_behalf(place, figures=COUNTED, by=petugas, via="admin")

    SalesReport.objects.all().delete()
    with time_machine.travel(report_locks_at(day)), pytest.raises(ActionRefused, match="alasan"):
        report_on_behalf(place, figures=COUNTED, by=petugas, via="admin")


def test_a_correction_after_the_lock_keeps_both_values(place, petugas, day) -> None:
    send(place)
    with time_machine.travel(report_locks_at(day) + timedelta(days=3)):
        with pytest.raises(ActionRefused, match="alasan"):
            correct_sales(place, figures=COUNTED, reason="  ", by=petugas, via="admin")
        for _twice in range(2):
            report = correct_sales(
                place, figures=COUNTED, reason="Salah nol.", by=petugas, via="admin"
            )

    kept = SalesCorrection.objects.get()
    assert (kept.before["booth_bracket"], kept.before["booth_omzet"]) == ("500", None)
    assert (kept.after["booth_omzet"], report.booth_omzet) == (1_250_000, 1_250_000)
    assert report.source == ReportSource.SELLER


def test_a_report_that_comes_too_late_is_brought_in_with_a_reason(place, petugas, day) -> None:
    with time_machine.travel(report_locks_at(day)):
        report = correct_sales(place, figures=TAPPED, reason="Telepon.", by=petugas, via="admin")

    assert report.source == ReportSource.STAFF
    assert report.corrections.get().before == {}


def test_nobody_corrects_her_own(place, siti) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        correct_sales(place, figures=TAPPED, reason="Mau saya.", by=siti, via="admin")
    with pytest.raises(ActionRefused, match="petugas lain"):
        report_on_behalf(place, figures=TAPPED, by=siti, via="admin")


def test_the_database_keeps_corrections_as_they_are(place, petugas) -> None:
    send(place)
    correct_sales(place, figures=COUNTED, reason="Salah nol.", by=petugas, via="admin")
    rows = SalesCorrection.objects.all()
    for change in (
        lambda: rows.update(reason="Lain."),
        lambda: rows.update(after={}),
        lambda: rows.update(after={}, reason=FORGOTTEN),
        lambda: rows._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()

    assert FORGOTTEN == ERASED
    rows.update(reason=FORGOTTEN)
    assert rows.get().after["booth_omzet"] == 1_250_000


def test_two_reports_at_once_are_one(transactional_db) -> None:
    day = make.jbl_day(timezone.localdate() - timedelta(days=1))
    place = make.stood(day, make.business(make.user("siti")))

    told = all_at_once(lambda _turn: send(place), range(4))

    assert told == ["done"] * 4
    assert SalesReport.objects.count() == 1
    assert AuditEntry.objects.filter(verb="sales.reported").count() == 1


def test_the_clock_asks_every_minute(place, django_capture_on_commit_callbacks) -> None:
    from django.core.management import call_command

    call_command("tick")
    call_command("tick")

    assert Notice.objects.filter(purpose="sales_report").count() == 1
    assert not connection.needs_rollback
