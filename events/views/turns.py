from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event
from events.reports.turns import public_turns


@login_not_required
@require_safe
def edition_turns(request: HttpRequest, slug: str) -> HttpResponse:
    """How seats are shared out, by which number, and how many got one; nobody by name."""
    event = get_object_or_404(Event.objects.visible_to(request.user).jbl(), slug=slug)
    turns = public_turns(event)
    if turns is None:
        raise Http404
    return render(request, "events/edition_turns.html", {"event": event, "turns": turns})
