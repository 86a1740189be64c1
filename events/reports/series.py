"""The dates of a series as staff see them before and after they are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from events.actions.series import untouched
from events.models import Event, EventDay, EventSeries
from events.reports.clashes import Clash, clashes, slot_of
from umkm_portal.lib.dates import holiday_name, knows_holidays


@dataclass(frozen=True)
class SeriesDate:
    """One date; without an event it is still to be made, or was taken out."""

    date: date
    is_in: bool
    holiday: str
    clashes: list[Clash]
    event: Event | None
    follows: bool


@dataclass(frozen=True)
class Preview:
    dates: list[SeriesDate]
    # Whose decree on holidays is not known here, so nothing is marked.
    unknown_years: list[int]

    @property
    def count(self) -> int:
        return sum(each.is_in for each in self.dates)


def preview(series: EventSeries, *, today: date) -> Preview:
    """Coming dates of a series, saved or only thought of, and those that were taken out of it."""
    dates = [day for day in series.all_dates(today=today) if day >= today]
    sample = EventDay(opens_at=series.opens_at, closes_at=series.closes_at)
    events = _events(series)
    leaving = series.template_id
    there = clashes(series.template.venue, [slot_of(day, sample) for day in dates], leaving=leaving)
    own, free = {event.pk for event in events.values()}, untouched(events.values())
    return Preview(
        dates=[
            SeriesDate(
                date=day,
                is_in=day not in series.exceptions,
                holiday=holiday_name(day),
                clashes=[clash for clash in found if clash.event.pk not in own],
                event=events.get(day),
                follows=day not in events or events[day].pk in free,
            )
            for day, found in zip(dates, there, strict=True)
        ],
        unknown_years=sorted({day.year for day in dates if not knows_holidays(day.year)}),
    )


def _events(series: EventSeries) -> dict[date, Event]:
    if series.pk is None:
        return {}
    events = series.events.with_days().order_by("series_date")
    return {event.series_date: event for event in events if event.series_date}
