"""Events that come again: one event a date, each its own from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.copying import Content, content_of, contents_of, free_slug, write_content
from events.actions.editions import open_event, publish_event
from events.choices import EventStatus
from events.models import BoothPlace, Event, EventDay, EventSeries, Registration
from events.models.day import break_is_within, hours_are_in_order
from events.models.series import MOST_DATES
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.recurrence import Pattern


@dataclass(frozen=True)
class Hours:
    """Of every date of a series; each may get others by itself."""

    opens_at: time
    closes_at: time
    set_up_at: time | None = None
    break_from: time | None = None
    break_to: time | None = None


@dataclass(frozen=True)
class Plan:
    """When an event comes again."""

    pattern: Pattern
    hours: Hours
    exceptions: tuple[date, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What became of the coming dates; `kept` were shown or changed by hand, and stay so."""

    made: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0


@transaction.atomic
def repeat_event(event: Event, *, plan: Plan, by: User | None, via: str) -> EventSeries:
    """One event for each coming date, like this one; a second press changes the same series."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    series = EventSeries.objects.filter(template=event).first()
    if series:
        return change_series(series, plan=plan, by=by, via=via)
    _refuse_template(event)
    series = planned(EventSeries(template=event, name=event.name), plan)
    series.save()
    _adopt_template(series)
    outcome = _bring_up(series)
    record("series.made", series, by=by, via=via, rule=series.rule, **asdict(outcome))
    return series


@transaction.atomic
def change_series(series: EventSeries, *, plan: Plan, by: User | None, via: str) -> EventSeries:
    """Another rule, end or hours: coming dates nobody has shown or changed follow, others stay."""
    series = EventSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
    planned(series, plan)
    series.save()
    outcome = _bring_up(series)
    record("series.changed", series, by=by, via=via, rule=series.rule, **asdict(outcome))
    return series


@transaction.atomic
def publish_series(series: EventSeries, *, by: User | None, via: str) -> EventSeries:
    """Visitors see all coming dates from now on, open when the template is."""
    series = EventSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
    is_open = series.template.status == EventStatus.OPEN
    for event in series.events.not_cancelled().upcoming(at=timezone.now()):
        publish_event(event, by=by, via=via)
        if is_open and event.status == EventStatus.PLANNED:
            open_event(event, by=by, via=via)
    return series


@transaction.atomic
def extend_series(*, at: datetime, by: User | None, via: str) -> int:
    """By the clock: a series without an end has its dates half a year ahead; how many were made."""
    endless = EventSeries.objects.exclude(rule__contains="UNTIL=").select_for_update(of=("self",))
    made = 0
    for series in endless.order_by("pk"):
        known = set(series.events.values_list("series_date", flat=True))
        today = timezone.localdate(at)
        new = [day for day in series.dates(today=today) if day >= today and day not in known]
        content = _content(series) if new else None
        for day in new[:MOST_DATES]:
            _make(series, day, content or _content(series))
        if new:
            record("series.extended", series, by=by, via=via, made=len(new), to=new[-1])
        made += len(new)
    return made


def planned(series: EventSeries, plan: Plan) -> EventSeries:
    """The series as it would be, not saved; refused when the plan makes no sense."""
    series.rule, series.first_date = plan.pattern.rule(), plan.pattern.first
    series.exceptions = sorted(set(plan.exceptions))
    for name, value in asdict(plan.hours).items():
        setattr(series, name, value)
    _refuse_plan(series, plan)
    return series


def _refuse_template(event: Event) -> None:
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    if event.series_id:
        raise ActionRefused(_("Acara ini sudah bagian dari acara berulang. Ubah di sana."))
    if event.days.count() != 1:
        raise ActionRefused(_("Hanya acara satu hari yang bisa diulang. Salin acara ini saja."))


def _refuse_plan(series: EventSeries, plan: Plan) -> None:
    hours, until = plan.hours, plan.pattern.until
    if not hours_are_in_order(hours.opens_at, hours.closes_at):
        raise ActionRefused(
            _("Jam tutup harus sesudah jam buka, atau paling lambat 06.00 esok paginya.")
        )
    if hours.set_up_at and hours.set_up_at > hours.opens_at:
        raise ActionRefused(_("Penjual datang sebelum jam buka."))
    _refuse_break(hours)
    if until and until < plan.pattern.first:
        raise ActionRefused(_("Tanggal akhir harus sesudah tanggal mulai."))
    today = timezone.localdate()
    dates = series.all_dates(today=today)
    if len(dates) > MOST_DATES:
        raise ActionRefused(
            _("Paling banyak %d tanggal. Pilih akhir yang lebih dekat.") % MOST_DATES
        )
    if not any(day >= today for day in series.dates(today=today)):
        raise ActionRefused(_("Tidak ada tanggal yang akan datang pada pilihan ini."))


def _refuse_break(hours: Hours) -> None:
    begins, ends = hours.break_from, hours.break_to
    if begins is None and ends is None:
        return
    if (
        begins is None
        or ends is None
        or not break_is_within(hours.opens_at, hours.closes_at, (begins, ends))
    ):
        raise ActionRefused(_("Isi awal dan akhir istirahat, di antara jam buka dan tutup."))


def _adopt_template(series: EventSeries) -> None:
    """The event itself is the first of them when its day is one of the dates."""
    event = series.template
    day = event.days.get()
    if day.date in series.dates(today=timezone.localdate()):
        event.series, event.series_date = series, day.date
        event.save(update_fields=["series", "series_date"])


def _bring_up(series: EventSeries) -> Outcome:
    today = timezone.localdate()
    wanted = {day for day in series.dates(today=today) if day >= today}
    rows = series.events.select_for_update(of=("self",)).filter(series_date__gte=today)
    known = {event.series_date: event for event in rows.order_by("pk") if event.series_date}
    content = _content(series)
    for day in sorted(wanted - known.keys()):
        _make(series, day, content)
    free = untouched(known.values())
    outcome = Outcome(made=len(wanted - known.keys()), kept=len(known) - len(free))
    for day, event in known.items():
        if event.pk in free:
            outcome = _follow(event, day, content, outcome, is_wanted=day in wanted)
    return outcome


def _follow(
    event: Event, day: date, content: Content, outcome: Outcome, *, is_wanted: bool
) -> Outcome:
    if not is_wanted:
        event.delete()
        return replace(outcome, removed=outcome.removed + 1)
    if event.series_print == content.print:
        return outcome
    event.series_print = content.print
    write_content(event, content, origin=day)
    return replace(outcome, changed=outcome.changed + 1)


def untouched(events: Iterable[Event]) -> set[int]:
    """As the series made them: not shown, nothing decided, moved or written by hand, nobody in."""
    drafts = [
        (event, event.series_date)
        for event in events
        if event.series_date
        and event.series_print
        and not event.published
        and event.status == EventStatus.PLANNED
    ]
    same = {
        event.pk
        for event, content in zip(
            [event for event, _day in drafts], contents_of(drafts).values(), strict=True
        )
        if content.print == event.series_print
    }
    busy = {
        *EventDay.objects.filter(event__in=same, revision__gt=0).values_list("event", flat=True),
        *BoothPlace.objects.filter(day__event__in=same).values_list("day__event", flat=True),
        *Registration.objects.filter(event__in=same).values_list("event", flat=True),
    }
    return same - busy


def _content(series: EventSeries) -> Content:
    """Of the template, with the hours of the series on the one day."""
    template = series.template
    day = template.days.order_by("date")[0]
    content = content_of(template, origin=day.date)
    hours = {name: getattr(series, name) for name in Hours.__dataclass_fields__}
    return replace(content, days=[{"date": {"days": 0}, **hours}])


def _make(series: EventSeries, day: date, content: Content) -> Event:
    event = Event(
        slug=free_slug(f"{series.name} {day}"),
        series=series,
        series_date=day,
        series_print=content.print,
        status=EventStatus.PLANNED,
    )
    write_content(event, content, origin=day)
    return event
