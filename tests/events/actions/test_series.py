"""Every Friday, one event a date; what staff did to one date stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.utils import timezone

from events.actions.booths import BoothRow, add_booths
from events.actions.copying import LEFT, PARTS, copy_edition
from events.actions.editions import Hours as DayHours
from events.actions.editions import cancel_event, move_day, publish_event
from events.actions.series import (
    Hours,
    Plan,
    change_series,
    extend_series,
    publish_series,
    repeat_event,
)
from events.choices import EventKind, EventStatus
from events.models import Edition, EditionRules, Event, EventSeries
from members.models import Kecamatan
from tests import make
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.recurrence import Every, Pattern

JAKARTA = ZoneInfo("Asia/Jakarta")
FRIDAY = date(2026, 12, 4)
HOURS = Hours(time(8), time(14), time(7), time(11, 30), time(13))
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _december(time_machine) -> None:
    time_machine.move_to(datetime(2026, 12, 1, 9, tzinfo=JAKARTA), tick=False)


def plan(until: date | None = date(2027, 1, 8), *exceptions: date, **values) -> Plan:
    pattern = Pattern(Every.WEEK, values.pop("first", FRIDAY), (4,), until)
    return Plan(pattern, values.pop("hours", HOURS), exceptions)


def market(**values) -> Event:
    """A draft of a Friday market with two booths, rules, a quota and a target."""
    event = make.event(
        days=[],
        kind=EventKind.JBL,
        name="Jumat Beli Lokal",
        needs_sign_up=False,
        target_omzet=60_000_000,
        published=False,
        status=EventStatus.PLANNED,
        **values,
    )
    make.jbl_day(FRIDAY, edition=event)
    make.booth(event, "A01", power=True, plan_row=1, plan_column=2)
    make.booth(event, "A02")
    make.quota(event, 5, kecamatan=Kecamatan.objects.first())
    make.edition(event, watts_stock=9000)
    for version in (1, 2):
        EditionRules.objects.create(event=event, version=version, text=f"Aturan {version}")
    return event


def repeat(event: Event, by, **values) -> EventSeries:
    return repeat_event(event, plan=values.get("plan") or plan(), by=by, via="admin")


def dates_of(series: EventSeries) -> list[date]:
    return [event.series_date for event in series.events.order_by("series_date")]


def test_each_date_is_an_event_with_booths_rules_and_quota(petugas) -> None:
    first = market()

    series = repeat(first, petugas, plan=plan(date(2027, 1, 8), date(2026, 12, 25)))

    assert dates_of(series) == [
        FRIDAY,
        date(2026, 12, 11),
        date(2026, 12, 18),
        date(2027, 1, 1),
        date(2027, 1, 8),
    ]
    assert series.events.get(series_date=FRIDAY) == first
    new_year = series.events.get(series_date=date(2027, 1, 1))
    day = new_year.days.get()
    assert (day.date, day.opens_at, day.closes_at) == (date(2027, 1, 1), time(8), time(14))
    assert (new_year.published, new_year.status) == (False, EventStatus.PLANNED)
    assert new_year.slug == "jumat-beli-lokal-2027-01-01"
    booths = new_year.booths.values_list("number", "power", "plan_column")
    assert list(booths) == [("A01", True, 2), ("A02", False, None)]
    assert new_year.quotas.get().seats == 5
    assert [(r.version, r.text) for r in new_year.rules.all()] == [(1, "Aturan 2")]
    distance = new_year.edition.applications_close_at - first.edition.applications_close_at
    assert distance == timedelta(days=28)
    assert new_year.target_omzet == 60_000_000


def test_twice_is_once(petugas) -> None:
    event = market()
    for _press in range(2):
        series = repeat(event, petugas)

    assert EventSeries.objects.get() == series
    assert series.events.count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_series(petugas) -> None:
    event = market()

    assert all_at_once(lambda _press: repeat(event, petugas), range(2)) == ["done", "done"]

    assert EventSeries.objects.get().events.count() == 6


def test_what_was_done_to_one_date_stays(petugas) -> None:
    series = repeat(market(), petugas)
    by = {"by": petugas, "via": "admin"}
    events = {event.series_date: event for event in series.events.all()}
    moved = move_day(
        events[date(2026, 12, 11)].days.get(),
        to=DayHours(date(2026, 12, 10), time(9), time(16)),
        **by,
    )
    cancel_event(events[date(2026, 12, 18)], reason="Hujan.", **by)
    publish_event(events[date(2026, 12, 25)], **by)
    add_booths(events[date(2027, 1, 1)], row=BoothRow(["B01"]), **by)

    later = replace(HOURS, opens_at=time(9), set_up_at=None)
    change_series(series, plan=plan(date(2027, 1, 15), hours=later), **by)

    hours = {
        event.series_date: (event.days.get().date, event.days.get().opens_at)
        for event in series.events.all()
    }
    assert hours[date(2026, 12, 11)] == (moved.date, time(9))
    assert hours[date(2026, 12, 18)] == (date(2026, 12, 18), time(8))
    assert hours[date(2026, 12, 25)] == (date(2026, 12, 25), time(8))
    assert hours[date(2027, 1, 1)] == (date(2027, 1, 1), time(8))
    assert hours[date(2027, 1, 8)] == (date(2027, 1, 8), time(9))
    assert hours[date(2027, 1, 15)] == (date(2027, 1, 15), time(9))
    data = AuditEntry.objects.filter(verb="series.changed").latest("pk").data
    assert (data["made"], data["changed"], data["removed"], data["kept"]) == (1, 1, 0, 5)


def test_dates_taken_out_of_the_rule_go_when_nobody_knows_them(petugas) -> None:
    series = repeat(market(), petugas)
    publish_event(series.events.get(series_date=date(2027, 1, 8)), by=petugas, via="admin")

    change_series(series, plan=plan(date(2026, 12, 18)), by=petugas, via="admin")

    assert dates_of(series) == [
        FRIDAY,
        date(2026, 12, 11),
        date(2026, 12, 18),
        date(2027, 1, 8),
    ]


def test_a_change_of_the_template_reaches_untouched_dates(petugas) -> None:
    event = market()
    series = repeat(event, petugas)
    Event.objects.filter(pk=event.pk).update(venue="Mama Teras")

    change_series(series, plan=plan(), by=petugas, via="admin")

    assert set(series.events.values_list("venue", flat=True)) == {"Mama Teras"}


def test_past_dates_are_left_alone(petugas, time_machine) -> None:
    series = repeat(market(), petugas)
    time_machine.move_to(datetime(2026, 12, 20, 9, tzinfo=JAKARTA), tick=False)

    late = replace(HOURS, closes_at=time(15))
    change_series(series, plan=plan(hours=late), by=petugas, via="admin")

    closes = dict(series.events.values_list("series_date", "days__closes_at"))
    assert closes[date(2026, 12, 11)] == time(14)
    assert closes[date(2026, 12, 25)] == time(15)


def test_all_are_shown_by_one_press(petugas) -> None:
    series = repeat(market(), petugas)
    cancelled = series.events.get(series_date=date(2026, 12, 11))
    cancel_event(cancelled, reason="Hujan.", by=petugas, via="admin")

    for _press in range(2):
        publish_series(series, by=petugas, via="admin")

    assert series.events.filter(published=True).count() == 5
    assert AuditEntry.objects.filter(verb="event.published").count() == 5


def test_a_series_without_an_end_grows_by_the_clock(petugas, time_machine) -> None:
    series = repeat(market(), petugas, plan=plan(None))
    ends = dates_of(series)[-1]
    assert timedelta(days=170) < ends - timezone.localdate() <= timedelta(days=186)

    assert extend_series(at=timezone.now(), by=None, via="jadwal") == 0
    time_machine.move_to(datetime(2026, 12, 18, tzinfo=JAKARTA), tick=False)
    assert extend_series(at=timezone.now(), by=None, via="jadwal") == 2
    assert extend_series(at=timezone.now(), by=None, via="jadwal") == 0
    assert dates_of(series)[-1] == ends + timedelta(days=14)


def test_a_night_market_comes_again(petugas) -> None:
    night = Hours(time(18), time(1), time(16), time(23, 45), time(0, 15))

    series = repeat(market(), petugas, plan=plan(hours=night))

    last = series.events.get(series_date=date(2027, 1, 8)).days.get()
    assert timezone.localtime(last.ends) == datetime(2027, 1, 9, 1, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"until": date(2026, 12, 3)}, "sesudah tanggal mulai"),
        ({"until": date(2029, 12, 31)}, "Paling banyak 110"),
        ({"first": date(2026, 1, 2), "until": date(2026, 11, 27)}, "akan datang"),
        ({"hours": Hours(time(16), time(9))}, "Jam tutup"),
        ({"hours": Hours(time(9), time(16), time(10))}, "sebelum jam buka"),
        ({"hours": Hours(time(9), time(16), None, time(12), None)}, "istirahat"),
        ({"hours": Hours(time(9), time(16), None, time(15), time(17))}, "istirahat"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(petugas, values, words) -> None:
    with pytest.raises(ActionRefused, match=words):
        repeat(market(), petugas, plan=plan(values.pop("until", date(2027, 1, 8)), **values))
    assert not EventSeries.objects.exists()


def test_only_a_standing_event_of_one_day_is_repeated(petugas) -> None:
    two = make.event(days=[FRIDAY, date(2026, 12, 5)])
    gone = make.event(days=[FRIDAY], status=EventStatus.CANCELLED, cancelled_at=timezone.now())
    member = repeat(market(), petugas).events.latest("series_date")
    for event, words in ((two, "satu hari"), (gone, "dibatalkan"), (member, "bagian dari")):
        with pytest.raises(ActionRefused, match=words):
            repeat(event, petugas)


def test_the_next_edition_starts_from_the_last(petugas) -> None:
    last = market()
    Event.objects.filter(pk=last.pk).update(result_omzet=41_000_000, published=True)
    make.jbl_day(FRIDAY + timedelta(days=1), edition=last)

    for _press in range(2):
        copy = copy_edition(
            last, to=date(2027, 2, 26), name="JBL edisi 27", by=petugas, via="admin"
        )

    assert Event.objects.count() == 2
    assert [day.date for day in copy.days.all()] == [date(2027, 2, 26), date(2027, 2, 27)]
    assert (copy.published, copy.result_omzet, copy.target_omzet) == (False, None, 60_000_000)
    assert copy.booths.count() == 2
    assert Edition.objects.get(event=copy).watts_stock == 9000
    assert copy.quotas.count() == 1


def test_a_copy_needs_a_day_and_a_later_date(petugas) -> None:
    for event, to, words in (
        (make.event(days=[]), FRIDAY, "belum punya hari"),
        (market(), date(2026, 12, 1), "sesudah hari ini"),
    ):
        with pytest.raises(ActionRefused, match=words):
            copy_edition(event, to=to, name="Lagi", by=petugas, via="admin")


def test_every_table_of_an_event_is_copied_or_left_on_purpose() -> None:
    about = {
        model.__name__
        for model in apps.get_app_config("events").get_models()
        if any(getattr(column, "related_model", None) is Event for column in model._meta.fields)
    }

    assert about == {part.model.__name__ for part in PARTS} | LEFT
