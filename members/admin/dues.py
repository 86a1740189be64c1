from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from members.actions.dues import confirm_dues_payment
from members.actions.dues_changes import void_invoice, waive_invoice
from members.actions.dues_rules import expected_period
from members.actions.payments import move_credit
from members.admin.decisions import DecidedAdmin, Decision
from members.forms.dues import ReasonForm
from members.forms.payments import CashForm, PaymentForm
from members.models import DuesInvoice, DuesPayment, MembershipTerm, User
from members.reports.ledger import bill_lines, credits_of
from members.reports.letters import subjects_of_invoice
from members.templatetags.dues import invoice_badge
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.rupiah import rupiah

BOOKED = _("Uang tercatat. Kuitansi sudah dikirim ke pemilik.")


def confirm(invoice: DuesInvoice, values: dict[str, Any], user: User) -> DuesPayment:
    return confirm_dues_payment(invoice, **values, by=user, via="admin")


def bill_facts(invoice: DuesInvoice) -> list[tuple[str, Any]]:
    """What must be seen beside every form about a bill."""
    facts = [
        (str(_("Tagihan")), invoice.number),
        (str(_("Usaha")), invoice.membership.business.name),
        (str(_("Jumlah tagihan")), rupiah(invoice.amount)),
        (str(_("Sudah masuk")), rupiah(invoice.received)),
        (str(_("Terbit")), tanggal_polos(invoice.issued_on)),
    ]
    if invoice.is_open:
        term = MembershipTerm(period=expected_period(invoice.membership, on=timezone.localdate()))
        facts.append(
            (
                str(_("Masa bila lunas hari ini")),
                f"{tanggal_polos(term.period.lower)}–{tanggal_polos(term.last_day)}",
            )
        )
    return facts


def missing_of(invoice: DuesInvoice) -> dict[str, Any]:
    return {"missing": invoice.missing, "method": "transfer"}


def receipt_address(payment: DuesPayment) -> str:
    return reverse("admin:members_duespayment_kuitansi", args=[payment.pk])


def _use_credit(invoice: DuesInvoice, values: dict[str, Any], user: User) -> None:
    for older in credits_of(invoice.membership):
        move_credit(older, invoice, by=user, via="admin")
        if not DuesInvoice.objects.get(pk=invoice.pk).missing:
            return


@admin.register(DuesInvoice)
class DuesInvoiceAdmin(DecidedAdmin):
    list_display = [
        "number",
        "business_name",
        "amount_shown",
        "received_shown",
        "issued_on",
        "due_on",
        "status_shown",
    ]
    list_filter = ["status"]
    search_fields = ["number", "membership__number", "membership__business__name"]
    date_hierarchy = "issued_on"
    fields = [
        "number",
        "business_name",
        "member_number",
        "amount_shown",
        "received_shown",
        "credit_shown",
        "issued_on",
        "due_on",
        "status_shown",
        "closed_because",
        "ledger",
    ]
    decisions = [
        Decision(
            "catat",
            _("Catat uang masuk"),
            BOOKED,
            confirm,
            lambda row: row.is_open,
            PaymentForm,
            initial=missing_of,
            outcome=bill_lines,
        ),
        Decision(
            "tunai",
            _("Terima tunai"),
            _("Uang tunai tercatat. Cetak kuitansinya."),
            confirm,
            lambda row: row.is_open,
            CashForm,
            initial=missing_of,
            outcome=bill_lines,
            after=receipt_address,
        ),
        Decision(
            "pakai-lebih",
            _("Pakai lebih bayar"),
            _("Lebih bayar dipakai untuk tagihan ini."),
            _use_credit,
            lambda row: row.is_open and bool(credits_of(row.membership)),
            outcome=bill_lines,
        ),
        Decision(
            "bebaskan",
            _("Bebaskan iuran"),
            _("Iuran dibebaskan. Pemilik menerima alasannya."),
            lambda row, values, user: waive_invoice(row, **values, by=user, via="admin"),
            lambda row: row.is_open,
            ReasonForm,
            outcome=bill_lines,
        ),
        Decision(
            "batal",
            _("Batalkan tagihan"),
            _("Tagihan dibatalkan. Pemilik menerima alasannya."),
            lambda row, values, user: void_invoice(row, **values, by=user, via="admin"),
            lambda row: row.is_open,
            ReasonForm,
            is_refusal=True,
            outcome=bill_lines,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuesInvoice]:
        return (
            super()
            .get_queryset(request)
            .select_related("membership__business")
            .prefetch_related("payments")
        )

    def letters_about(self, row: DuesInvoice) -> list[Model]:
        return subjects_of_invoice(row)

    def facts(self, row: DuesInvoice) -> list[tuple[str, Any]]:
        owed = sum(invoice.credit for invoice in credits_of(row.membership))
        extra = [(str(_("Lebih bayar anggota ini")), rupiah(owed))] if owed else []
        return [*bill_facts(row), *extra]

    @admin.display(description=_("usaha"))
    def business_name(self, row: DuesInvoice) -> str:
        return row.membership.business.name

    @admin.display(description=_("nomor anggota"))
    def member_number(self, row: DuesInvoice) -> str:
        return row.membership.number or "–"

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: DuesInvoice) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("sudah masuk"))
    def received_shown(self, row: DuesInvoice) -> str:
        return rupiah(row.received)

    @admin.display(description=_("lebih bayar"))
    def credit_shown(self, row: DuesInvoice) -> str:
        return rupiah(row.credit) if row.credit else "–"

    @admin.display(description=_("status"), ordering="status")
    def status_shown(self, row: DuesInvoice) -> SafeString:
        return invoice_badge(row)

    @admin.display(description=_("catatan uang"))
    def ledger(self, row: DuesInvoice) -> str | SafeString:
        """Every row of this bill, the newest first, each leading to its own page."""
        rows = [
            format_html(
                '<a href="{}">{}</a> {} {} ({})',
                reverse("admin:members_duespayment_change", args=[entry.pk]),
                entry.receipt_number,
                entry.get_kind_display(),
                rupiah(entry.amount),
                tanggal_polos(entry.received_on),
            )
            for entry in row.payments.all()
        ]
        return format_html_join(mark_safe("<br>"), "{}", ((row,) for row in rows)) or "–"
