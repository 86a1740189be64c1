"""Scan a card: it leads to the list of today's market where she is expected, or says who she is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.forms.attendance import ScanForm
from events.models import Registration
from events.reports.doors import DoorToday, doors_today, expected_at
from events.views.attendance import AT_THE_DOOR
from events.views.market import WITH_CAMERA
from umkm_portal.lib.codes import ALPHABET

CARD_SIGNS = 10


@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    """The lists of today, and a field for a code, filled by the camera where there is one."""
    if not request.user.has_perm(AT_THE_DOOR):
        raise Http404
    doors = doors_today(at=timezone.now())
    form = ScanForm(request.GET if "kode" in request.GET else None)
    found: list[DoorToday] = []
    if form.is_valid():
        code = form.cleaned_data["kode"]
        found = expected_at(code.upper(), doors)
        if (there := _leads_to(code, found)) and len(found) < 2:
            return redirect(there)
        if not found:
            form.add_error("kode", _("Kode ini bukan kartu anggota dan bukan tempat peserta."))
    context = {"form": form, "doors": found or doors, "found": found, "code": form.data.get("kode")}
    answer = render(request, "events/scan.html", context)
    answer["Permissions-Policy"] = WITH_CAMERA
    return answer


def _leads_to(code: str, found: list[DoorToday]) -> str:
    """The one list where she is expected, a guest's place, the check of a card; or nowhere."""
    if found:
        return f"{found[0].url}?{urlencode({'q': code})}"
    place = Registration.objects.filter(token=code).first()
    if place:
        return place.get_absolute_url()
    is_card = len(code) == CARD_SIGNS and set(code.upper()) <= set(ALPHABET)
    return f"/cek/{code.upper()}/" if is_card else ""
