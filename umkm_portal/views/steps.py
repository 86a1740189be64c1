from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.reports.agenda import next_training
from members.choices import EvidenceKind
from members.reports.programme import next_of, steps_of
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
        "training": next_training(at=now)
        if following and EvidenceKind.TRAINING in following.stage.kinds
        else None,
        "reached": sum(step.is_reached for step in found),
    }
    return render(request, "programme_steps.html", context)
