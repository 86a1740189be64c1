"""What shoppers reported: oldest first, dismissed or the product taken down."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from catalog.actions.complaints import dismiss_complaint, uphold_complaint
from catalog.forms.complaint import DismissForm, UpholdForm
from catalog.models import Complaint
from members.admin.decisions import DecidedAdmin, Decision
from members.models import User


@admin.register(Complaint)
class ComplaintAdmin(DecidedAdmin):
    list_display = ["product", "seller", "reason", "status", "filed_at"]
    list_filter = ["status", "reason"]
    list_select_related = ["product"]
    ordering = ["filed_at", "pk"]
    fields = [
        "listing",
        "seller",
        "reason",
        "text",
        "filed_at",
        "status",
        "decided_at",
        "decided_by",
        "decision_note",
    ]
    decisions = [
        Decision(
            "turunkan",
            _("Turunkan produk"),
            _("Produk diturunkan. Pemilik menerima alasannya."),
            lambda row, values, user: uphold_complaint(
                row, reasons=values["alasan"], note=values["catatan"], by=user, via="admin"
            ),
            lambda row: row.is_waiting,
            UpholdForm,
            is_refusal=True,
        ),
        Decision(
            "abaikan",
            _("Tetap tayang"),
            _("Laporan ditutup. Produk tetap tayang."),
            lambda row, values, user: dismiss_complaint(
                row, note=values["catatan"], by=user, via="admin"
            ),
            lambda row: row.is_waiting,
            DismissForm,
        ),
    ]

    @admin.display(description=_("usaha"))
    def seller(self, complaint: Complaint) -> str:
        return complaint.product.seller_name

    @admin.display(description=_("produk"))
    def listing(self, complaint: Complaint) -> str:
        product = complaint.product
        return format_html('<a href="{}">{}</a>', product.get_absolute_url(), product.name)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Complaint]:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        rows = Complaint.objects.within_reach_of(request.user)
        return rows.select_related("product", "decided_by")

    def facts(self, row: Complaint) -> list[tuple[str, Any]]:
        return [
            (str(_("Produk")), self.listing(row)),
            (str(_("Usaha")), self.seller(row)),
            (str(_("Alasan")), row.get_reason_display()),
            (str(_("Cerita pelapor")), row.text or "–"),
        ]
