"""The companion's pages: an owner's code, acting for her, and enrolling owners in the field."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.companion import Sheet, use_companion_code
from members.actions.enrolment import Enrolled, enrol_owner, renew_first_code
from members.actions.registration import FieldRefused
from members.choices import ConsentPurpose
from members.consent_texts import TEXTS
from members.forms.companion import CompanionCodeForm, EnrolForm
from members.models import CompanionAccess
from members.models.companion import ACCESS_LIFE
from members.views.signed_in import signed_in
from members.views.working import HELPING_KEY, companion_only
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.ratelimit import too_many

TRIES, PER_SECONDS = 9, 15 * 60
KEPT_KEY = "lapangan"
"""Session key: what the next form begins with, so that a street of stalls goes fast."""


@require_http_methods(["GET", "HEAD", "POST"])
@companion_only
def use_code(request: HttpRequest) -> HttpResponse:
    form = CompanionCodeForm(request.POST if request.method == "POST" else None)
    status, companion = 200, signed_in(request)
    if form.is_valid():
        if too_many(f"companion code {companion.pk}", limit=TRIES, seconds=PER_SECONDS):
            form.add_error("code", _("Terlalu banyak percobaan. Coba lagi 15 menit lagi."))
            status = 429
        else:
            try:
                code = form.cleaned_data["code"]
                access = use_companion_code(companion, code, by=companion, via="web")
            except ActionRefused as refusal:
                form.add_error("code", str(refusal))
            else:
                return _begin(request, access)
    return render(request, "members/companion_use.html", {"form": form}, status=status)


@require_POST
@companion_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on this session acts for that one owner."""
    return _begin(request, _own(request, pk))


@require_POST
@companion_only
def stop(request: HttpRequest) -> HttpResponse:
    request.session.pop(HELPING_KEY, None)
    messages.success(request, _("Selesai membantu. Akses tetap ada sampai tanggalnya."))
    return redirect("companion_home")


@require_http_methods(["GET", "HEAD", "POST"])
@companion_only
def enrol(request: HttpRequest) -> HttpResponse:
    """One owner on one screen; kelurahan and date stay for the next one."""
    if request.method != "POST":
        return render(request, "members/enrol.html", {"form": EnrolForm(initial=_kept(request))})
    form = EnrolForm(request.POST, request.FILES)
    enrolled = _enrol(request, form) if form.is_valid() else None
    if enrolled is None:
        return render(request, "members/enrol.html", {"form": form})
    data = form.cleaned_data
    request.session[KEPT_KEY] = {
        "kelurahan": data["kelurahan"].pk,
        "signed_on": data["signed_on"].isoformat(),
    }
    return _slip(request, enrolled)


@require_POST
@companion_only
def first_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the paper again with a new code, while the owner has never signed in."""
    try:
        enrolled = renew_first_code(_own(request, pk), by=signed_in(request), via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("companion_home")
    return _slip(request, enrolled)


@login_not_required
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The form an owner signs by hand, to print on A4; it holds nobody's data."""
    context = {"texts": [(p, TEXTS[p]) for p in ConsentPurpose], "days": ACCESS_LIFE.days}
    return render(request, "members/companion_sheet.html", context)


def _own(request: HttpRequest, pk: int) -> CompanionAccess:
    mine = CompanionAccess.objects.of(request.user).standing(at=timezone.now())
    return get_object_or_404(mine.select_related("business__owner"), pk=pk)


def _begin(request: HttpRequest, access: CompanionAccess) -> HttpResponse:
    request.session[HELPING_KEY] = access.pk
    return redirect("owner_home")


def _enrol(request: HttpRequest, form: EnrolForm) -> Enrolled | None:
    data, companion = form.cleaned_data, signed_in(request)
    try:
        return enrol_owner(
            form.application,
            consents=data["consents"],
            sheet=Sheet(data["sheet"], data["signed_on"], _("Didaftarkan di lapangan")),
            by=companion,
            via="web",
        )
    except FieldRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept = request.session.get(KEPT_KEY, {})
    day = parse_date(kept.get("signed_on", "")) or timezone.localdate()
    return {"kelurahan": kept.get("kelurahan"), "signed_on": day}


def _slip(request: HttpRequest, enrolled: Enrolled) -> HttpResponse:
    business = enrolled.access.business
    context = {"code": enrolled.code, "business": business, "access": enrolled.access}
    return render(request, "members/enrol_slip.html", context)
