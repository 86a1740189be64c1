from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.dues import open_proof, submit_proof
from members.actions.dues_rules import expected_period
from members.choices import InvoiceStatus, ProofStatus
from members.forms.dues import ProofForm
from members.models import (
    DuesInvoice,
    DuesProof,
    MembershipTerm,
    User,
)
from members.models.payment import DuesPaymentQuerySet
from members.reports.standing import standings_of
from members.reports.ways import qris_way, ways_to_pay
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull, private_response
from umkm_portal.lib.images import ImageRefused
from umkm_portal.lib.qr import qr_png


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The two memberships of every business, and its bills."""
    standings = standings_of(signed_in(request), on=timezone.localdate())
    return render(request, "members/dues_home.html", {"standings": standings})


@require_safe
def invoice_page(request: HttpRequest, number: str) -> HttpResponse:
    invoice = _invoice(signed_in(request), number)
    return render(request, "members/dues_invoice.html", invoice_context(invoice, ProofForm()))


@require_safe
def qris_image(request: HttpRequest, number: str) -> HttpResponse:
    """The code as a picture to keep: payer and page are often on the same phone."""
    return qris_picture(_invoice(signed_in(request), number))


def qris_picture(invoice: DuesInvoice) -> HttpResponse:
    """The bill's code as a file; raises Http404 when it cannot be paid so."""
    way = qris_way(invoice, at=timezone.now()) if invoice.is_open else None
    if way is None:
        raise Http404
    name = f"qris-{invoice.number}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(qr_png(way.shown), content_type="image/png", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def proof_page(request: HttpRequest, number: str) -> HttpResponse:
    """Take a proof; a reload of this address goes back to the bill."""
    owner = signed_in(request)
    invoice = _invoice(owner, number)
    if request.method != "POST":
        return redirect(invoice)
    form = ProofForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            sent = form.cleaned_data
            submit_proof(
                invoice, sent["bukti"], reference_end=sent["referensi"], by=owner, via="web"
            )
        except (ActionRefused, ImageRefused, StorageFull) as refusal:
            form.add_error("bukti", str(refusal))
        else:
            text = _("Bukti transfer terkirim. Bendahara memeriksa paling lama 2 hari kerja.")
            messages.success(request, text)
            return redirect(invoice)
    fresh = _invoice(owner, number)
    return render(request, "members/dues_invoice.html", invoice_context(fresh, form))


@require_safe
def proof_file(request: HttpRequest, number: str, proof_id: int) -> HttpResponse:
    owner = signed_in(request)
    proof = get_object_or_404(
        DuesProof.objects.select_related("invoice").filter(
            invoice__in=DuesInvoice.objects.owned_by(owner)
        ),
        pk=proof_id,
        invoice__number=number,
    )
    open_proof(proof, by=owner, via="web")
    return private_response(proof.file, filename=proof.download_name)


def _receipts(invoice: DuesInvoice) -> DuesPaymentQuerySet:
    """The newest first."""
    return invoice.payments.standing().select_related("confirmed_by")


def _invoice(owner: User, number: str) -> DuesInvoice:
    return get_object_or_404(
        DuesInvoice.objects.owned_by(owner).select_related("membership__business__owner__owner"),
        number=number,
    )


def invoice_context(invoice: DuesInvoice, form: ProofForm) -> dict[str, Any]:
    term = invoice.term
    period = term.period if term else None
    if invoice.is_open:
        period = expected_period(invoice.membership, on=timezone.localdate())
    proofs = list(invoice.proofs.order_by("-uploaded_at"))
    return {
        "invoice": invoice,
        "form": form,
        "term": MembershipTerm(period=period) if period else None,
        "proofs": proofs,
        "waiting": next((p for p in proofs if p.status == ProofStatus.WAITING), None),
        "refused": proofs[0] if invoice.status == InvoiceStatus.PROOF_REFUSED and proofs else None,
        "payment": _receipts(invoice).first() if term else None,
        "ways": ways_to_pay(invoice, at=timezone.now()) if invoice.is_open else None,
    }
