"""The owner's business: its state, what is known of it, and what shoppers may see."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.profile import PublicDetails, change_public_details
from members.application import LABELS, answers
from members.choices import DocumentKind
from members.forms.business import PublicDetailsForm
from members.models import Business
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused

STATE_KINDS = {"approved": "ok", "rejected": "bad", "cancelled": "", "draft": ""}


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """All businesses of the owner, each with its own switches once it is approved."""
    businesses = (
        Business.objects.owned_by(signed_in(request))
        .select_related("owner__owner", "kelurahan__kecamatan")
        .prefetch_related("documents")
        .order_by("-pk")
    )
    return render(
        request,
        "members/business_profile.html",
        {"entries": [entry(business) for business in businesses]},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    business = get_object_or_404(Business.objects.owned_by(user).verified(), pk=pk)
    stored = {name: getattr(business, name) for name in PublicDetailsForm.base_fields}
    form = PublicDetailsForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        try:
            change_public_details(
                business, details=PublicDetails(**form.cleaned_data), by=user, via="web"
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Tersimpan. Halaman usaha langsung mengikuti."))
        return redirect("members:business_profile")
    context = {"form": form, "business": business}
    return render(request, "members/business_settings.html", context)


def entry(business: Business) -> dict[str, object]:
    return {
        "business": business,
        "kind": STATE_KINDS.get(business.status, "wait"),
        "answers": [answer for answer in answers(business) if answer.value],
        "documents": [row for row in business.documents.all() if row.kind == DocumentKind.KTP],
        "repairs": [LABELS[name] for name in business.repair_fields],
    }
