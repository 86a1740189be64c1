"""Carry the demo's dates on, by whole weeks, so that its coming edition is the coming Friday's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils import timezone

from events.models import Event, EventDay
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from umkm_portal.demo.cast import PHONES
from umkm_portal.demo.clock import coming_friday
from umkm_portal.demo.editions import COMING, EDITIONS
from umkm_portal.demo.programme import PROGRAMME

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
    _move_dues(shift)
    return shift.days


def _move_events(shift: timedelta) -> None:
    # Not by the action: nobody must be told that a made-up day moved.
    for day in EventDay.objects.filter(event__slug__in=SLUGS).order_by("-date"):
        EventDay.objects.filter(pk=day.pk).update(
            date=day.date + shift, moved_from=day.moved_from and day.moved_from + shift
        )
    Event.objects.filter(slug__in=SLUGS, sign_up_closes_at__isnull=False).update(
        sign_up_closes_at=F("sign_up_closes_at") + shift
    )


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
