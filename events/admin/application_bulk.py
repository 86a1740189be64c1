"""Several applications answered at once: one page to confirm, one answer for each of them.

Letting many in at once is what the page of turns is for: it keeps the order and the quotas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.applications import (
    MENDABLE,
    REFUSABLE,
    reject_application,
    return_application,
)
from events.admin.base import person
from events.choices import PlaceStatus
from events.forms.decisions import ManyForm
from events.models import BoothPlace
from events.models.booth import BoothPlaceQuerySet
from events.reports.applications_desk import lacking_papers
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.errors import ActionRefused

MOST_AT_ONCE = 100


def return_page(
    desk: ModelAdmin[Any], request: HttpRequest, queryset: BoothPlaceQuerySet
) -> HttpResponse | None:
    return _page(desk, request, queryset.filter(status__in=MENDABLE), is_refusal=False)


def reject_page(
    desk: ModelAdmin[Any], request: HttpRequest, queryset: BoothPlaceQuerySet
) -> HttpResponse | None:
    return _page(desk, request, queryset.filter(status__in=REFUSABLE), is_refusal=True)


def _page(
    desk: ModelAdmin[Any], request: HttpRequest, waiting: BoothPlaceQuerySet, *, is_refusal: bool
) -> HttpResponse | None:
    """Ask once for all, then answer each by itself; None leads back to the list."""
    related = waiting.select_related("business__kelurahan__kecamatan", "day__event")
    places = list(related.order_by("day__date", "applied_at", "pk")[:MOST_AT_ONCE])
    if not places:
        desk.message_user(
            request, _("Di antara yang dipilih tidak ada yang menunggu jawaban."), messages.WARNING
        )
        return None
    lacking = lacking_papers(places)
    rows = [(place, ", ".join(p.label for p in lacking[place.pk])) for place in places]
    data = request.POST if "simpan" in request.POST else None
    form = ManyForm(data, rows=rows, is_refusal=is_refusal)
    if form.is_valid():
        _answer_all(desk, request, form, reject_application if is_refusal else return_application)
        return None
    context = {
        **desk.admin_site.each_context(request),
        "title": _title(len(places), is_refusal=is_refusal),
        "opts": desk.opts,
        "form": form,
        "rows": rows,
        "action": request.POST.get("action", ""),
        "is_refusal": is_refusal,
    }
    return TemplateResponse(request, "admin/events/answer_many.html", context)


def _title(count: int, *, is_refusal: bool) -> str:
    if is_refusal:
        return ngettext("Tolak %d pengajuan", "Tolak %d pengajuan", count) % count
    return ngettext("Kembalikan %d pengajuan", "Kembalikan %d pengajuan", count) % count


def _answer_all(
    desk: ModelAdmin[Any], request: HttpRequest, form: ManyForm, act: Callable[..., BoothPlace]
) -> None:
    """One refused row stops no other; each answer names its business and day."""
    by = person(request)
    for place, reason in form.answers():
        who = f"{place.business}, {tanggal_pendek(place.day.date)}"
        try:
            done = act(place, reason=reason, by=by, via="admin")
        except ActionRefused as refused:
            desk.message_user(request, f"{who}: {refused}", messages.ERROR)
        else:
            word = PlaceStatus(done.status).label
            desk.message_user(request, f"{who}: {word}.", messages.SUCCESS)
