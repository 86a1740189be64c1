"""The table of quotas, and who gets a seat by turn: looked at first, then written."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.allocation import accept_place, allocate_day, preview_day
from events.actions.quotas import set_quotas
from events.admin.base import attempt, person
from events.forms.decisions import OverrideForm
from events.forms.quotas import COLUMNS, QuotasForm, SeedForm, column_label
from events.models import BoothPlace, Edition, Event, EventDay
from events.reports.fairness import newcomers_by_edition, spread
from events.reports.turns import day_turns, filled
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused

Context = dict[str, Any]


def _allowed(desk: Any, request: HttpRequest, event: Event) -> Event:
    if not desk.has_change_permission(request, event):
        raise PermissionDenied
    return event


def quotas(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    event = _allowed(desk, request, get_object_or_404(Event.objects.with_days(), pk=pk))
    form = QuotasForm(request.POST or None, event=event)
    if form.is_valid():
        done = _("Kuota tersimpan. Yang sudah diterima tetap diterima.")
        cells = form.cells()
        attempt(request, lambda: set_quotas(event, cells, by=person(request), via="admin"), done)
        return redirect(request.path)
    days = list(event.days.all())
    coming = [day for day in days if not day.is_over(at=timezone.now())]
    day = next(iter(coming or days), None)
    taken = filled(day) if day else {}
    rows = [
        (row.label, [(field, taken.get(scope), field.initial) for scope, field in row.cells])
        for row in form.rows()
    ]
    edition = Edition.objects.filter(event=event).select_related("event").first()
    page = {
        **context,
        "form": form,
        "rows": rows,
        "columns": [column_label(sector) for sector in COLUMNS],
        "day": day,
        "event": event,
        "seats": edition.seats() if edition else None,
        "given": sum(field.initial or 0 for _label, cells in rows for field, _t, _i in cells),
        "title": _("Kuota %s") % event,
    }
    return render(request, "admin/events/quotas.html", page)


def turns(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """Who would get in by this number; the button below writes exactly that."""
    day = get_object_or_404(EventDay.objects.select_related("event"), pk=pk)
    _allowed(desk, request, day.event)
    last = day.allocations.select_related("by").first()
    seed = last.seed if last else secrets.token_hex(4)
    form = SeedForm(request.POST or request.GET or None, initial={"seed": seed})
    if form.is_bound and form.is_valid():
        seed = form.cleaned_data["seed"]
    if request.method == "POST" and form.is_valid():
        done = _("Tempat dibagi. Tiap penjual diberi tahu hasil dan alasannya.")
        attempt(
            request, lambda: allocate_day(day, seed=seed, by=person(request), via="admin"), done
        )
        return redirect(request.path)
    page: Context = {"form": form, "seed": seed, "last": last, "day": day, "event": day.event}
    try:
        page |= {"turns": day_turns(day, preview_day(day, seed=seed))}
    except ActionRefused as refused:
        page |= {"refused": str(refused)}
    title = _("Giliran %s") % tanggal(day.date)
    return render(request, "admin/events/turns.html", {**context, **page, "title": title})


def accept(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """One seller let in by staff, with the reason that the recap will show."""
    related = BoothPlace.objects.select_related("day__event", "business")
    place = get_object_or_404(related, pk=pk)
    event = _allowed(desk, request, place.day.event)
    form = OverrideForm(request.POST or None)
    if form.is_valid():
        try:
            accept_place(
                place,
                reason=form.cleaned_data["reason"],
                beyond_quota=form.cleaned_data["beyond"],
                by=person(request),
                via="admin",
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%s diterima dan diberi tahu.") % place.business)
            return redirect("admin:events_day_giliran", place.day_id)
    title = _("Terima %s di luar urutan") % place.business
    page = {**context, "form": form, "event": event, "title": title, "button": _("Terima")}
    return render(request, "admin/events/ask.html", page)


def fairness(desk: Any, request: HttpRequest, context: Context) -> HttpResponse:
    """Whether it is always the same faces: newcomers of each edition, and the spread of a year."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    today = timezone.localdate()
    page = {"editions": newcomers_by_edition(), "spread": spread(on=today), "today": today}
    title = _("Pemerataan tempat JBL")
    return render(request, "admin/events/fairness.html", {**context, **page, "title": title})


EVENT_TURN_PAGES = {"kuota": quotas}
DAY_TURN_PAGES = {"giliran": turns}
PLACE_PAGES = {"terima": accept}
