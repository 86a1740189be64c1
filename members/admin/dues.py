from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.dues import confirm_dues_payment, open_proof, refuse_proof
from members.actions.dues_rules import expected_period
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import ProofStatus
from members.forms.dues import PaymentForm, ReasonForm
from members.models import DuesInvoice, DuesPayment, DuesProof, MembershipTerm, User
from members.reports.letters import subjects_of_invoice
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.files import private_response
from umkm_portal.lib.rupiah import rupiah


def _confirm(invoice: DuesInvoice, values: dict[str, Any], user: User) -> DuesPayment:
    return confirm_dues_payment(invoice, **values, by=user, via="admin")


def _bill_facts(invoice: DuesInvoice) -> list[tuple[str, Any]]:
    term = MembershipTerm(period=expected_period(invoice.membership, on=timezone.localdate()))
    return [
        (str(_("Tagihan")), invoice.number),
        (str(_("Usaha")), invoice.membership.business.name),
        (str(_("Jumlah tagihan")), rupiah(invoice.amount)),
        (str(_("Terbit")), tanggal_polos(invoice.issued_on)),
        (
            str(_("Masa bila uang masuk hari ini")),
            f"{tanggal_polos(term.period.lower)}–{tanggal_polos(term.last_day)}",
        ),
    ]


@admin.register(DuesInvoice)
class DuesInvoiceAdmin(DecidedAdmin):
    list_display = ["number", "business_name", "amount_shown", "issued_on", "due_on", "status"]
    list_filter = ["status"]
    search_fields = ["number", "membership__number", "membership__business__name"]
    date_hierarchy = "issued_on"
    fields = [
        "number",
        "business_name",
        "member_number",
        "amount_shown",
        "issued_on",
        "due_on",
        "status",
    ]
    decisions = [
        Decision(
            "catat",
            _("Catat uang masuk"),
            _("Tagihan lunas. Kuitansi sudah dikirim ke pemilik."),
            _confirm,
            lambda row: row.is_open,
            PaymentForm,
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuesInvoice]:
        return super().get_queryset(request).select_related("membership__business")

    def letters_about(self, row: DuesInvoice) -> list[Model]:
        return subjects_of_invoice(row)

    def facts(self, row: DuesInvoice) -> list[tuple[str, Any]]:
        return _bill_facts(row)

    @admin.display(description=_("usaha"))
    def business_name(self, row: DuesInvoice) -> str:
        return row.membership.business.name

    @admin.display(description=_("nomor anggota"))
    def member_number(self, row: DuesInvoice) -> str:
        return row.membership.number or "–"

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: DuesInvoice) -> str:
        return rupiah(row.amount)


@admin.register(DuesProof)
class DuesProofAdmin(DecidedAdmin):
    """The treasurer's queue, oldest first: look at the proof beside the bank's statement."""

    list_display = ["invoice_number", "business_name", "amount_shown", "uploaded_at", "status"]
    list_filter = ["status"]
    search_fields = ["invoice__number", "invoice__membership__business__name"]
    ordering = ["uploaded_at"]
    fields = [
        "invoice_number",
        "business_name",
        "amount_shown",
        "proof_link",
        "uploaded_at",
        "status",
        "refusal_reason",
    ]
    decisions = [
        Decision(
            "terima",
            _("Uang sudah masuk"),
            _("Tagihan lunas. Kuitansi sudah dikirim ke pemilik."),
            lambda row, values, user: _confirm(row.invoice, {**values, "proof": row}, user),
            lambda row: row.status == ProofStatus.WAITING,
            PaymentForm,
        ),
        Decision(
            "tolak",
            _("Tolak bukti"),
            _("Bukti ditolak. Pemilik menerima alasannya dan bisa mengirim bukti baru."),
            lambda row, values, user: refuse_proof(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.status == ProofStatus.WAITING,
            ReasonForm,
            is_refusal=True,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[DuesProof]:
        return super().get_queryset(request).select_related("invoice__membership__business")

    def get_urls(self) -> list[URLPattern]:
        file = path(
            "<int:pk>/berkas/",
            self.admin_site.admin_view(self.file_view),
            name="members_duesproof_berkas",
        )
        return [file, *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The proof itself, as an attachment; who looked is kept."""
        proof = self.get_object(request, str(pk))
        if proof is None:
            raise Http404
        if not self.has_view_permission(request, proof):
            raise PermissionDenied
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        open_proof(proof, by=request.user, via="admin")
        return private_response(proof.file, filename=proof.download_name)

    def subject_of_trail(self, row: DuesProof) -> DuesInvoice:
        return row.invoice

    def facts(self, row: DuesProof) -> list[tuple[str, Any]]:
        return [*_bill_facts(row.invoice), (str(_("Bukti")), self.proof_link(row))]

    def address_after(self, row: DuesProof) -> str:
        return reverse("admin:members_duesproof_changelist") + "?status__exact=waiting"

    @admin.display(description=_("tagihan"), ordering="invoice__number")
    def invoice_number(self, row: DuesProof) -> str:
        return row.invoice.number

    @admin.display(description=_("usaha"))
    def business_name(self, row: DuesProof) -> str:
        return row.invoice.membership.business.name

    @admin.display(description=_("jumlah tagihan"))
    def amount_shown(self, row: DuesProof) -> str:
        return rupiah(row.invoice.amount)

    @admin.display(description=_("berkas"))
    def proof_link(self, row: DuesProof) -> SafeString:
        url = reverse("admin:members_duesproof_berkas", args=[row.pk])
        words = _("Unduh bukti (%s kB)") % max(1, row.size // 1000)
        if row.extension == "pdf":
            return format_html('<a href="{}">{}</a>', url, words)
        return format_html(
            '<a href="{}"><img src="{}" width="320" alt=""><br>{}</a>', url, url, words
        )


@admin.register(DuesPayment)
class DuesPaymentAdmin(DecidedAdmin):
    """The ledger: read, searched, never changed."""

    list_display = [
        "receipt_number",
        "invoice",
        "business_name",
        "amount_shown",
        "received_on",
        "confirmed_by",
    ]
    list_select_related = ["invoice__membership__business", "confirmed_by"]
    search_fields = ["receipt_number", "reference", "invoice__number"]
    date_hierarchy = "received_on"
    fields = [
        "receipt_number",
        "invoice",
        "business_name",
        "amount_shown",
        "received_on",
        "reference",
        "confirmed_at",
        "confirmed_by",
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def subject_of_trail(self, row: DuesPayment) -> DuesInvoice:
        return row.invoice

    @admin.display(description=_("usaha"))
    def business_name(self, row: DuesPayment) -> str:
        return row.invoice.membership.business.name

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: DuesPayment) -> str:
        return rupiah(row.amount)
