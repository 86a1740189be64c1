"""The owner's side of a companion's help: give a code, see what was done, end it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.companion import end_access, offer_access
from members.forms.people import BusinessChoiceForm
from members.models import Business, CompanionAccess
from members.reports.helped import deeds_under
from members.views.signed_in import signed_in
from members.views.working import desk, not_while_helping
from umkm_portal.lib.errors import ActionRefused


@require_safe
def companions(request: HttpRequest) -> HttpResponse:
    """Who may help, until when, and everything they did."""
    now = timezone.now()
    mine = CompanionAccess.objects.owned_by(request.user).select_related("business", "companion")
    begun = list(mine.begun()[:20])
    deeds = deeds_under(begun)
    rows = [
        {"access": row, "is_standing": row.is_standing(at=now), "deeds": deeds[row.pk]}
        for row in begun
    ]
    context = {
        "rows": sorted(rows, key=lambda row: not row["is_standing"]),
        "offered": mine.offered(at=now),
        "may_offer": _own(request).exists(),
    }
    return render(request, "members/companions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@not_while_helping
def offer(request: HttpRequest) -> HttpResponse:
    """Make a code and show it this once: a reload of the answer makes another."""
    businesses = _own(request)
    if not businesses:
        return redirect("members:companions")
    heard = request.POST if request.method == "POST" else None
    form = BusinessChoiceForm(heard, businesses=businesses, initial={"usaha": _chosen(request)})
    if not form.is_valid():
        return render(request, "members/companion_offer.html", {"form": form})
    offered = offer_access(form.business, by=signed_in(request), via="web")
    return render(request, "members/companion_code.html", {"offered": offered})


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    mine = CompanionAccess.objects.owned_by(request.user)
    try:
        end_access(get_object_or_404(mine, pk=pk), by=signed_in(request), via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Akses dicabut dan langsung berlaku."))
    return redirect("members:companions")


def _own(request: HttpRequest) -> Any:
    return Business.objects.owned_by(request.user).exclude(status="cancelled")


def _chosen(request: HttpRequest) -> Business | None:
    chosen = desk(request).chosen
    return chosen.business if chosen and chosen.is_own else None
