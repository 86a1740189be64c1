"""What was typed about a place in the market goes after two years; who stood there stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from events.choices import PlaceStatus
from events.models import BoothPlace
from events.models.sales import FORGOTTEN

WORDS_KEPT = timedelta(days=731)
# A constraint asks for the reason of these, so a word stays in its place.
REASONED = Q(status__in=[PlaceStatus.RETURNED, PlaceStatus.REJECTED])


@transaction.atomic
def forget_place_words(*, at: datetime) -> int:
    """Notes and reasons of market days two years gone; return of how many places."""
    old = BoothPlace.objects.filter(day__date__lt=timezone.localdate(at) - WORDS_KEPT)
    words = ~Q(note="") | ~Q(reason__in=["", FORGOTTEN]) | ~Q(override_reason__in=["", FORGOTTEN])
    return old.filter(words).update(
        note="",
        reason=Case(When(REASONED, then=Value(FORGOTTEN)), default=Value("")),
        override_reason=Case(When(override_reason="", then=Value("")), default=Value(FORGOTTEN)),
    )
