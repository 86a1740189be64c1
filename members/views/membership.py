from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions.membership import repair_membership, request_membership
from members.choices import ApplicationStatus
from members.forms.membership import MembershipRepairForm
from members.models import Business, KadinMembership
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request: HttpRequest, business_id: int) -> HttpResponse:
    """What Kadin will see, then the request itself."""
    owner = signed_in(request)
    business = get_object_or_404(Business.objects.owned_by(owner), pk=business_id)
    if request.method == "POST":
        try:
            request_membership(business, by=owner, via="web")
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("Permohonan terkirim. Sekretariat Kadin memeriksa paling lama 3 hari kerja."),
            )
        return redirect("members:dues_home")
    return render(request, "members/membership_request.html", {"business": business})


@require_http_methods(["GET", "HEAD", "POST"])
def repair_page(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Only what the secretariat named can be changed here."""
    owner = signed_in(request)
    membership = get_object_or_404(
        KadinMembership.objects.owned_by(owner).select_related("business"), pk=membership_id
    )
    if membership.status != ApplicationStatus.NEEDS_REPAIR:
        return redirect("members:dues_home")
    form = MembershipRepairForm(
        request.POST or None, business=membership.business, fields=membership.repair_fields
    )
    if request.method == "POST" and form.is_valid():
        try:
            repair_membership(membership, changes=form.cleaned_data, by=owner, via="web")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perbaikan terkirim. Sekretariat Kadin memeriksa lagi."))
            return redirect("members:dues_home")
    return render(
        request, "members/membership_repair.html", {"membership": membership, "form": form}
    )
