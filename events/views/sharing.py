"""An edition to hand on: its poster, its picture in a chat, the page for civil servants."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.views.share import card_answer
from events.choices import EventKind, EventState, EventStatus
from events.models import Edition, Event, EventDay
from events.reports.paper import poster
from umkm_portal.lib.dates import DAYS, MONTHS, jam
from umkm_portal.lib.share_card import CardWords, draw_card

GROUNDS = {EventKind.JBL.value: "#fff3d1", EventKind.TRAINING.value: "#e6f2e7"}
OTHER_GROUND = "#e7ebfa"


@login_not_required
@require_safe
def edition_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A4, for walls and groups; nobody hangs up what does not take place."""
    shown = Event.objects.public().jbl().not_cancelled().with_days()
    event = get_object_or_404(shown, slug=slug)
    response = HttpResponse(poster(event), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="poster-{event.slug}.pdf"'
    return response


@login_not_required
@require_safe
def event_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture a shared link shows, of an edition as of any other public event."""
    event = get_object_or_404(Event.objects.public().with_days(), slug=slug)
    days = list(event.days.all())
    coming = [day for day in days if not day.is_over(at=timezone.now())]
    day = next(iter(coming or days), None)
    words = CardWords(
        heading=event.name,
        price=_("Dibatalkan") if event.status == EventStatus.CANCELLED else _when(day),
        by=event.venue,
        place=str(event.get_kind_display()),
        ground=GROUNDS.get(event.kind, OTHER_GROUND),
        leaf=_leaf(day),
    )
    return card_answer(request, words, lambda: _drawn(words))


def _when(day: EventDay | None) -> str:
    if day is None:
        return ""
    return f"{DAYS[day.date.weekday()]}, {jam(day.opens_at)}–{jam(day.closes_at)}"


def _leaf(day: EventDay | None) -> tuple[str, str]:
    return (str(day.date.day), f"{MONTHS[day.date.month - 1]} {day.date.year}") if day else ("", "")


@lru_cache(maxsize=24)
def _drawn(words: CardWords) -> bytes:
    return draw_card(words, None)


@login_not_required
@require_safe
def edition_asn(request: HttpRequest, slug: str) -> HttpResponse:
    """For civil servants, whom the mayor asks to buy: where, when, and how without leaving work."""
    event = get_object_or_404(Event.objects.public().jbl().with_days(), slug=slug)
    edition = Edition.objects.filter(event=event).first()
    if edition is None or not (edition.asn_text or edition.online_url):
        raise Http404
    state = event.state(at=timezone.now())
    context = {
        "event": event,
        "edition": edition,
        "state": state,
        "is_over": state in {EventState.DONE, EventState.CANCELLED},
    }
    return render(request, "events/edition_asn.html", context)
