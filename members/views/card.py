from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.forms.membership import CardCheckForm
from members.models import DuesPayment
from members.reports.standing import Standing, standing_of_card, standings_of
from members.views.signed_in import signed_in
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.qr import qr_svg
from umkm_portal.lib.ratelimit import too_many

CHECKS = 60
"""Cards looked up by one address in a minute: a gate scans fast, a guesser much faster."""


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """The member cards of the owner's businesses, or what is still to do for one."""
    standings = standings_of(signed_in(request), on=timezone.localdate())
    pages = [(s, _card(s) if s.is_valid else None) for s in standings]
    return render(request, "members/card.html", {"cards": pages})


def _card(standing: Standing) -> dict[str, Any]:
    assert standing.kadin  # noqa: S101  only a member has a card
    business, kelurahan = standing.business, standing.business.kelurahan
    address = settings.SITE_URL + reverse("members:card_check", args=[standing.kadin.card_code])
    return {
        "number": standing.kadin.number,
        "name": business.name,
        "sector": business.get_sector_display(),
        "kecamatan": kelurahan.kecamatan.name if kelurahan else "",
        "ends_on": standing.last_day,
        "jakpreneur": business.is_verified,
        "code": standing.kadin.card_code,
        "check_url": address,
        "qr": qr_svg(address, title=_("Kode QR untuk memeriksa kartu")),
    }


@login_not_required
@require_safe
def check_form(request: HttpRequest) -> HttpResponse:
    """Type a card's code by hand; the answer is on the address its QR holds."""
    form = CardCheckForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("members:card_check", code=form.cleaned_data["kode"])
    return render(request, "members/card_check_form.html", {"form": form})


@login_not_required
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Say in words whether the card is valid today, and nothing personal."""
    if _asks_too_often(request):
        return render(request, "429.html", status=429)
    now = timezone.localtime()
    standing = standing_of_card(code.upper(), on=now.date())
    context = {"standing": standing, "code": code.upper(), "now": now}
    return render(request, "members/card_check.html", context, status=200 if standing else 404)


@login_not_required
@require_safe
def receipt_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a receipt is ours: its number, amount, day and business."""
    if _asks_too_often(request):
        return render(request, "429.html", status=429)
    payment = (
        DuesPayment.objects.select_related("invoice__membership__business", "reversal")
        .filter(receipt_code=code.upper())
        .first()
    )
    context = {"payment": payment, "now": timezone.localtime()}
    return render(request, "members/receipt_check.html", context, status=200 if payment else 404)


def _asks_too_often(request: HttpRequest) -> bool:
    return too_many(f"cek {client_ip(request)}", limit=CHECKS, seconds=60)
