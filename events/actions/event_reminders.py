"""Reminders of one's own place: on the eve at 16.00, and two hours before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.actions.seats import locked
from events.actions.telling import tell
from events.choices import EventStatus
from events.models import Event, EventDay, Registration
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.notices.models import Notice

EVE, NIGHT = time(16), time(21)
SHORTLY = timedelta(hours=2)
PURPOSE = "event_reminder"


@dataclass(frozen=True)
class Reminder:
    """`due` is when it fell due: who signed up later was told all of it just then."""

    day: EventDay
    due: datetime
    soon: bool

    @property
    def key(self) -> str:
        """A day that moved is reminded of again."""
        return f"{'2j' if self.soon else 'h-1'}-{self.day.pk}-{self.day.revision}"

    def people(self) -> QuerySet[Registration]:
        """With a seat since before it fell due, and not told yet."""
        seated = self.day.event.registrations.registered().annotate(
            since=Coalesce("answered_at", "promoted_at", "registered_at")
        )
        kind = ContentType.objects.get_for_model(Registration)
        told = Notice.objects.filter(purpose=PURPOSE, key=self.key, content_type=kind)
        return seated.filter(since__lt=self.due).exclude(pk__in=told.values("object_id"))


def due_reminder(day: EventDay, *, at: datetime) -> Reminder | None:
    """What is due about this day at this moment; at night only the last two hours before it."""
    shortly = day.begins - SHORTLY
    if shortly <= at < day.begins:
        return Reminder(day, shortly, soon=True)
    eve, night = (
        timezone.make_aware(datetime.combine(day.date - timedelta(days=1), hour))
        for hour in (EVE, NIGHT)
    )
    return Reminder(day, eve, soon=False) if eve <= at < min(night, shortly) else None


def _goes_on(day: EventDay) -> bool:
    """Of several days in a row the first is enough."""
    return EventDay.objects.filter(event=day.event_id, date=day.date - timedelta(days=1)).exists()


@transaction.atomic
def remind(event: Event, *, at: datetime, by: User | None, via: str) -> Event:
    """Everybody with a seat on a day that is near is told once.

    The event is held, so that nobody who gives her seat back is reminded after it.
    """
    event = locked(event)
    if event.status == EventStatus.CANCELLED:
        return event
    for day in event.days.all():
        reminder = due_reminder(day, at=at)
        if reminder is None or _goes_on(day):
            continue
        rows = list(reminder.people().with_people().order_by("pk"))  # type: ignore[attr-defined]
        for registration in rows:
            words = {"day": day, "soon": day.date == timezone.localdate(at)}
            tell(registration, PURPOSE, key=reminder.key, until=day.begins, **words)
        if rows:
            record("event.reminded", event, by=by, via=via, key=reminder.key, count=len(rows))
    return event


def remind_of_events(*, at: datetime) -> int:
    """Every minute; return how many events had somebody to remind."""
    here = timezone.localtime(at)
    near = EventDay.objects.between(here.date(), here.date() + timedelta(days=1)).not_cancelled()
    seated = Registration.objects.registered().filter(event=OuterRef("event"))
    due = {
        day.event
        for day in near.filter(Exists(seated)).select_related("event")
        if (reminder := due_reminder(day, at=at))
        and not _goes_on(day)
        and reminder.people().exists()
    }
    for event in due:
        remind(event, at=at, by=None, via="jadwal")
    return len(due)
