from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.choices import EventKind
from events.feeds import events_ics
from events.forms.agenda import KINDS, read_agenda
from events.models import Event
from events.reports.agenda import (
    by_week,
    coming_events,
    month_page,
    seats_taken,
)
from events.reports.trainings import materials_for
from events.structured import event_breadcrumbs, event_data

# A subscribed calendar keeps what was on lately, and learns of what was called off.
FEED_LOOKS_BACK = timedelta(days=30)
FEED_LIMIT = 300


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    filters = read_agenda(request.GET)
    now = timezone.now()
    today = timezone.localdate(now)
    cards = coming_events(at=now, kind=filters.kind, kecamatan=filters.code)
    context = {
        "weeks": by_week(cards, today=today),
        "kinds": KINDS,
        "kind": filters.kind,
        "kecamatan": filters.kecamatan,
        "today": today,
    }
    return render(request, "events/agenda.html", context)


@login_not_required
@require_safe
def agenda_month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    filters = read_agenda(request.GET)
    first = date(int(year), int(month), 1)
    page = month_page(first, at=timezone.now(), kind=filters.kind, kecamatan=filters.code)
    context = {
        "page": page,
        "kinds": KINDS,
        "kind": filters.kind,
        "show_past": "lalu" in request.GET,
    }
    return render(request, "events/agenda_month.html", context)


@login_not_required
@require_safe
def agenda_ics(request: HttpRequest) -> HttpResponse:
    filters = read_agenda(request.GET)
    now = timezone.now()
    events = Event.objects.public().upcoming(at=now - FEED_LOOKS_BACK).with_days()
    if filters.kind:
        events = events.filter(kind=filters.kind)
    if filters.code:
        events = events.filter(kecamatan=filters.code)
    return HttpResponse(
        events_ics(events[:FEED_LIMIT], at=_hour(now)), content_type="text/calendar"
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


@login_not_required
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).with_days(), slug=slug)
    response = HttpResponse(
        events_ics([event], at=_hour(timezone.now())), content_type="text/calendar"
    )
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def _hour(now: datetime) -> datetime:
    """The stamp of a calendar: the same for an hour, so that who has it already is told so."""
    return now.replace(minute=0, second=0, microsecond=0)
