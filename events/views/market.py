"""The staff phone at a market: ticked off by name or card, also through minutes without signal."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.checkin import mark_arrived, mark_missed, take_back_arrival
from events.forms.attendance import SHOWN, DoorFilterForm, MarketTapForm
from events.models import BoothPlace, EventDay
from events.reports.market_door import market_door, searched
from members.models import User
from umkm_portal.lib.errors import ActionRefused

WITH_CAMERA = "camera=(self), geolocation=(), microphone=(), payment=()"
DONE = {
    "hadir": gettext_lazy("%s dicatat hadir."),
    "absen": gettext_lazy("%s dicatat tidak hadir."),
    "batal": gettext_lazy("%s kembali ditunggu."),
}
MOST_KEPT = 500
"""Taps a phone may have kept: more than a market has sellers."""


def market(request: HttpRequest, day: EventDay, by: User, *, may_correct: bool) -> HttpResponse:
    """The list, or one tap, or with JSON those a phone has kept."""
    if request.content_type == "application/json" and request.method == "POST":
        return JsonResponse(_kept_taps(request, day, by), safe=False)
    if request.method == "POST":
        form = MarketTapForm(request.POST)
        if form.is_valid():
            said = {**form.cleaned_data, "alasan": form.cleaned_data["alasan"] * may_correct}
            refused = _do(day, said, by)
            done = DONE[said["apa"]] % _place(day, said["siapa"]).business
            (messages.error if refused else messages.success)(request, refused or done)
        return redirect("events:attendance", day.pk)
    return _list(request, day, may_correct=may_correct)


def _list(request: HttpRequest, day: EventDay, *, may_correct: bool) -> HttpResponse:
    """Says itself until when a phone may keep it for minutes without signal."""
    q, show = DoorFilterForm(request.GET).chosen()
    door = market_door(day, at=timezone.now(), q=q, show=show)
    context = {
        "door": door,
        "rows": [(place, searched(place)) for place in door.places],
        "q": q,
        "show": show,
        "shown": SHOWN,
        "may_correct": may_correct,
    }
    answer = render(request, "events/market_door.html", context)
    answer["Permissions-Policy"] = WITH_CAMERA
    if door.keep_until:
        answer["X-Keep-Until"] = f"{door.keep_until.timestamp() * 1000:.0f}"
    return answer


def _kept_taps(request: HttpRequest, day: EventDay, by: User) -> list[dict[str, str]]:
    """What became of each, in order: an empty sentence when it was done."""
    try:
        taps = json.loads(request.body)
    except ValueError as error:
        raise BadRequest from error
    if not isinstance(taps, list) or len(taps) > MOST_KEPT:
        raise BadRequest
    return [_tell(day, tap, by) for tap in taps]


def _tell(day: EventDay, tap: Any, by: User) -> dict[str, str]:
    known = tap if isinstance(tap, dict) else {}
    form = MarketTapForm({name: known.get(name) for name in ("siapa", "apa")})
    number = str(known.get("id", ""))[:60]
    if not form.is_valid() or not day.places.filter(pk=form.cleaned_data["siapa"]).exists():
        return {"id": number, "teks": _("Satu catatan tidak dikenali, jadi tidak disimpan.")}
    return {"id": number, "teks": _do(day, form.cleaned_data, by, at=_moment(known.get("pada")))}


def _moment(typed: Any) -> datetime | None:
    try:
        moment = parse_datetime(typed) if isinstance(typed, str) else None
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


def _do(day: EventDay, said: dict[str, Any], by: User, *, at: datetime | None = None) -> str:
    """The refusal, or nothing."""
    place, reason = _place(day, said["siapa"]), said["alasan"]
    try:
        if said["apa"] == "hadir":
            mark_arrived(place, at=at, reason=reason, by=by, via="web")
        elif said["apa"] == "absen":
            mark_missed(place, reason=reason, by=by, via="web")
        else:
            take_back_arrival(place, reason=reason, by=by, via="web")
    except ActionRefused as refused:
        return str(refused)
    return ""


def _place(day: EventDay, pk: int) -> BoothPlace:
    return get_object_or_404(day.places.select_related("business"), pk=pk)
