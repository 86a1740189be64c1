from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.actions.statement_lines import hold_line, ignore_line, restore_line
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import LineState
from members.forms.statement import LineReasonForm
from members.models import BankStatement, StatementLine
from umkm_portal.lib.rupiah import rupiah


class StatementFilter(admin.SimpleListFilter):
    """The newest statements; an older one is reached from its own page."""

    title = _("mutasi")
    parameter_name = "mutasi"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(s.pk), s.name) for s in BankStatement.objects.order_by("-pk")[:15]]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value() or ""
        if not (value.isascii() and value.isdigit() and len(value) < 18):
            return queryset
        return queryset.filter(statement_id=int(value))


class StateFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(LineState.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_state(self.value()) if self.value() else queryset


@admin.register(StatementLine)
class StatementLineAdmin(DecidedAdmin):
    """Every line of every statement and what became of it."""

    list_display = ["on", "amount_shown", "description", "state_shown", "became", "decided_by"]
    list_filter = [StateFilter, StatementFilter]
    search_fields = ["description", "payment__receipt_number", "payment__invoice__number"]
    date_hierarchy = "on"
    fields = [
        "statement",
        "row",
        "on",
        "amount_shown",
        "description",
        "state_shown",
        "became",
        "decided_at",
        "decided_by",
    ]
    decisions = [
        Decision(
            "tahan",
            _("Tahan"),
            _("Uang ini ditahan sampai diputuskan."),
            lambda row, values, user: hold_line(row, reason=values["reason"], by=user, via="admin"),
            lambda row: row.state == LineState.WAITING,
            LineReasonForm,
        ),
        Decision(
            "abaikan",
            _("Bukan iuran"),
            _("Baris ini tidak dihitung sebagai iuran."),
            lambda row, values, user: ignore_line(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.state == LineState.WAITING,
            LineReasonForm,
            is_refusal=True,
        ),
        Decision(
            "kembalikan",
            _("Kembalikan ke antrean"),
            _("Baris ini menunggu lagi."),
            lambda row, values, user: restore_line(row, by=user, via="admin"),
            lambda row: row.state == LineState.IGNORED,
            forms.Form,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StatementLine]:
        return (
            super()
            .get_queryset(request)
            .select_related("statement", "payment__invoice", "held", "decided_by")
        )

    def facts(self, row: StatementLine) -> list[tuple[str, Any]]:
        return [
            (str(_("Mutasi")), row.statement),
            (str(_("Tanggal")), f"{row.on:%d/%m/%Y}"),
            (str(_("Jumlah")), rupiah(row.amount)),
            (str(_("Berita")), row.description or "–"),
        ]

    @admin.display(description=_("jumlah"), ordering="amount")
    def amount_shown(self, row: StatementLine) -> str:
        return rupiah(row.amount)

    @admin.display(description=_("status"))
    def state_shown(self, row: StatementLine) -> str:
        return str(row.state.label)

    @admin.display(description=_("hasil"))
    def became(self, row: StatementLine) -> str:
        if row.payment:
            return f"{row.payment.invoice.number} · {row.payment.receipt_number}"
        if row.held:
            return row.held.reason
        return row.ignored_because or "–"
