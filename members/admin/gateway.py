from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.gateway_notices import handle_notification
from members.admin.decisions import DecidedAdmin, Decision
from members.forms.gateway import HandlingForm
from members.models import DuesInvoice, GatewayAttempt, GatewayNotification
from members.models.gateway import FOR_STAFF
from umkm_portal.lib.rupiah import rupiah


@admin.register(GatewayAttempt)
class GatewayAttemptAdmin(DecidedAdmin):
    """Every order at the gateway, and what it last said about it."""

    list_display = ["order_id", "business_name", "amount_shown", "status", "opened_at"]
    list_filter = ["status"]
    search_fields = ["order_id", "invoice__membership__business__name"]
    date_hierarchy = "opened_at"
    fields = [
        "order_id",
        "invoice_number",
        "business_name",
        "amount_shown",
        "status",
        "opened_at",
        "opened_by",
        "polls",
        "next_poll_at",
        "heard",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GatewayAttempt]:
        rows = super().get_queryset(request)
        return rows.select_related("invoice__membership__business", "opened_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def subject_of_trail(self, row: GatewayAttempt) -> DuesInvoice:
        return row.invoice

    @admin.display(description=_("tagihan"))
    def invoice_number(self, row: GatewayAttempt) -> str:
        return row.invoice.number

    @admin.display(description=_("usaha"))
    def business_name(self, row: GatewayAttempt) -> str:
        return row.invoice.membership.business.name

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: GatewayAttempt) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("kata gerbang pembayaran"))
    def heard(self, row: GatewayAttempt) -> str:
        said = row.notifications.order_by("first_at").values_list("transaction_status", flat=True)
        return ", ".join(said) or "–"


@admin.register(GatewayNotification)
class GatewayNotificationAdmin(DecidedAdmin):
    """The log of what the gateway said; a mismatch or a reversal waits for the treasurer."""

    list_display = ["attempt", "business_name", "transaction_status", "verdict", "times", "last_at"]
    list_filter = ["verdict", ("handled_at", admin.EmptyFieldListFilter)]
    search_fields = ["attempt__order_id", "transaction_id"]
    date_hierarchy = "first_at"
    fields = [
        "attempt",
        "business_name",
        "amount_shown",
        "transaction_id",
        "transaction_status",
        "verdict",
        "times",
        "first_at",
        "last_at",
        "content_shown",
        "handling",
        "handled_by",
        "handled_at",
    ]
    decisions = [
        Decision(
            "tangani",
            _("Sudah ditangani"),
            _("Dicatat. Pemberitahuan ini tidak menunggu lagi."),
            lambda row, values, user: handle_notification(
                row, handling=values["handling"], by=user, via="admin"
            ),
            lambda row: row.verdict in FOR_STAFF and row.handled_at is None,
            HandlingForm,
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GatewayNotification]:
        rows = super().get_queryset(request)
        return rows.select_related("attempt__invoice__membership__business", "handled_by")

    def subject_of_trail(self, row: GatewayNotification) -> DuesInvoice:
        return row.attempt.invoice

    def facts(self, row: GatewayNotification) -> list[tuple[str, Any]]:
        return [
            (str(_("Pesanan")), row.attempt.order_id),
            (str(_("Usaha")), self.business_name(row)),
            (str(_("Jumlah pesanan")), self.amount_shown(row)),
            (str(_("Kata gerbang pembayaran")), row.transaction_status),
            (str(_("Jumlah yang disebut")), row.content.get("gross_amount", "–")),
        ]

    @admin.display(description=_("usaha"))
    def business_name(self, row: GatewayNotification) -> str:
        return row.attempt.invoice.membership.business.name

    @admin.display(description=_("jumlah pesanan"))
    def amount_shown(self, row: GatewayNotification) -> str:
        return rupiah(row.attempt.amount)

    @admin.display(description=_("isi"))
    def content_shown(self, row: GatewayNotification) -> SafeString:
        return format_html("<pre>{}</pre>", json.dumps(row.content, indent=2, ensure_ascii=False))
