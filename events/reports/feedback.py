"""What people thought of a training: sums and sentences, never whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from events.models import Attendance, Event
from events.models.feedback import BEST, WORST

ENOUGH = 3
"""Fewer answers would tell who gave which."""
LINK = "training-feedback"
LINK_DAYS = 180


@dataclass(frozen=True)
class Bar:
    score: int
    count: int
    percent: int


@dataclass(frozen=True)
class FeedbackResult:
    """Of one event; `answers` beside `attendees`, since a mean of three says little."""

    event: Event
    attendees: int
    answers: int
    mean: float
    bars: list[Bar]
    most_useful: list[str]
    missing: list[str]

    @property
    def is_enough(self) -> bool:
        return self.answers >= ENOUGH

    @property
    def percent_answered(self) -> int:
        return self.answers * 100 // self.attendees if self.attendees else 0


def shown_from(event: Event) -> date | None:
    """The day after the last; None for an event without days."""
    days = [day.date for day in event.days.all()]
    return max(days) + timedelta(days=1) if days else None


def is_shown(event: Event, *, at: datetime) -> bool:
    first = shown_from(event)
    return first is not None and timezone.localdate(at) >= first


def result_of(event: Event) -> FeedbackResult:
    """Two queries. Sentences stand in the order of their letters, which is nobody's order."""
    rows = list(event.feedback.values_list("score", "most_useful", "missing"))
    there = Attendance.objects.filter(event=event).values("registration").distinct().count()
    count = len(rows)
    scores = [score for score, _useful, _missing in rows]
    enough = count >= ENOUGH
    return FeedbackResult(
        event,
        attendees=there,
        answers=count,
        mean=sum(scores) / count if count else 0.0,
        bars=[_bar(score, scores) for score in range(BEST, WORST - 1, -1)],
        most_useful=sorted(useful for _score, useful, _m in rows if useful and enough),
        missing=sorted(missing for _score, _u, missing in rows if missing and enough),
    )


def _bar(score: int, scores: list[int]) -> Bar:
    count = scores.count(score)
    return Bar(score, count, count * 100 // len(scores) if scores else 0)
