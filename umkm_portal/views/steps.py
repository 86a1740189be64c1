from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.reports.agenda import next_training
from events.reports.trainings import suggestions_for
from members.choices import EvidenceKind
from members.models import Business
from members.reports.programme import Step, next_of, steps_of
from members.views.working import desk


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Jakpreneur's seven steps of the chosen business; for its owner, or who helps the owner."""
    here = desk(request)
    place = next((p for p in here.places if p.is_own or here.helping), None)
    if place is None:
        return render(request, "programme_steps.html", {"business": None})
    now = timezone.now()
    found = steps_of(place.business, on=timezone.localdate(now))
    following = next_of(found)
    context = {
        "business": place.business,
        "steps": found,
        "next": following,
        **_trainings(place.business, following, at=now),
        "reached": sum(step.is_reached for step in found),
    }
    return render(request, "programme_steps.html", context)


def _trainings(business: Business, following: Step | None, *, at: datetime) -> dict[str, Any]:
    """Those that show the next step and have a seat; else the nearest of all."""
    if following is None or EvidenceKind.TRAINING not in following.stage.kinds:
        return {}
    found = suggestions_for(business, stage=following.stage.code, at=at)
    return {"suggestions": found, "training": None if found else next_training(at=at)}
