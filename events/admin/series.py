"""Events that come again, and the copy of the last edition."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.copying import copy_edition
from events.actions.series import planned, publish_series, repeat_event
from events.admin.base import ReadOnlyAdmin, attempt, person
from events.forms.series import CopyForm, SeriesForm, first_values
from events.models import Event, EventSeries
from events.reports.series import preview
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused

Context = dict[str, Any]


def repeat(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """Make or change a series; "lihat" only shows the dates."""
    event = _event(desk, request, pk)
    if event.series and event.series.template_id != event.pk:
        return redirect("admin:events_event_ulangi", event.series.template_id)
    series = EventSeries.objects.select_related("template").filter(template=event).first()
    form = SeriesForm(request.POST or None, initial=first_values(event, series))
    shown = series
    if form.is_valid():
        plan = form.plan(but=series.exceptions if series else [])
        try:
            shown = planned(series or EventSeries(template=event, name=event.name), plan)
            if "simpan" in request.POST:
                made = repeat_event(event, plan=plan, by=person(request), via="admin")
                messages.success(request, _("%s. Tanggalnya dibuat sebagai draf.") % made.words)
                return redirect("admin:events_eventseries_change", made.pk)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
    words = {"title": _("Ulangi %s") % event, "event": event, "form": form, "series": series}
    dates = preview(shown, today=timezone.localdate()) if shown and not form.errors else None
    return render(request, "admin/events/repeat.html", {**context, **words, "preview": dates})


def copy(desk: Any, request: HttpRequest, pk: int, context: Context) -> HttpResponse:
    """The next edition begins as the last one was."""
    event = _event(desk, request, pk)
    form = CopyForm(request.POST or None, initial={"name": event.name})
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = copy_edition(event, **data, by=person(request), via="admin")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Salinan %s disimpan sebagai draf.") % tanggal_polos(data["to"])
            )
            return redirect("admin:events_event_change", made.pk)
    words = {"title": _("Salin %s") % event, "button": _("Buat salinan"), "event": event}
    return render(request, "admin/events/ask.html", {**context, "form": form, **words})


def _event(desk: Any, request: HttpRequest, pk: int) -> Event:
    event = get_object_or_404(Event.objects.with_days().select_related("series"), pk=pk)
    if not desk.has_change_permission(request, event):
        raise PermissionDenied
    return event


@admin.register(EventSeries)
class EventSeriesAdmin(ReadOnlyAdmin):
    """Each date is an event of its own; this page lists them."""

    list_display = ["name", "words_shown", "hours_shown"]
    search_fields = ["name"]
    fields = ["name", "words_shown", "hours_shown"]
    readonly_fields = ["name", "words_shown", "hours_shown"]
    change_form_template = "admin/events/series_page.html"

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.show_all)
        own = [path("<int:pk>/tampilkan/", show, name="events_eventseries_tampilkan")]
        return own + super().get_urls()

    def show_all(self, request: HttpRequest, pk: int) -> HttpResponse:
        series = get_object_or_404(EventSeries, pk=pk)
        if not request.user.has_perm("events.change_event"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        attempt(
            request,
            lambda: publish_series(series, by=person(request), via="admin"),
            _("Semua tanggal yang akan datang tampil di portal."),
        )
        return redirect("admin:events_eventseries_change", pk)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Context | None = None,
    ) -> HttpResponse:
        series = self.get_object(request, object_id)
        dates = preview(series, today=timezone.localdate()) if series else None
        more = {**(extra_context or {}), "preview": dates}
        return super().change_view(request, object_id, form_url, more)

    @admin.display(description=gettext_lazy("kapan"))
    def words_shown(self, series: EventSeries) -> str:
        return series.words

    @admin.display(description=gettext_lazy("jam"))
    def hours_shown(self, series: EventSeries) -> str:
        return f"{series.opens_at:%H.%M}–{series.closes_at:%H.%M} WIB"
