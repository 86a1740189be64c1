"""What people thought of a training: who answered and what was answered, kept apart."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.registration import Registration

BEST, WORST = 5, 1


class Feedback(models.Model):
    """One answer. It names nobody, has no time and no number that would tell its order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.CASCADE, related_name="feedback"
    )
    score = models.PositiveSmallIntegerField(
        _("nilai"), validators=[MinValueValidator(WORST), MaxValueValidator(BEST)]
    )
    most_useful = models.CharField(_("paling berguna"), max_length=300, blank=True)
    missing = models.CharField(_("yang kurang"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("masukan")
        verbose_name_plural = _("masukan")
        constraints = [
            models.CheckConstraint(
                condition=Q(score__gte=WORST, score__lte=BEST), name="feedback_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return str(self.score)


class FeedbackGiven(models.Model):
    """This person has answered, so that nobody answers twice; not what, and not when."""

    registration = models.OneToOneField(
        Registration, primary_key=True, on_delete=models.CASCADE, related_name="feedback_given"
    )

    class Meta:
        verbose_name = _("masukan sudah dikirim")
        verbose_name_plural = _("masukan sudah dikirim")

    def __str__(self) -> str:
        return str(self.registration)
