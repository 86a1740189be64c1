from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.dues import open_proof, refuse_proof
from members.admin.decisions import DecidedAdmin, Decision
from members.admin.dues import BOOKED, bill_facts, confirm, missing_of
from members.admin.proof_bulk import accept_proofs_page
from members.choices import ProofStatus
from members.forms.dues import ReasonForm
from members.forms.payments import PaymentForm
from members.models import DuesInvoice, DuesProof, User
from members.reports.ledger import bill_lines
from members.templatetags.dues import proof_badge
from umkm_portal.lib.files import private_response
from umkm_portal.lib.rupiah import rupiah


@admin.register(DuesProof)
class DuesProofAdmin(DecidedAdmin):
    """The treasurer's queue, oldest first: look at the proof beside the bank's statement."""

    list_display = [
        "invoice_number",
        "business_name",
        "amount_shown",
        "uploaded_at",
        "status_shown",
    ]
    list_filter = ["status"]
    search_fields = ["invoice__number", "invoice__membership__business__name"]
    ordering = ["uploaded_at"]
    actions = ("accept_many",)
    fields = [
        "invoice_number",
        "business_name",
        "amount_shown",
        "proof_link",
        "uploaded_at",
        "status_shown",
        "refusal_reason",
    ]
    decisions = [
        Decision(
            "terima",
            _("Uang sudah masuk"),
            BOOKED,
            lambda row, values, user: confirm(row.invoice, {**values, "proof": row}, user),
            lambda row: row.status == ProofStatus.WAITING,
            PaymentForm,
            initial=lambda row: missing_of(row.invoice),
            outcome=lambda row: bill_lines(row.invoice),
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

    @admin.action(description=_("Terima bukti yang dipilih"), permissions=["change"])
    def accept_many(
        self, request: HttpRequest, queryset: QuerySet[DuesProof]
    ) -> HttpResponse | None:
        return accept_proofs_page(self, request, queryset)

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
        return [*bill_facts(row.invoice), (str(_("Bukti")), self.proof_link(row))]

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

    @admin.display(description=_("status"), ordering="status")
    def status_shown(self, row: DuesProof) -> SafeString:
        return proof_badge(row)

    @admin.display(description=_("berkas"))
    def proof_link(self, row: DuesProof) -> SafeString:
        url = reverse("admin:members_duesproof_berkas", args=[row.pk])
        words = _("Unduh bukti (%s kB)") % max(1, row.size // 1000)
        if row.extension == "pdf":
            return format_html('<a href="{}">{}</a>', url, words)
        return format_html(
            '<a href="{}"><img src="{}" width="320" alt=""><br>{}</a>', url, url, words
        )
