from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.reports.places import known_places
from events.choices import EventKind
from events.forms.agenda import read_agenda
from events.models import Event
from events.reports.agenda import (
    by_week,
    coming_events,
    day_events,
    month_page,
    seats_taken,
    tags_of,
)
from events.reports.trainings import materials_for
from events.structured import event_breadcrumbs, event_data


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    filters = read_agenda(request.GET, is_staff=_is_staff(request))
    now = timezone.now()
    today = timezone.localdate(now)
    cards = coming_events(at=now, asked=filters.asked)
    context = {
        "weeks": by_week(cards, today=today),
        "filters": filters,
        "places": known_places().all,
        "tags": [tag for tag in tags_of(cards) if tag != filters.tag],
        "today": today,
    }
    return render(request, "events/agenda.html", context)


@login_not_required
@require_safe
def agenda_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    filters = read_agenda(request.GET, is_staff=_is_staff(request))
    first = date(int(year), int(month), 1)
    context = {
        "page": month_page(first, at=timezone.now(), asked=filters.asked),
        "filters": filters,
        "places": known_places().all,
        "show_past": "lalu" in request.GET,
    }
    return render(request, "events/agenda_month.html", context)


@login_not_required
@require_safe
def agenda_day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    try:
        asked_for = date(int(year), int(month), int(day))
    except ValueError as no_such_day:
        raise Http404 from no_such_day
    filters = read_agenda(request.GET, is_staff=_is_staff(request))
    around = (asked_for + timedelta(days=away) for away in (-1, 1))
    context = {
        "day": asked_for,
        "cards": day_events(asked_for, at=timezone.now(), asked=filters.asked),
        "around": [other for other in around if 2000 <= other.year <= 2099],
        "filters": filters,
    }
    return render(request, "events/agenda_day.html", context)


def _is_staff(request: HttpRequest) -> bool:
    """Who carries no session is nobody; asking would open one, and no copy be kept."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and bool(
        getattr(request.user, "is_staff", False)
    )


@login_not_required
@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).with_days().with_seats()
    event = get_object_or_404(shown, slug=slug)
    if event.kind == EventKind.JBL:
        return redirect(event)
    now = timezone.now()
    taken = seats_taken(event)
    context = {
        "event": event,
        "data": [*event_data(event), event_breadcrumbs(event)],
        "state": event.state(at=now, seats_taken=taken),
        "takes_sign_ups": event.takes_sign_ups(at=now),
        "is_full": event.is_full(seats_taken=taken),
        "materials": materials_for(event, takes_part=False, at=now),
        "seats_left": None if event.capacity is None else max(event.capacity - taken, 0),
    }
    return render(request, "events/event_detail.html", context)
