"""What came of a training: for whoever was there, for whoever asks about a certificate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from events.choices import SIGNED_UP, EventKind, EventStatus, RegistrationStatus
from events.models import (
    Certificate,
    Event,
    EventDay,
    FeedbackGiven,
    Material,
    Registration,
    Training,
)
from events.reports.agenda import seats_taken
from members.models import Business


@dataclass(frozen=True)
class Outcome:
    """One sign-up for a training, and everything that came of it so far."""

    registration: Registration
    event: Event
    is_done: bool
    days_there: int
    days: int
    certificate: Certificate | None
    materials: list[Material]
    may_answer: bool
    has_answered: bool

    @property
    def was_there(self) -> bool:
        return self.days_there > 0

    @property
    def missed_days(self) -> int:
        """A certificate is for those who were there on every day."""
        return self.days - self.days_there


def outcome_of(registration: Registration, *, at: datetime) -> Outcome | None:
    """None when it is no training, or the sign-up no longer stands."""
    found = outcomes(Registration.objects.filter(pk=registration.pk), at=at)
    return found[0] if found else None


def outcomes(rows: QuerySet[Registration], *, at: datetime) -> list[Outcome]:
    """The nearest day first; seven queries however many there are."""
    trainings = rows.filter(event__kind=EventKind.TRAINING, status__in=SIGNED_UP)
    related = trainings.select_related("event__training", "business").prefetch_related(
        "event__days",
        "event__materials",
        "attendances",
        Prefetch("certificates", Certificate.objects.standing(), to_attr="standing_certificates"),
    )
    found = list(related)
    answered = set(
        FeedbackGiven.objects.filter(registration__in=[row.pk for row in found]).values_list(
            "registration", flat=True
        )
    )
    made = [_outcome(each, each.pk in answered, at) for each in found]
    return sorted(made, key=lambda outcome: _first_day(outcome.event))


def _first_day(event: Event) -> tuple[bool, str]:
    days = list(event.days.all())
    return (not days, str(days[0].date) if days else "")


def _outcome(registration: Registration, has_answered: bool, at: datetime) -> Outcome:  # noqa: FBT001
    event = registration.event
    done = event.is_done(at=at)
    there = len(registration.attendances.all())
    certificates: list[Certificate] = getattr(registration, "standing_certificates", [])
    training = getattr(event, "training", None)
    is_open = isinstance(training, Training) and training.feedback_open
    takes_part = bool(there) if done else registration.status == RegistrationStatus.REGISTERED
    return Outcome(
        registration,
        event,
        is_done=done,
        days_there=there,
        days=len(event.days.all()),
        certificate=certificates[0] if certificates else None,
        materials=materials_for(event, takes_part=takes_part, at=at),
        may_answer=bool(done and there and is_open and not has_answered),
        has_answered=has_answered,
    )


def materials_for(event: Event, *, takes_part: bool, at: datetime) -> list[Material]:
    """What this person may take home now; before the event whoever has a seat takes part, after
    it whoever was there. Uses the event's `materials` and `days`."""
    return [
        each
        for each in event.materials.all()
        if each.is_out(at=at) and (takes_part or not each.attendees_only)
    ]


@dataclass(frozen=True)
class MyTrainings:
    """`/saya/pelatihan/`: what is to come, the nearest first, and what was, the latest first."""

    coming: list[Outcome]
    past: list[Outcome]


def my_trainings(businesses: QuerySet[Business], *, at: datetime) -> MyTrainings:
    found = outcomes(Registration.objects.within(businesses), at=at)
    return MyTrainings(
        coming=[each for each in found if not _is_past(each.event, at)],
        past=_latest_first(each for each in found if _is_past(each.event, at)),
    )


def _is_past(event: Event, at: datetime) -> bool:
    return all(day.is_over(at=at) for day in event.days.all())


def _latest_first(found: Iterable[Outcome]) -> list[Outcome]:
    return sorted(found, key=lambda outcome: _first_day(outcome.event), reverse=True)


@dataclass(frozen=True)
class Suggestion:
    """A training with a free seat that shows the step; `seats` None when they are not counted."""

    event: Event
    day: EventDay
    seats: int | None


SUGGESTED = 3


def suggestions_for(business: Business, *, stage: str, at: datetime) -> list[Suggestion]:
    """The nearest first; those she has signed up for are no suggestion. Two queries."""
    hers = Registration.objects.standing().filter(business=business).values("event")
    shown = Event.objects.public().filter(
        kind=EventKind.TRAINING, status=EventStatus.OPEN, training__stage=stage
    )
    coming = shown.exclude(pk__in=hers).upcoming(at=at).with_seats().with_days()
    found = (_suggestion(event, at) for event in coming[:20])
    return [each for each in found if each is not None][:SUGGESTED]


def _suggestion(event: Event, at: datetime) -> Suggestion | None:
    taken = seats_taken(event)
    if not event.takes_sign_ups(at=at) or event.is_full(seats_taken=taken):
        return None
    day = next(day for day in event.days.all() if not day.is_over(at=at))
    return Suggestion(event, day, None if event.capacity is None else event.capacity - taken)
