from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.held import assign_held_payment, return_held_payment
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import HeldStatus
from members.forms.dues import ReasonForm
from members.forms.payments import AssignForm
from members.models import HeldPayment
from members.reports.ledger import bill_lines
from members.templatetags.dues import held_badge
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.rupiah import rupiah


def _waits(row: HeldPayment) -> bool:
    return row.status == HeldStatus.WAITING


def _likely_bill(row: HeldPayment) -> dict[str, Any]:
    """The open bill of the member whose bill the money named."""
    found = row.about.membership.invoices.open().first() if row.about else None
    return {"invoice": found.number if found else ""}


@admin.register(HeldPayment)
class HeldPaymentAdmin(DecidedAdmin):
    """Money that fits no open bill; the oldest first, for its owner waits."""

    list_display = [
        "amount_shown",
        "received_on",
        "method",
        "reference",
        "about",
        "business_name",
        "status_shown",
    ]
    list_filter = ["status", "method"]
    search_fields = ["reference", "about__number", "about__membership__business__name"]
    ordering = ["held_at"]
    fields = [
        "amount_shown",
        "received_on",
        "method",
        "reference",
        "about",
        "business_name",
        "reason",
        "held_at",
        "held_by",
        "status_shown",
        "used_for",
        "decided_at",
        "decided_by",
        "decision_reason",
    ]
    decisions = [
        Decision(
            "pakai",
            _("Pakai untuk tagihan"),
            _("Uang tercatat pada tagihan itu. Kuitansi sudah dikirim ke pemilik."),
            lambda row, values, user: assign_held_payment(
                row, values["invoice"], by=user, via="admin"
            ),
            _waits,
            AssignForm,
            initial=_likely_bill,
            outcome=lambda row: [
                (str(_("Tagihan")), row.payment.invoice.number),
                (str(_("Usaha")), row.payment.invoice.membership.business.name),
                *bill_lines(row.payment.invoice),
            ],
        ),
        Decision(
            "kembalikan",
            _("Sudah dikembalikan"),
            _("Pengembalian tercatat."),
            lambda row, values, user: return_held_payment(
                row, reason=values["reason"], by=user, via="admin"
            ),
            _waits,
            ReasonForm,
            is_refusal=True,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[HeldPayment]:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "about__membership__business", "payment__invoice", "held_by", "decided_by"
            )
        )

    def facts(self, row: HeldPayment) -> list[tuple[str, Any]]:
        return [
            (str(_("Uang")), f"{rupiah(row.amount)}, {tanggal_polos(row.received_on)}"),
            (str(_("Cara bayar")), f"{row.get_method_display()}, {row.reference}"),
            (str(_("Tagihan yang dimaksud")), row.about.number if row.about else "–"),
            (str(_("Mengapa ditahan")), row.reason),
        ]

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: HeldPayment) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("usaha"))
    def business_name(self, row: HeldPayment) -> str:
        return row.about.membership.business.name if row.about else "–"

    @admin.display(description=_("status"), ordering="status")
    def status_shown(self, row: HeldPayment) -> SafeString:
        return held_badge(row)

    @admin.display(description=_("dipakai untuk"))
    def used_for(self, row: HeldPayment) -> str:
        payment = getattr(row, "payment", None)
        return f"{payment.invoice.number}, {payment.receipt_number}" if payment else "–"
