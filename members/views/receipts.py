from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.actions.dues_rules import expected_period
from members.models import BankAccount, DuesInvoice, DuesPayment, User
from members.reports.receipts import Receipt, ReceiptCheck, invoice_pdf, receipt_pdf
from members.views.card import asks_too_often
from members.views.signed_in import signed_in
from umkm_portal.lib.files import private_response
from umkm_portal.lib.qr import qr_svg


@require_safe
def receipt_page(request: HttpRequest, number: str, receipt: str = "") -> HttpResponse:
    """A kuitansi, to print on A4; without its number the newest of the bill."""
    payments = list(_receipts(signed_in(request), number))
    chosen = next((p for p in payments if receipt in {"", p.receipt_number}), None)
    if chosen is None:
        raise Http404
    made = Receipt(chosen)
    context = {
        "receipt": made,
        "payment": chosen,
        "invoice": chosen.invoice,
        "others": [payment for payment in payments if payment != chosen],
        "qr": qr_svg(made.check_url, title=_("Kode QR untuk memeriksa kuitansi")),
    }
    return render(request, "members/dues_receipt.html", context)


@require_safe
def receipt_file(request: HttpRequest, number: str, receipt: str) -> HttpResponse:
    payment = get_object_or_404(_receipts(signed_in(request), number), receipt_number=receipt)
    return private_response(receipt_pdf(Receipt(payment)), filename=f"kuitansi-{receipt}.pdf")


@require_safe
def invoice_file(request: HttpRequest, number: str) -> HttpResponse:
    """The tagihan on A4, as it stands today."""
    invoice = get_object_or_404(
        DuesInvoice.objects.owned_by(signed_in(request)).select_related(
            "membership__business__owner__owner"
        ),
        number=number,
    )
    today = timezone.localdate()
    period = invoice.term.period if invoice.term else None
    if period is None and invoice.is_open:
        period = expected_period(invoice.membership, on=today)
    bank = BankAccount.objects.in_force(at=timezone.now())
    made = invoice_pdf(invoice, period=period, bank=bank, on=today)
    return private_response(made, filename=f"tagihan-{invoice.number}.pdf")


@login_not_required
@require_safe
def receipt_check(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether a receipt is ours: its number, amount, day and business."""
    if asks_too_often(request):
        return render(request, "members/check_too_often.html", status=429)
    payment = (
        DuesPayment.objects.select_related(
            "invoice__membership__business", "reversal", "correction"
        )
        .prefetch_related("refunded_by", "invoice__terms")
        .filter(receipt_code=code.upper())
        .first()
    )
    context = {
        "check": ReceiptCheck(payment) if payment else None,
        "now": timezone.localtime(),
    }
    return render(request, "members/receipt_check.html", context, status=200 if payment else 404)


def _receipts(owner: User, number: str) -> QuerySet[DuesPayment]:
    """Of one bill of this owner, the newest first; also those that no longer count, and say so."""
    return (
        DuesPayment.objects.receipts()
        .filter(invoice__in=DuesInvoice.objects.owned_by(owner), invoice__number=number)
        .select_related("invoice__membership__business__owner__owner", "confirmed_by", "reversal")
        .prefetch_related("refunded_by", "invoice__terms")
        .order_by("-pk")
    )
