"""What everybody may read of an edition's sales."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions.sales import Figures, correct_sales
from events.models import Event
from events.models.sales import report_locks_at
from events.reports.editions import editions
from events.reports.results import results_of
from tests import make


def results(day, at=None):
    event = Event.objects.with_days().get(pk=day.event_id)
    return results_of(event, at=at or report_locks_at(day))


def page(day, at=None) -> str:
    with time_machine.travel(at or report_locks_at(day)):
        path = reverse("events:edition_results", args=[day.event.slug])
        answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_after_the_lock_five_sellers_make_a_sum_and_four_do_not(day, sold) -> None:
    for _n in range(4):
        sold(111_000)
    four = page(day)
    assert "4 dari 4 laporan" in four
    assert "Rp444.000" not in four

    sold(111_000)
    assert "Rp555.000" in page(day)


def test_who_sold_nothing_hides_nobody(day, sold) -> None:
    sold(111_000)
    for _n in range(6):
        sold(0, pieces=0)

    assert "Rp111.000" not in page(day)


def test_before_ten_minutes_after_closing_there_is_nothing(day, sold) -> None:
    sold(1_000)
    assert results(day, day.ends + timedelta(minutes=9)) is None
    assert "sesudah pasar tutup" in page(day, day.ends + timedelta(minutes=9))
    assert results(day, day.ends + timedelta(minutes=10)) is not None


def test_while_reports_come_in_no_sum_grows_under_anybodys_eyes(day, sold) -> None:
    day.event.target_omzet = 10_000_000
    day.event.save()
    for _n in range(5):
        sold(900_000)
    before = page(day, timezone.now())
    sold(321_000)

    after = page(day, timezone.now())

    assert "lebih dari 40 %" in before
    assert "5 dari 5" in before
    assert "6 dari 6" in after
    assert after.replace("6 dari 6", "5 dari 5") == before


def test_a_market_of_several_days_tells_its_share_of_the_target_while_it_runs(day, sold) -> None:
    """The mayor asks on the second evening of nine; who stands there now is not late yet."""
    tomorrow = make.jbl_day(day.date + timedelta(days=2), edition=day.event)
    make.stood(tomorrow, make.business(make.user("besok"), name="Besok"), "C07")
    day.event.target_omzet = 10_000_000
    day.event.save()
    for _n in range(5):
        sold(900_000)

    shown = page(day, timezone.now())

    assert timezone.now() < tomorrow.ends
    assert "lebih dari 40 %" in shown
    assert "5 dari 5 laporan" in shown
    detail = Client().get(day.event.get_absolute_url()).content.decode()
    assert reverse("events:edition_results", args=[day.event.slug]) in detail
    assert "Rp4.500.000" not in page(day, report_locks_at(day))
    assert "Rp4.500.000" in page(day, report_locks_at(tomorrow))


def test_of_fewer_than_five_not_even_the_share_of_the_target_is_told(day, sold) -> None:
    day.event.target_omzet = 1_000_000
    day.event.save()
    for _n in range(4):
        sold(200_000)

    assert "80 %" not in page(day, timezone.now())


def test_a_small_kecamatan_takes_the_next_smallest_with_it(day, sold) -> None:
    for _n in range(9):
        sold(100_000, "Cipedak")
    for _n in range(6):
        sold(200_000, "Menteng Dalam")
    for _n in range(2):
        sold(7_000, "Bangka")

    districts = results(day).tables[0]

    assert [(line.label, line.omzet) for line in districts.shown] == [("Jagakarsa", 900_000)]
    assert districts.hidden == ["Mampang Prapatan", "Tebet"]
    shown = page(day)
    assert "Rp14.000" not in shown
    assert "Rp1.200.000" not in shown
    assert "Rp2.114.000" in shown
    assert "Tidak ditampilkan: Mampang Prapatan, Tebet." in shown


def test_two_tables_are_not_subtracted_from_each_other(day, sold) -> None:
    """Jagakarsa without fashion would be two cooks of Jagakarsa."""
    for _n in range(5):
        sold(100_000, "Cipedak", sector="fashion")
    for _n in range(2):
        sold(33_000, "Cipedak", sector="kuliner")
    for _n in range(7):
        sold(50_000, "Menteng Dalam", sector="kuliner")

    tables = results(day).tables

    shown = {line.label for table in tables for line in table.shown}
    for pair in ({"Jagakarsa", "Fashion"}, {"Tebet", "Kuliner"}):
        assert not pair <= shown


def test_online_is_told_apart_only_when_five_sold_there(day, sold) -> None:
    for _n in range(5):
        sold(100_000)
    sold(100_000, online=77_000)
    assert results(day).channels == []
    assert "Rp77.000" not in page(day)

    for _n in range(4):
        sold(100_000, online=1_000)
    sums = [(amount, said) for _label, amount, said in results(day).channels]
    assert sums == [(1_000_000, 10), (81_000, 5)]


def test_what_comes_after_the_lock_is_not_added_before_everybodys_eyes(
    day, sold, stood, petugas
) -> None:
    for _n in range(5):
        sold(100_000)
    late = stood(make.business(make.user("tina"), name="Kopi Tina"), "Z01")
    before = page(day)
    with time_machine.travel(report_locks_at(day) + timedelta(hours=2)):
        figures = Figures(booth=654_000, pieces=3)
        correct_sales(late, figures=figures, reason="Telepon.", by=petugas, via="admin")

    assert page(day, report_locks_at(day) + timedelta(days=2)) == before


def test_the_list_of_editions_says_the_published_sum(client, day, sold) -> None:
    for _n in range(5):
        sold(123_000)
    now = timezone.now()
    assert [line.omzet for line in editions(at=now)[1]] == [None]

    (line,) = editions(at=report_locks_at(day))[1]
    assert (line.omzet, line.pieces) == (615_000, 50)
    day.event.result_omzet = 600_000
    day.event.save()
    (line,) = editions(at=report_locks_at(day))[1]
    assert line.omzet == 600_000


def test_the_page_of_a_past_edition_leads_to_its_results(client, day, sold) -> None:
    link = reverse("events:edition_results", args=[day.event.slug])
    path = reverse("events:edition_detail", args=[day.event.slug])
    assert link not in client.get(path).content.decode()

    sold(1_000)
    assert link in client.get(path).content.decode()


@pytest.mark.parametrize("hidden", [{"published": False}, {"kind": "rapat"}])
def test_nobody_reads_results_of_what_is_not_shown(client, day, sold, hidden) -> None:
    sold(1_000)
    Event.objects.filter(pk=day.event_id).update(**hidden)

    assert client.get(reverse("events:edition_results", args=[day.event.slug])).status_code == 404


def test_one_seller_and_thirty_cost_the_same_queries(day, sold) -> None:
    counts = []
    for more in (1, 2, 27):
        for n in range(more):
            sold(
                100_000 + n, ("Cipedak", "Bangka")[n % 2], sector=("kuliner", "fashion")[n % 3 > 0]
            )
        with CaptureQueriesContext(connection) as queries:
            shown = page(day)
        counts.append(len(queries))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= 15
    assert len(shown.encode()) <= 46_080
