"""Many proofs looked at together: one page to confirm, one answer for each of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.actions.dues import confirm_dues_payment
from members.choices import ProofStatus
from members.forms.payments import ProofsForm
from members.models import DuesProof, User
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah

MOST_AT_ONCE = 50


def accept_proofs_page(
    desk: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[DuesProof]
) -> HttpResponse | None:
    """Ask once for all, then book each by itself; None leads back to the list."""
    waiting = (
        queryset.filter(status=ProofStatus.WAITING)
        .select_related("invoice__membership__business")
        .prefetch_related("invoice__payments")
        .order_by("uploaded_at")
    )
    proofs = list(waiting[:MOST_AT_ONCE])
    if not proofs:
        desk.message_user(request, _("Tidak ada bukti yang menunggu."), messages.WARNING)
        return None
    form = ProofsForm(request.POST if "simpan" in request.POST else None, proofs=proofs)
    if form.is_valid():
        _book_all(desk, request, form)
        return None
    total = rupiah(sum(proof.invoice.missing for proof in proofs))
    count = len(proofs)
    context = {
        **desk.admin_site.each_context(request),
        "title": ngettext(
            "Terima %(n)s bukti (total %(total)s)", "Terima %(n)s bukti (total %(total)s)", count
        )
        % {"n": count, "total": total},
        "opts": desk.opts,
        "form": form,
        "proofs": proofs,
    }
    return TemplateResponse(request, "admin/members/accept_proofs.html", context)


def _book_all(desk: ModelAdmin[Any], request: HttpRequest, form: ProofsForm) -> None:
    """One refused row stops no other; each answer names its bill."""
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    for proof, received_on, reference in form.lines():
        number = proof.invoice.number
        try:
            payment = confirm_dues_payment(
                proof.invoice,
                received_on=received_on,
                amount=proof.invoice.missing,
                reference=reference,
                method=form.cleaned_data["method"],
                proof=proof,
                by=request.user,
                via="admin",
            )
        except ActionRefused as refusal:
            desk.message_user(request, f"{number}: {refusal}", messages.ERROR)
        else:
            text = _("%(number)s: %(amount)s tercatat, kuitansi %(receipt)s.") % {
                "number": number,
                "amount": rupiah(payment.amount),
                "receipt": payment.receipt_number,
            }
            desk.message_user(request, text, messages.SUCCESS)
