"""A year played through the portal's own actions, and what is found when something is wrong."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from events.actions.sales import Figures, report_sales
from events.choices import PlaceStatus
from events.models import BoothPlace, SalesReport
from events.reports.fairness import gini
from events.sales_choices import OmzetBracket
from tests import make
from umkm_portal.demo.year import checks, checks_sales
from umkm_portal.demo.year.play import Year
from umkm_portal.demo.year.sandbox import own_database
from umkm_portal.management.commands import simulate_year

PLAY = "umkm_portal.demo.year.play"


def year(**values) -> Year:
    known = {"businesses": 60, "weeks": 6, "trainings": 4, "seed": 1, "say": lambda _line: None}
    return Year(**{**known, **values})


def test_six_weeks_break_nothing_and_are_fairer_than_who_comes_first(db) -> None:
    played = year()

    played.play()

    ours = dict.fromkeys(played.first_come, 0)
    ours.update(Counter(BoothPlace.objects.standing().values_list("business_id", flat=True)))
    assert played.tallies["weeks"] == 6
    assert played.tallies["trainings"] == 4
    assert played.tallies["asked"] == BoothPlace.objects.count() > 60
    assert played.tallies["offers_taken"] > 0
    assert played.tallies["reported"] == SalesReport.objects.count() > 20
    assert played.tallies["reports_too_late"] == played.tallies["reports_corrected"] == 6
    assert played.tallies["reports_let_in_late"] == 0
    assert gini(ours.values()) < gini(played.first_come.values()) - 0.05


@contextmanager
def here():
    """The tests' database instead of one of its own."""
    with nullcontext():
        yield "uji"


def play(monkeypatch, *arguments: str) -> str:
    monkeypatch.setattr(simulate_year, "own_database", here)
    said = StringIO()
    call_command("simulate_year", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def test_it_shows_how_far_it_is_and_sums_up(db, monkeypatch) -> None:
    said = play(monkeypatch, "--businesses", "30", "--weeks", "2", "--trainings", "1")

    assert "Minggu 1/2" in said
    assert "Minggu 2/2" in said
    assert "Giliran adil: Gini" in said
    assert said.endswith("Semua aturan terpenuhi.\n")


def test_it_fails_when_seats_are_given_twice(db, monkeypatch) -> None:
    def give_to_all(day, *, seed, by, via):
        day.places.update(status=PlaceStatus.ACCEPTED, placed_at="2026-01-01T00:00Z")
        return real(day, seed=seed, by=by, via=via)

    from umkm_portal.demo.year import play as played

    real = played.allocate_day
    monkeypatch.setattr(f"{PLAY}.allocate_day", give_to_all)

    with pytest.raises(CommandError) as failed:
        play(monkeypatch, "--businesses", "80", "--weeks", "1", "--trainings", "0")

    assert failed.value.returncode == 1


@pytest.mark.parametrize("arguments", [["--weeks", "0"], ["--businesses", "0"]])
def test_nonsense_is_refused(monkeypatch, arguments, db) -> None:
    with pytest.raises(CommandError, match="paling sedikit satu"):
        play(monkeypatch, *arguments)


def test_each_thing_that_is_wrong_on_a_friday_is_said(siti) -> None:
    day = make.jbl_day()
    make.quota(day.event, 1, kecamatan=make.kelurahan().kecamatan)
    why = {"position": 0, "turn": 1, "places": 0, "no_shows": 0, "newcomer": False}
    why |= {"since": "2026-01-01", "complete": 100}
    for number, explanation in enumerate([why, why, None]):
        shop = make.business(siti, name=f"Usaha {number}")
        make.application(day, shop, status="accepted", explanation=explanation)

    said = " ".join(checks.check_market(day, seats=2, pool_open=False))

    assert "3 dari 2 tempat diberikan" in said
    assert "tidak dijelaskan" in said
    assert "punya 3 dari 1 tempat" in said
    assert checks.check_market(day, seats=3, pool_open=True) != []


def test_an_overfull_room_and_an_empty_chair_beside_a_queue_are_said(siti, budi) -> None:
    full = make.event(capacity=1, name="Penuh")
    for owner in (siti, budi):
        make.registration(full, business=make.business(owner))
    assert "Penuh" in checks.check_trainings()[0]
    empty = make.event(capacity=2, name="Kosong")
    make.registration(empty, business=siti.businesses.get(), status="waitlisted")
    assert len(checks.check_trainings()) == 2


def test_a_report_that_changed_counts_twice_or_comes_from_nobody_is_said(siti) -> None:
    day = make.jbl_day(timezone.localdate() - timedelta(days=1))
    here, away = make.business(siti, name="Di sini"), make.business(siti, name="Tidak datang")
    make.stood(day, here)
    figures = Figures(booth=OmzetBracket.TO_250, pieces=7)
    report_sales(day.places.get(), figures=figures, by=siti, via="web")
    told = {here.pk: (125_000, 7)}
    assert checks_sales.check_sales(day, told) == []

    report = day.sales_reports.get()
    SalesReport.objects.filter(pk=report.pk).update(booth_bracket="", booth_omzet=1)
    said = checks_sales.check_sales(day, told)
    assert f"laporan usaha {here.pk} (1, 7), mestinya (125000, 7)." in said[0]
    assert "jumlah omzet 1, mestinya 125000." in said[1]
    SalesReport.objects.filter(pk=report.pk).update(business=away)
    assert "melapor tanpa hadir" in " ".join(checks_sales.check_sales(day, {away.pk: (1, 7)}))


def test_a_report_let_in_after_the_lock_is_found(db, monkeypatch) -> None:
    def never(day):
        return timezone.now() + timedelta(days=1)

    monkeypatch.setattr("events.actions.sales.report_locks_at", never)

    with pytest.raises(checks.Broken, match="mestinya"):
        year(weeks=1, trainings=0).play()


def test_sums_that_do_not_meet_are_said(siti) -> None:
    assert checks.check_year(Counter()) == []
    make.application(make.jbl_day(), make.business(siti))

    assert checks.check_year(Counter())[0] == "pengajuan: 0 dimainkan, 1 tercatat."


@pytest.mark.django_db(transaction=True)
def test_its_own_database_is_gone_afterwards_and_the_portals_untouched(siti) -> None:
    home = connection.settings_dict["NAME"]
    with own_database(prepared=False) as name, connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (name,)
        assert connection.introspection.table_names(cursor) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == (home,)
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        assert cursor.fetchone() == (0,)
    assert type(siti).objects.filter(pk=siti.pk).exists()
