"""By the clock: read from the reports, done by the actions."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from events.actions import market_reminders as reminders
from events.models import BoothPlace, EventDay
from events.reports.papers import Paper, missing, papers_of_all

FARTHEST = timedelta(days=60)
"""No edition asks for licences earlier than this."""
TOLD_AT_ONCE = 200
"""In one transaction, since nobody can apply meanwhile."""


def remind_of_markets(*, at: datetime) -> int:
    """Every minute of the day: each market day in transactions of its own. Return how many days
    were looked at.

    What was missed is not made up for: nobody reads “besok” on the day itself.
    """
    if not reminders.is_daytime(at):
        return 0
    today = timezone.localdate(at)
    near = EventDay.objects.jbl().not_cancelled().filter(places__isnull=False)
    near = near.between(today + timedelta(days=1), today + FARTHEST)
    days = list(near.select_related("event__edition").distinct().in_order())
    for day in days:
        _ask_for_papers(day, at=at)
        _list_for_staff(day, at=at)
        _remind_of_tomorrow(day, at=at)
    return len(days)


def _ask_for_papers(day: EventDay, *, at: datetime) -> None:
    if not reminders.sellers_hear_of_papers(day, at=at):
        return
    lacking = iter(_lacking(day, reminders.to_ask_for_papers(day)).items())
    for some in iter(lambda: dict(islice(lacking, TOLD_AT_ONCE)), {}):
        reminders.ask_for_papers(day, lacking=some, at=at, by=None, via="jadwal")


def _list_for_staff(day: EventDay, *, at: datetime) -> None:
    if reminders.staff_hear_of_papers(day, at=at) and not reminders.staff_were_told(day):
        lacking = _lacking(day, reminders.asked_for_papers(day))
        if lacking:
            reminders.list_papers_for_staff(day, lacking=lacking, at=at, by=None, via="jadwal")


def _remind_of_tomorrow(day: EventDay, *, at: datetime) -> None:
    if reminders.is_the_eve(day, at=at) and reminders.to_remind_of_tomorrow(day).exists():
        reminders.remind_of_tomorrow(day, at=at, by=None, via="jadwal")


def _lacking(day: EventDay, places: QuerySet[BoothPlace]) -> dict[int, list[Paper]]:
    """By the key of the place; three queries."""
    rows = list(places.select_related("business").order_by("pk"))
    papers = papers_of_all([place.business for place in rows], on=day.date)
    lists = {place.pk: missing(papers[place.business_id]) for place in rows}
    return {pk: papers for pk, papers in lists.items() if papers}
