"""The pages and buttons behind one event: decide, move, put up booths, place, see who comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from events.actions.booths import add_booths
from events.actions.editions import (
    cancel_event,
    close_event,
    hide_event,
    move_day,
    open_event,
    publish_event,
)
from events.actions.registration import note_people_taken
from events.admin.base import attempt, person
from events.admin.day_lists import door_sheet, papers, rentals
from events.admin.edition import market_rules
from events.admin.plan import day_places, layout
from events.admin.rules import rules
from events.admin.series import copy, repeat
from events.forms.event import AddBoothsForm, CancelEventForm, MoveDayForm
from events.models import Event, EventDay
from events.reports.editions import seller_count
from events.reports.paper import poster, table_signs
from events.reports.people import people_of
from members.models import Kecamatan
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response

Context = dict[str, Any]
Page = Callable[[Any, HttpRequest, int, Context], HttpResponse]


def _event(desk: Any, request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.with_days(), pk=pk)
    if not desk.has_change_permission(request, event):
        raise PermissionDenied
    return event


def _day(desk: Any, request: HttpRequest, pk: int) -> EventDay:
    day = get_object_or_404(EventDay.objects.select_related("event"), pk=pk)
    if not desk.has_change_permission(request, day.event):
        raise PermissionDenied
    return day


def _back(event: Event) -> HttpResponse:
    return redirect("admin:events_event_change", event.pk)


def _button(action: Callable[..., Event], done: str) -> Page:
    """A decision that asks nothing: POST only."""

    def page(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
        event = _event(desk, request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        attempt(request, lambda: action(event, by=person(request), via="admin"), done)
        return _back(event)

    return page


def _ask(request: HttpRequest, context: Context, form: forms.Form, **words: Any) -> HttpResponse:
    return render(request, "admin/events/ask.html", {**context, "form": form, **words})


def cancel(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    event = _event(desk, request, pk)
    form = CancelEventForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        attempt(
            request,
            lambda: cancel_event(event, reason=reason, by=person(request), via="admin"),
            _("Acara dibatalkan. Penjual dan anggota yang terdaftar diberi tahu."),
        )
        return _back(event)
    words = {"title": _("Batalkan %s") % event, "button": _("Batalkan acara"), "event": event}
    return _ask(request, context, form, **words)


def booths(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    event = _event(desk, request, pk)
    form = AddBoothsForm(request.POST or None)
    if form.is_valid():
        add_booths(event, row=form.row(), by=person(request), via="admin")
        messages.success(request, _("Lapak ditambahkan."))
        return redirect(request.path)
    words = {"title": _("Lapak %s") % event, "button": _("Tambah lapak"), "event": event}
    return _ask(request, context, form, booths=event.booths.all(), **words)


def move(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    day = _day(desk, request, pk)
    initial = {"date": day.date, "opens_at": day.opens_at, "closes_at": day.closes_at}
    form = MoveDayForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            move_day(day, to=form.hours(), by=person(request), via="admin")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Hari dipindah. Yang terdaftar diberi tahu."))
            return _back(day.event)
    words = {"title": _("Pindahkan %s") % tanggal(day.date), "button": _("Pindahkan")}
    return _ask(request, context, form, event=day.event, **words)


def places(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return day_places(request, _day(desk, request, pk), context)


def licences(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return papers(request, _day(desk, request, pk), context)


def equipment(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return rentals(request, _day(desk, request, pk), context)


def sheet(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return door_sheet(request, _day(desk, request, pk), context)


def draw(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return layout(request, _event(desk, request, pk), context)


def people(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """Who is coming, to print with room to sign; with `?berkas=xlsx` the same as a sheet."""
    event = _event(desk, request, pk)
    asked = people_of(event, request.GET.dict(), seen_by=person(request))
    if request.GET.get("berkas") == "xlsx":
        note_people_taken(event, count=len(asked.registered), by=person(request), via="admin")
        return private_response(asked.sheet(), filename=asked.file_name)
    page = {
        **context,
        "event": event,
        "asked": asked,
        "districts": Kecamatan.objects.all(),
        "title": _("Peserta %s") % event,
    }
    return render(request, "admin/events/people.html", page)


def papan(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """A sign for each table of the day, to print and cut."""
    day = _day(desk, request, pk)
    if not seller_count(day):
        messages.warning(request, _("Belum ada penjual di lapak pada hari ini."))
        return _back(day.event)
    return private_response(table_signs(day), filename=f"papan-lapak-{day.date}.pdf")


def poster_page(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """The poster, also before the edition is shown to everybody."""
    event = _event(desk, request, pk)
    return private_response(poster(event), filename=f"poster-{event.slug}.pdf")


def agreed(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return market_rules(request, _event(desk, request, pk), context)


def rule(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    return rules(request, _event(desk, request, pk), context)


EVENT_PAGES: dict[str, Page] = {
    "tampilkan": _button(publish_event, _("Acara tampil di portal.")),
    "sembunyikan": _button(hide_event, _("Acara tidak tampil lagi.")),
    "buka": _button(open_event, _("Pendaftaran dibuka.")),
    "tutup": _button(close_event, _("Pendaftaran ditutup.")),
    "batalkan": cancel,
    "ulangi": repeat,
    "salin": copy,
    "lapak": booths,
    "denah": draw,
    "poster": poster_page,
    "peserta": people,
    "syarat": rule,
    "tata-tertib": agreed,
}
DAY_PAGES: dict[str, Page] = {
    "pindah": move,
    "lapak": places,
    "papan": papan,
    "berkas": licences,
    "perlengkapan": equipment,
    "hadir": sheet,
}
