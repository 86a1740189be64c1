"""An owner enters the code from the paper and confirms which record is hers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members.actions.claims import claim_record, claimable
from members.forms.claims import ClaimForm, ConfirmClaimForm
from members.models import User
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

TRIES, TRIES_PER_ADDRESS, PER_SECONDS = 9, 60, 15 * 60


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """First the code, then business and kelurahan to confirm; tries are counted before a look."""
    user = signed_in(request)
    if request.method != "POST":
        return _page(request, ClaimForm())
    if _too_many_tries(request, user):
        form = ClaimForm()
        sentence = _("Terlalu banyak percobaan. Coba lagi 15 menit lagi, atau hubungi petugas.")
        return _page(request, form, refusal=sentence, status=429)
    form = (ConfirmClaimForm if "confirm" in request.POST else ClaimForm)(request.POST)
    if "code" not in request.POST or form.has_error("code"):
        return _page(request, form)
    try:
        if isinstance(form, ConfirmClaimForm) and form.is_valid():
            return _claimed(request, user, form.cleaned_data["code"])
        return _ask(request, form)
    except ActionRefused as refusal:
        return _page(request, ClaimForm(initial=request.POST.dict()), refusal=str(refusal))


def _claimed(request: HttpRequest, user: User, code: str) -> HttpResponse:
    businesses = claim_record(user, code, by=user, via="web")
    names = ", ".join(business.name for business in businesses)
    messages.success(request, _("%s sekarang di akun Anda.") % names)
    return redirect("members:business_profile")


def _ask(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    """Nothing but names and kelurahan: a found paper must not open somebody's data."""
    code = str(form.data.get("code", ""))[:40]
    businesses = claimable(code)
    if not isinstance(form, ConfirmClaimForm):
        form = ConfirmClaimForm(initial={"code": code})
    return _page(request, form, businesses=businesses)


def _page(request: HttpRequest, form: ClaimForm, status: int = 200, **more: object) -> HttpResponse:
    return render(request, "members/claim.html", {"form": form, **more}, status=status)


def _too_many_tries(request: HttpRequest, user: User) -> bool:
    return too_many(f"claim {user.pk}", limit=TRIES, seconds=PER_SECONDS) or too_many(
        f"claim at {client_ip(request)}", limit=TRIES_PER_ADDRESS, seconds=PER_SECONDS
    )
