"""Lists of a market day: licences that lack, tables, chairs and power, the paper for its door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.attendance import door_closes
from events.admin.base import person
from events.models import BoothPlace, EventDay
from events.reports.applications_desk import lacking_on
from events.reports.market_door import market_door
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


def door_sheet(request: HttpRequest, day: EventDay, context: dict[str, Any]) -> HttpResponse:
    """The list at the door on paper, for a day without phones: booth, seller, room to sign."""
    door = market_door(day, at=timezone.now())
    page = {"door": door, "closes": door_closes(day), "day": day, "event": day.event}
    title = _("Daftar hadir penjual, %s") % tanggal(day.date)
    return render(request, "admin/events/door_sheet.html", {**context, **page, "title": title})
