"""The agenda outside the portal: calendars, feed readers, and a list inside other pages."""

from __future__ import annotations

from datetime import timedelta

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from events.calendars import events_ics
from events.choices import EventKind
from events.feeds import AgendaFeed
from events.forms.agenda import AgendaFilters, read_agenda
from events.models import Event
from events.models.event import EventQuerySet
from events.reports.agenda import coming_events
from events.reports.event_cards import Asked

# A subscribed calendar keeps what was on lately, and learns of what was called off.
FEED_LOOKS_BACK = timedelta(days=30)
FEED_LIMIT = 300
EMBEDDED = 10
_FRAMED = csp_replace({"frame-ancestors": ["*"]})


@login_not_required
@require_safe
def agenda_ics(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    events = _chosen(read_agenda(request.GET)).upcoming(at=now - FEED_LOOKS_BACK)
    calendar = events_ics(events.with_days()[:FEED_LIMIT])
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).with_days(), slug=slug)
    calendar = events_ics([event])
    response = HttpResponse(calendar, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@login_not_required
@require_safe
def agenda_rss(request: HttpRequest) -> HttpResponse:
    response = AgendaFeed(read_agenda(request.GET).asked)(request)
    # Of the newest event; a changed seat or a day called off is as new, and has its ETag.
    del response["Last-Modified"]
    return response


@login_not_required
@require_safe
@xframe_options_exempt
@_FRAMED
def agenda_embed(request: HttpRequest) -> HttpResponse:
    """A short list for the pages of kelurahan; only this and the next may be framed."""
    filters = read_agenda(request.GET)
    cards = coming_events(at=timezone.now(), asked=filters.asked, limit=EMBEDDED)
    context = {"cards": cards, "more": f"/agenda/{filters.query}", "site": settings.SITE_URL}
    return render(request, "events/embed.html", context)


@login_not_required
@require_safe
@xframe_options_exempt
@_FRAMED
def friday_embed(request: HttpRequest) -> HttpResponse:
    cards = coming_events(at=timezone.now(), asked=Asked(kind=EventKind.JBL.value), limit=1)
    context = {"cards": cards, "more": "/jumat/", "site": settings.SITE_URL, "is_friday": True}
    return render(request, "events/embed.html", context)


@login_not_required
@require_safe
def embed_help(request: HttpRequest) -> HttpResponse:
    """How web masters put the list into their pages, and which addresses calendars read."""
    return render(request, "events/embed_help.html", {"kinds": AgendaFilters().kinds})


def _chosen(filters: AgendaFilters) -> EventQuerySet:
    events = Event.objects.public()
    kind, kecamatan, tag = filters.asked[:3]
    events = events.filter(kind=kind) if kind else events
    events = events.filter(kecamatan=kecamatan) if kecamatan else events
    return events.filter(tags__contains=[tag]) if tag else events
