"""What staff decide about an event: keep it, show it, open it, move a day, call it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.moving import shorten_offers
from events.actions.offers import close_queue
from events.actions.seats import offer_free_seats
from events.actions.telling import tell_everybody, tell_what_changed
from events.actions.waitlist import close_undecided
from events.choices import EventStatus
from events.models import Event, EventDay
from events.models.day import break_is_within, hours_are_in_order
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def keep_event(event: Event, *, changed: Sequence[str], by: User | None, via: str) -> Event:
    """Save what staff wrote about a new or known event; more seats go to who waits."""
    if event.pk is None:
        event.save()
        record("event.made", event, by=by, via=via, kind=event.kind)
        return event
    before = _locked(event)
    if changed:
        event.save(update_fields=list(changed))
        record("event.changed", event, by=by, via=via, fields=list(changed))
    if "capacity" in changed:
        offer_free_seats(event, by=by, via=via)
    tell_what_changed(event, before, changed)
    return event


@transaction.atomic
def keep_day(day: EventDay, *, by: User | None, via: str) -> EventDay:
    """Save a new day, or when sellers come and the break is; date and hours move by `move_day`."""
    _locked(day.event)
    verb = "event.day_added" if day.pk is None else "event.day_changed"
    day.save()
    record(verb, day.event, by=by, via=via, day=day.pk, date=day.date)
    return day


@transaction.atomic
def publish_event(event: Event, *, by: User | None, via: str) -> Event:
    """Visitors see it from now on; an event without a day is refused."""
    event = _locked(event)
    if event.published:
        return event
    if not event.days.exists():
        raise ActionRefused(_("Tambahkan paling sedikit satu hari sebelum acara ditampilkan."))
    event.published = True
    event.save(update_fields=["published"])
    record("event.published", event, by=by, via=via)
    return event


@transaction.atomic
def hide_event(event: Event, *, by: User | None, via: str) -> Event:
    """Visitors no longer see it; refused while people are signed up, who would lose their page."""
    event = _locked(event)
    if not event.published:
        return event
    if event.registrations.standing().exists():
        raise ActionRefused(_("Sudah ada pendaftar. Batalkan acaranya supaya mereka diberi tahu."))
    event.published = False
    event.save(update_fields=["published"])
    record("event.hidden", event, by=by, via=via)
    return event


@transaction.atomic
def open_event(event: Event, *, by: User | None, via: str) -> Event:
    """People may sign up."""
    return _decide(event, EventStatus.OPEN, "event.opened", by=by, via=via)


@transaction.atomic
def close_event(event: Event, *, by: User | None, via: str) -> Event:
    """Nobody may sign up any more; who is signed up stays so."""
    return _decide(event, EventStatus.CLOSED, "event.closed", by=by, via=via)


@transaction.atomic
def cancel_event(event: Event, *, reason: str, by: User | None, via: str) -> Event:
    """Call it off for good: the page says so, every seller and everybody signed up is told."""
    event = _locked(event)
    if event.status == EventStatus.CANCELLED:
        return event
    if not reason:
        raise ActionRefused(_("Tulis alasan pembatalan. Alasan ini tampil di halaman acara."))
    if event.days.exists() and not event.days.not_over(at=timezone.now()).exists():
        raise ActionRefused(_("Acara ini sudah selesai, jadi tidak bisa dibatalkan lagi."))
    was, event.status = event.status, EventStatus.CANCELLED
    event.cancelled_at, event.cancel_reason = timezone.now(), reason
    event.save(update_fields=["status", "cancelled_at", "cancel_reason"])
    record("event.cancelled", event, by=by, via=via, was=was, reason=reason)
    tell_everybody("event_cancelled", event, key="")
    close_queue(event, by=by, via=via)
    for day in event.days.not_over(at=timezone.now()):
        close_undecided(day, by=by, via=via)
    return event


@dataclass(frozen=True)
class Hours:
    """When a day is: its date, and its hours in Jakarta."""

    date: date
    opens_at: time
    closes_at: time


@transaction.atomic
def move_day(day: EventDay, *, to: Hours, by: User | None, via: str) -> EventDay:
    """The day gets another date or other hours; every seller and everybody signed up is told.

    An offer that could then be answered too late for the day gets an earlier limit.
    """
    event = _locked(day.event)
    day = EventDay.objects.select_for_update(of=("self",)).get(pk=day.pk)
    day.event = event
    before = Hours(day.date, day.opens_at, day.closes_at)
    if before == to:
        return day
    _refuse_move(event, day, to)
    if to.date != day.date:
        day.moved_from = None if to.date == day.moved_from else day.moved_from or day.date
    day.date, day.opens_at, day.closes_at = to.date, to.opens_at, to.closes_at
    _fit_into_hours(day)
    day.revision += 1
    day.save()
    changes = {"day": day.pk, "before": asdict(before), "after": asdict(to)}
    record("event.day_moved", event, by=by, via=via, **changes)
    if event.published:
        key = f"{day.pk}-{day.revision}"
        tell_everybody("event_moved", event, key=key, day=day, old=before)
    shorten_offers(day, by=by, via=via)
    return day


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _decide(event: Event, status: EventStatus, verb: str, *, by: User | None, via: str) -> Event:
    event = _locked(event)
    if event.status == status:
        return event
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara yang dibatalkan tidak dibuka lagi. Buat acara baru."))
    was, event.status = event.status, status
    event.save(update_fields=["status"])
    record(verb, event, by=by, via=via, was=was)
    return event


def _refuse_move(event: Event, day: EventDay, to: Hours) -> None:
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    if day.is_over(at=timezone.now()):
        raise ActionRefused(_("Hari ini sudah lewat, jadi tidak bisa dipindah."))
    if event.days.filter(date=to.date).exclude(pk=day.pk).exists():
        raise ActionRefused(_("Tanggal ini sudah ada pada acara yang sama."))
    if not hours_are_in_order(to.opens_at, to.closes_at):
        raise ActionRefused(
            _("Jam tutup harus sesudah jam buka, atau paling lambat 06.00 esok paginya.")
        )


def _fit_into_hours(day: EventDay) -> None:
    """Set-up and break of the old hours that do not fit the new ones are dropped."""
    if day.set_up_at and day.set_up_at > day.opens_at:
        day.set_up_at = None
    if (
        day.break_from
        and day.break_to
        and not break_is_within(day.opens_at, day.closes_at, (day.break_from, day.break_to))
    ):
        day.break_from = day.break_to = None
