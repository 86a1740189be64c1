from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.payments import correct_payment, refund_payment
from members.admin.cash import cash_urls
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import EntryKind, PaymentMethod
from members.forms.payments import CorrectionForm, RefundForm
from members.models import DuesInvoice, DuesPayment
from members.reports.ledger import bill_lines
from members.reports.receipts import Receipt, receipt_pdf
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.files import private_response
from umkm_portal.lib.rupiah import rupiah


def _is_typed(row: DuesPayment) -> bool:
    """Booked by hand, standing, and nothing of it went back: it can be set right."""
    return (
        row.kind == EntryKind.RECEIPT
        and row.method != PaymentMethod.GATEWAY
        and row.returnable == row.amount
    )


def _line_of(row: DuesPayment) -> dict[str, Any]:
    names = ("method", "received_on", "amount", "reference")
    return {name: getattr(row, name) for name in names}


@admin.register(DuesPayment)
class DuesPaymentAdmin(DecidedAdmin):
    """The ledger: read and searched; what was wrong is set right by a new row."""

    list_display = [
        "receipt_number",
        "kind",
        "invoice",
        "business_name",
        "amount_shown",
        "method",
        "received_on",
        "confirmed_by",
    ]
    list_filter = ["kind", "method"]
    search_fields = ["receipt_number", "reference", "invoice__number"]
    date_hierarchy = "received_on"
    fields = [
        "receipt_number",
        "receipt_link",
        "kind",
        "invoice",
        "business_name",
        "amount_shown",
        "method",
        "received_on",
        "reference",
        "reason",
        "relation",
        "confirmed_at",
        "confirmed_by",
    ]
    decisions = [
        Decision(
            "kembalikan",
            _("Kembalikan uang"),
            _("Pengembalian tercatat. Pemilik menerima kabarnya."),
            lambda row, values, user: refund_payment(row, **values, by=user, via="admin"),
            lambda row: row.returnable > 0,
            RefundForm,
            is_refusal=True,
            initial=lambda row: {"amount": row.invoice.credit or row.returnable},
            outcome=lambda row: bill_lines(row.invoice),
        ),
        Decision(
            "perbaiki",
            _("Perbaiki salah ketik"),
            _("Catatan lama dibatalkan, yang benar sudah tercatat. Pemilik menerima kabarnya."),
            lambda row, values, user: correct_payment(row, **values, by=user, via="admin"),
            _is_typed,
            CorrectionForm,
            initial=_line_of,
            outcome=lambda row: bill_lines(row.invoice),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuesPayment]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "invoice__membership__business",
                "confirmed_by",
                "reversal",
                "refunds",
                "reverses",
                "corrects",
                "correction",
            )
            .prefetch_related("refunded_by")
        )

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "members_duespayment_kuitansi"
        own = [
            path("<int:pk>/kuitansi/", wrap(self.receipt_view), name=name),
            path("<int:pk>/kuitansi.pdf", wrap(self.receipt_file), name=f"{name}_pdf"),
        ]
        return [*cash_urls(self.admin_site), *own, *super().get_urls()]

    def receipt_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The kuitansi, to read and to print for whoever stands at the desk."""
        receipt = self._receipt(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Kuitansi"),
            "opts": self.opts,
            "receipt": receipt,
            "payment": receipt.payment,
            "file_url": reverse("admin:members_duespayment_kuitansi_pdf", args=[pk]),
            "back": self._change_url(receipt.payment),
        }
        return TemplateResponse(request, "admin/members/receipt.html", context)

    def receipt_file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same on A4."""
        receipt = self._receipt(request, pk)
        name = f"kuitansi-{receipt.payment.receipt_number}.pdf"
        return private_response(receipt_pdf(receipt), filename=name)

    def _receipt(self, request: HttpRequest, pk: int) -> Receipt:
        row = self.get_object(request, str(pk))
        if row is None or row.kind != EntryKind.RECEIPT:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        return Receipt(row)

    def subject_of_trail(self, row: DuesPayment) -> DuesInvoice:
        return row.invoice

    def facts(self, row: DuesPayment) -> list[tuple[str, Any]]:
        return [
            (str(_("Kuitansi")), row.receipt_number),
            (str(_("Tagihan")), f"{row.invoice.number}, {rupiah(row.invoice.amount)}"),
            (str(_("Usaha")), self.business_name(row)),
            (str(_("Uang masuk")), f"{rupiah(row.amount)}, {tanggal_polos(row.received_on)}"),
            (str(_("Lebih bayar pada tagihan ini")), rupiah(row.invoice.credit)),
        ]

    @admin.display(description=_("usaha"))
    def business_name(self, row: DuesPayment) -> str:
        return row.invoice.membership.business.name

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: DuesPayment) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("kuitansi"))
    def receipt_link(self, row: DuesPayment) -> str | SafeString:
        if row.kind != EntryKind.RECEIPT:
            return "–"
        url = reverse("admin:members_duespayment_kuitansi", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, _("Lihat dan cetak"))

    @admin.display(description=_("hubungan"))
    def relation(self, row: DuesPayment) -> str:
        """Which other row this one answers, or is answered by."""
        words = [
            _("membatalkan %s") % row.reverses.receipt_number if row.reverses else "",
            _("mengganti %s") % row.corrects.receipt_number if row.corrects else "",
            _("mengembalikan %s") % row.refunds.receipt_number if row.refunds else "",
            Receipt(row).note if row.kind == EntryKind.RECEIPT else "",
        ]
        return "; ".join(word for word in words if word) or "–"
