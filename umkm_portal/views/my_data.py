"""The person's own data: what is held, a copy of it, mending it, and being forgotten."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.data_requests import ask_correction, ask_erasure, withdraw_request
from members.forms.data_request import CorrectionForm
from members.models import DataRequest, DuesInvoice
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response
from umkm_portal.my_data import as_json, as_pdf, everything_about


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    context = {
        "sections": everything_about(user),
        "requests": DataRequest.objects.of(user),
        "may_ask_erasure": not user.is_staff,
    }
    return render(request, "my_data/page.html", context)


@require_safe
def as_json_file(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    data = as_json(everything_about(signed_in(request)))
    return private_response(data, filename=f"data-saya-{today:%Y-%m-%d}.json")


@require_safe
def as_pdf_file(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    data = as_pdf(user, everything_about(user))
    return private_response(data, filename=f"data-saya-{timezone.localdate():%Y-%m-%d}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_correction(user, text=form.cleaned_data["text"], by=user, via="web")
        messages.success(request, _("Permintaan koreksi kami terima. Jawabannya ada di Pesan."))
        return redirect("my_data")
    return render(request, "my_data/correct.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
def erase(request: HttpRequest) -> HttpResponse:
    """What goes and what stays, said before the button; the password was asked for on the way."""
    user = signed_in(request)
    if request.method == "POST":
        try:
            ask_erasure(user, by=user, via="web")
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Permintaan hapus data kami terima."))
        return redirect("my_data")
    bills = DuesInvoice.objects.owned_by(user).open()
    return render(request, "my_data/erase.html", {"open_bills": bills})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    asked = get_object_or_404(DataRequest.objects.of(user), pk=pk)
    try:
        withdraw_request(asked, by=user, via="web")
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Permintaan dibatalkan. Data Anda tetap seperti semula."))
    return redirect("my_data")
