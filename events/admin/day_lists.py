"""What a market day still lacks: licences of its sellers, tables, chairs and power."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from events.admin.base import person
from events.models import BoothPlace, EventDay
from events.reports.applications_desk import lacking_on
from events.reports.rentals import stock_of, who_needs_what
from umkm_portal.lib.dates import tanggal


def papers(request: HttpRequest, day: EventDay, context: dict[str, Any]) -> HttpResponse:
    """Whom to call on H-3, with what to write to each."""
    rows = lacking_on(day, BoothPlace.objects.within_reach_of(person(request)))
    page = {"rows": rows, "day": day, "event": day.event}
    title = _("Berkas yang belum lengkap, %s") % tanggal(day.date)
    return render(request, "admin/events/papers.html", {**context, **page, "title": title})


def rentals(request: HttpRequest, day: EventDay, context: dict[str, Any]) -> HttpResponse:
    """For the person who brings tables and chairs."""
    page = {"stock": stock_of(day), "rows": who_needs_what(day), "day": day, "event": day.event}
    title = _("Meja, kursi, dan listrik, %s") % tanggal(day.date)
    return render(request, "admin/events/rentals.html", {**context, **page, "title": title})
