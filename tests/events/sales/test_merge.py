"""Two records of one business become one: no report is lost, none counts twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.sales import Figures, correct_sales, report_sales
from events.models import Event, SalesCorrection, SalesReport
from events.reports.recap import recap_of
from events.reports.sales import my_sales
from events.reports.sales_desk import missing_reports
from tests import make
from umkm_portal.merging import merge_businesses


@pytest.fixture
def twin(siti):
    return make.business(siti, name="Batik Siti Cipedak")


def say(place, booth: int):
    figures = Figures(booth=booth, pieces=5)
    return report_sales(place, figures=figures, by=None, via="tautan")


def total(day, staff):
    event = Event.objects.with_days().get(pk=day.event_id)
    return recap_of(event, staff=staff, at=timezone.now()).total


def test_reports_of_other_days_come_along_with_their_corrections(
    day, place, twin, siti, petugas, admin
) -> None:
    earlier = make.jbl_day(day.date - timedelta(days=1), edition=day.event)
    other = make.stood(earlier, twin, "B01")
    say(place, 100_000)
    report = say(other, 20_000)
    figures = Figures(booth=200_000, pieces=5)
    correct_sales(other, figures=figures, reason="Salah nol.", by=petugas, via="admin")

    merge_businesses(place.business, gone=twin, take=[], by=admin, via="admin")

    assert set(SalesReport.objects.values_list("business", flat=True)) == {place.business_id}
    assert SalesCorrection.objects.get().report_id == report.pk
    (edition,) = my_sales(siti, at=timezone.now()).editions
    assert edition.omzet == 300_000
    found = total(day, petugas)
    assert (found.omzet, found.sellers, found.reported, found.expected) == (300_000, 1, 2, 2)


def test_two_reports_of_one_day_both_stay(day, place, twin, petugas, admin) -> None:
    other = make.stood(day, twin, "B01")
    say(place, 100_000)
    say(other, 20_000)

    merge_businesses(place.business, gone=twin, take=[], by=admin, via="admin")

    assert SalesReport.objects.count() == 2
    found = total(day, petugas)
    assert (found.omzet, found.reported, found.expected) == (120_000, 2, 2)


def test_a_report_that_moves_leaves_no_seller_behind_who_cannot_report(
    day, place, twin, petugas, admin
) -> None:
    other = make.stood(day, twin, "B01")
    say(other, 20_000)

    merge_businesses(place.business, gone=twin, take=[], by=admin, via="admin")

    assert SalesReport.objects.get().business == place.business
    found = total(day, petugas)
    assert (found.omzet, found.reported, found.expected) == (20_000, 1, 1)
    assert missing_reports(staff=petugas, at=timezone.now()).rows == []
