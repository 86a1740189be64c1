from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.cards import replace_card
from members.choices import CardReplacement
from members.forms.membership import CardCheckForm, CardReplaceForm
from members.models import RevokedCard, User
from members.reports.card_check import jakpreneur_picture, verdict_of
from members.reports.cards import A_PAGE, CardFace, card_png, card_sheet, face_of
from members.reports.standing import Standing, standing_of_card, standings_of
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.qr import qr_svg
from umkm_portal.lib.ratelimit import too_many

CHECKS = 60
"""Cards looked up by one address in a minute: a gate scans fast, a guesser much faster."""


@require_safe
def cards(request: HttpRequest) -> HttpResponse:
    """The member cards of the owner's businesses, or what is still to do for one."""
    standings = standings_of(signed_in(request), on=timezone.localdate())
    pages = [(s, face_of(s) if s.is_valid else None) for s in standings]
    drawn = [(s, face, _qr(face) if face else "") for s, face in pages]
    return render(request, "members/card.html", {"cards": drawn})


def _qr(face: CardFace) -> str:
    return qr_svg(face.check_url, title=_("Kode QR untuk memeriksa kartu"))


@require_safe
def picture(request: HttpRequest, number: str) -> HttpResponse:
    """The card to keep among the phone's pictures."""
    face = _face(signed_in(request), number)
    return private_response(card_png(face), filename=f"kartu-{face.number}.png")


@require_safe
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The card eight times on A4, for the shop, the stall and the helpers."""
    face = _face(signed_in(request), number)
    return private_response(card_sheet([face] * A_PAGE), filename=f"kartu-{face.number}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once more, then give the card another code."""
    owner = signed_in(request)
    standing = _standing(owner, number)
    assert standing.kadin  # noqa: S101  fetched by its number
    form = CardReplaceForm(
        request.POST if request.method == "POST" else None,
        initial={"code": standing.kadin.card_code},
    )
    if form.is_valid():
        code, reason = form.cleaned_data["code"], CardReplacement(form.cleaned_data["reason"])
        try:
            replace_card(standing.kadin, code=code, reason=reason, by=owner, via="web")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kode kartu diganti. Kartu lama tidak berlaku lagi."))
            return redirect("members:member_card")
    return render(request, "members/card_replace.html", {"form": form, "standing": standing})


def _standing(owner: User, number: str) -> Standing:
    """The owner's membership of that number, or Http404."""
    for standing in standings_of(owner, on=timezone.localdate()):
        if standing.kadin and standing.kadin.number == number:
            return standing
    raise Http404


def _face(owner: User, number: str) -> CardFace:
    """A card that is good today; no other is drawn."""
    standing = _standing(owner, number)
    if not standing.is_valid:
        raise Http404
    return face_of(standing)


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
    if asks_too_often(request):
        return render(request, "members/check_too_often.html", status=429)
    now, code = timezone.localtime(), code.upper()
    standing = standing_of_card(code, on=now.date())
    revoked = None if standing else RevokedCard.objects.coded(code).first()
    context = {
        "standing": standing,
        "verdict": verdict_of(standing, revoked),
        "jakpreneur_picture": jakpreneur_picture(standing) if standing else "",
        "code": code,
        "now": now,
    }
    status = 200 if standing else 410 if revoked else 404
    return render(request, "members/card_check.html", context, status=status)


def asks_too_often(request: HttpRequest) -> bool:
    return too_many(f"cek {client_ip(request)}", limit=CHECKS, seconds=60)
