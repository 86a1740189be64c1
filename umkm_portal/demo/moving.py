"""Carry the demo's dates on, by whole weeks, so that its coming edition is the coming Friday's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils import timezone

from events.choices import PlaceStatus
from events.models import (
    BoothPlace,
    Certificate,
    Edition,
    Event,
    EventDay,
    EventProposal,
    EventSeries,
    SalesReport,
)
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from umkm_portal.demo.cast import PHONES
from umkm_portal.demo.clock import coming_friday
from umkm_portal.demo.editions import COMING, EDITIONS
from umkm_portal.demo.programme import PROGRAMME
from umkm_portal.demo.weekly import NAMES

SLUGS = [edition.slug for edition in EDITIONS] + [planned.slug for planned in PROGRAMME]


@transaction.atomic
def move_to_today() -> int:
    """Return by how many days the demo moved: 0 when it stands right already."""
    day = (
        EventDay.objects.select_for_update()
        .filter(event__slug=COMING.slug)
        .order_by("date")
        .first()
    )
    if day is None:
        return 0
    shift = coming_friday(timezone.localdate()) - day.date
    if shift <= timedelta(0):
        return 0
    _move_events(shift)
    _move_weekly(shift)
    _move_dues(shift)
    return shift.days


def _move_events(shift: timedelta) -> None:
    # Not by the action: nobody must be told that a made-up day moved.
    weekly = EventSeries.objects.filter(name__in=NAMES)
    shown = Q(event__slug__in=SLUGS) | Q(event__series__in=weekly)
    for day in EventDay.objects.filter(shown).order_by("-date"):
        EventDay.objects.filter(pk=day.pk).update(
            date=day.date + shift, moved_from=day.moved_from and day.moved_from + shift
        )
    Certificate.objects.filter(registration__event__slug__in=SLUGS).update(
        held_from=F("held_from") + shift, held_to=F("held_to") + shift
    )
    _move_applications(shift)
    SalesReport.objects.filter(day__event__slug__in=SLUGS).update(
        reported_at=F("reported_at") + shift, changed_at=F("changed_at") + shift
    )
    Event.objects.filter(slug__in=SLUGS, sign_up_closes_at__isnull=False).update(
        sign_up_closes_at=F("sign_up_closes_at") + shift
    )


def _move_applications(shift: timedelta) -> None:
    """Who may apply, and until when an open offer is kept."""
    events = Event.objects.filter(Q(slug__in=SLUGS) | Q(series__name__in=NAMES))
    Edition.objects.filter(event__in=events).update(
        applications_open_at=F("applications_open_at") + shift,
        applications_close_at=F("applications_close_at") + shift,
    )
    BoothPlace.objects.filter(day__event__in=events, status=PlaceStatus.OFFERED).update(
        offered_at=F("offered_at") + shift, offer_until=F("offer_until") + shift
    )


def _move_weekly(shift: timedelta) -> None:
    for series in EventSeries.objects.filter(name__in=NAMES):
        pattern = series.pattern
        until = pattern.until and pattern.until + shift
        moved = replace(pattern, first=pattern.first + shift, until=until)
        series.rule, series.first_date = moved.rule(), moved.first
        series.exceptions = [day + shift for day in series.exceptions]
        series.save(update_fields=["rule", "first_date", "exceptions"])
        for event in series.events.order_by("-series_date"):
            Event.objects.filter(pk=event.pk).update(series_date=F("series_date") + shift)
    EventProposal.objects.filter(phone__startswith=PHONES).update(date=F("date") + shift)


def _move_dues(shift: timedelta) -> None:
    """Who was soon to lapse still is; the latest term first, for two may not overlap."""
    owned = {"membership__business__owner__phone__startswith": PHONES}
    for term in MembershipTerm.with_revoked.filter(**owned).order_by("-period"):
        period = DateRange(term.period.lower + shift, term.period.upper + shift)
        MembershipTerm.with_revoked.filter(pk=term.pk).update(period=period)
    DuesInvoice.objects.filter(**owned).update(
        issued_on=F("issued_on") + shift, due_on=F("due_on") + shift
    )
    with _ledger_unlocked():
        DuesPayment.objects.filter(
            **{f"invoice__{name}": value for name, value in owned.items()}
        ).update(received_on=F("received_on") + shift)


@contextmanager
def _ledger_unlocked() -> Iterator[None]:
    """Made-up money is moved in time; that of members never is, and a trigger sees to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_duespayment DISABLE TRIGGER ledger_rows_never_change")
        yield
        cursor.execute("ALTER TABLE members_duespayment ENABLE TRIGGER ledger_rows_never_change")
