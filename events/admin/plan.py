"""Who stands in which booth on a day, in a table beside the plan, and how booths are laid out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from events.actions.booth_plan import assign_booths, fill_booths, lay_out_booths
from events.actions.booths import place_business, remove_business
from events.admin.base import attempt, person
from events.forms.booth import LayoutForm, PlacesForm, as_drawing
from events.forms.decisions import AcceptForm
from events.layout import positions
from events.models import Edition, Event, EventDay
from events.reports.plan import staff_plan
from events.selling import stalls_of, standing_places
from members.models import User
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused


def day_places(request: HttpRequest, day: EventDay, context: dict[str, Any]) -> HttpResponse:
    by = person(request)
    if request.method == "POST" and (done := _pressed(request, day, by)):
        return done
    form = PlacesForm(request.POST or None, day=day, places=list(standing_places(day)))
    turn = AcceptForm(request.POST or None)
    if form.is_bound:
        form.is_valid()
        if turn.is_valid():
            _save(request, form, turn, by)
        if not form.errors and not turn.errors:
            return redirect(request.path)
    plan = staff_plan(day)
    rows = [(spot, form[f"booth-{spot.booth.pk}"]) for spot in plan.spots]
    without = [place for place in form.standing.values() if place.booth_id is None]
    title = _("Lapak %s") % tanggal(day.date)
    page = {"form": form, "day": day, "event": day.event, "title": title, "plan": plan}
    page |= {"rows": rows, "without": without, "turn": turn}
    page["has_turns"] = Edition.objects.filter(event=day.event_id).exists()
    return render(request, "admin/events/places.html", {**context, **page})


def _pressed(request: HttpRequest, day: EventDay, by: User) -> HttpResponse | None:
    """Another button than *Simpan*: fill the free booths, or take a place back."""
    if "isi" in request.POST:
        given = fill_booths(day, by=by, via="admin")
        messages.success(request, _("%d penjual mendapat lapak dan diberi tahu.") % len(given))
        return redirect(request.path)
    if number := request.POST.get("batalkan", ""):
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        place = get_object_or_404(day.places.all(), pk=pk)
        done = _("Tempat dibatalkan. Pemilik usaha diberi tahu.")
        attempt(request, lambda: remove_business(place, by=by, via="admin"), done)
        return redirect(request.path)
    return None


def _save(request: HttpRequest, form: PlacesForm, turn: AcceptForm, by: User) -> None:
    """Right rows are saved, wrong ones are marked."""
    placed = 0
    try:
        placed = len(assign_booths(form.day, wanted=form.wanted(), by=by, via="admin"))
    except ActionRefused as refused:
        form.add_error(None, str(refused))
    booths = {booth.pk: booth for booth in form.booths}
    for field, booth, business in form.newcomers():
        try:
            place_business(
                booths[booth],
                day=form.day,
                business=business,
                reason=turn.cleaned_data["reason"],
                beyond_quota=turn.cleaned_data["beyond"],
                by=by,
                via="admin",
            )
            placed += 1
        except ActionRefused as refused:
            form.add_error(field, str(refused))
    if placed:
        messages.success(request, _("%d lapak berubah. Penjualnya diberi tahu.") % placed)


def layout(request: HttpRequest, event: Event, context: dict[str, Any]) -> HttpResponse:
    drawing = as_drawing(positions(stalls_of(event.booths.all())))
    form = LayoutForm(request.POST or None, event=event, initial={"drawing": drawing})
    if form.is_valid():
        drawn = form.cleaned_data["drawing"]
        lay_out_booths(event, positions=drawn, by=person(request), via="admin")
        messages.success(request, _("Denah disimpan."))
        return redirect(request.path)
    words = {"title": _("Denah %s") % event, "button": _("Simpan denah"), "event": event}
    return render(request, "admin/events/ask.html", {**context, "form": form, **words})
