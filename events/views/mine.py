from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.reports.mine import my_events
from members.choices import Right
from members.views.working import workable


@require_safe
def my_booths(request: HttpRequest) -> HttpResponse:
    mine = my_events(workable(request, Right.MARKET), at=timezone.now())
    return render(request, "events/my_booths.html", {"mine": mine})
