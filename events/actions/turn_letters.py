"""Telling thousands what came of their requests takes longer than a page may."""

from __future__ import annotations

from collections.abc import Sequence

from django_tasks import task

from events.actions.place_letters import tell_before_the_end
from events.choices import PlaceStatus
from events.models import BoothPlace

LETTERS = {PlaceStatus.ACCEPTED: "jbl_accepted", PlaceStatus.WAITLISTED: "jbl_waitlisted"}
LETTERS_A_JOB = 100


@task()
def tell_turns_job(places: list[int]) -> int:
    """Tell sellers what came of their request; whoever was told already is not told again."""
    rows = BoothPlace.objects.filter(pk__in=places, status__in=LETTERS)
    found = list(rows.select_related("business__owner", "day__event", "booth").order_by("pk"))
    for place in found:
        tell_before_the_end(place, LETTERS[PlaceStatus(place.status)])
    return len(found)


def tell_turns_later(places: Sequence[int]) -> None:
    """Jobs of a hundred letters each, saved with the work they tell of."""
    for start in range(0, len(places), LETTERS_A_JOB):
        tell_turns_job.enqueue(list(places[start : start + LETTERS_A_JOB]))
