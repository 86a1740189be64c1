from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.choices import EventState
from events.models import Event
from events.reports.applications import sellers_door
from events.reports.editions import edition_days, editions, jumat_page, target_percent
from events.reports.plan import public_plan
from events.reports.results import has_results, results_of
from events.structured import event_breadcrumbs, event_data


@login_not_required
@require_safe
def jumat(request: HttpRequest) -> HttpResponse:
    page = jumat_page(at=timezone.now())
    return render(request, "events/jumat.html", {"page": page})


@login_not_required
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    coming, past = editions(at=timezone.now())
    return render(request, "events/edition_list.html", {"coming": coming, "past": past})


@login_not_required
@require_safe
def edition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).jbl().with_days().select_related("edition")
    event = get_object_or_404(shown, slug=slug)
    state = event.state(at=timezone.now())
    context = {
        "event": event,
        "data": [*event_data(event), event_breadcrumbs(event)],
        "state": state,
        "is_done": state == EventState.DONE,
        "days": edition_days(event),
        "percent": target_percent(event, event.result_omzet),
        "sellers": sellers_door(event, at=timezone.now()),
        "has_results": has_results(event, at=timezone.now()),
    }
    return render(request, "events/edition_detail.html", context)


@login_not_required
@require_safe
def edition_results(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).jbl().with_days()
    event = get_object_or_404(shown, slug=slug)
    context = {"event": event, "results": results_of(event, at=timezone.now())}
    return render(request, "events/edition_results.html", context)


@login_not_required
@require_safe
def edition_plan(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).jbl().with_days()
    event = get_object_or_404(shown, slug=slug)
    days = list(event.days.all())
    coming = [day for day in days if not day.is_over(at=timezone.now())]
    nearest = (coming or days)[:1]
    asked = [day for day in days if day.date.isoformat() == request.GET.get("hari", "")]
    day = next(iter(asked or nearest), None)
    plan = public_plan(day) if day else None
    state = event.state(at=timezone.now())
    context = {"event": event, "state": state, "days": days, "day": day, "plan": plan}
    return render(request, "events/edition_plan.html", context)
