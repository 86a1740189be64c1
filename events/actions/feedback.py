"""One answer of each person who was there; what she wrote is not kept beside her name."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Feedback, FeedbackGiven, Registration, Training
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused


@dataclass(frozen=True)
class Answer:
    score: int
    most_useful: str = ""
    missing: str = ""


@transaction.atomic
def give_feedback(
    registration: Registration, *, answer: Answer, by: User | None, via: str
) -> Registration:
    """Count this answer; a second one of the same person changes nothing."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("event")
        .get(pk=registration.pk)
    )
    if FeedbackGiven.objects.filter(registration=registration).exists():
        return registration
    refusal = why_no_feedback(registration)
    if refusal:
        raise ActionRefused(refusal)
    FeedbackGiven.objects.create(registration=registration)
    Feedback.objects.create(
        event_id=registration.event_id,
        score=answer.score,
        most_useful=answer.most_useful,
        missing=answer.missing,
    )
    # Of the event, by nobody: the trail must not tell whose answer it was.
    record("feedback.given", registration.event, by=None, via=via)
    return registration


def why_no_feedback(registration: Registration) -> str:
    """The sentence for who may not answer (yet); "" for who may."""
    event = registration.event
    training = Training.objects.filter(event=event).first()
    if training is None or not training.feedback_open:
        return _("Masukan untuk acara ini tidak dibuka.")
    if not registration.attendances.exists():
        return _("Masukan hanya dari yang tercatat hadir.")
    if not event.is_done(at=timezone.now()):
        return _("Masukan dibuka setelah pelatihan selesai.")
    return ""
