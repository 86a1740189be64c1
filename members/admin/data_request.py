"""The clock of UU 27/2022: what people asked about their data, the most urgent first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.actions.data_requests import close_correction, refuse_request
from members.actions.erasure import carry_out_erasure
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import DataRequestKind
from members.forms.data_request import AnswerForm
from members.models import DataRequest


@admin.register(DataRequest)
class DataRequestAdmin(DecidedAdmin):
    list_display = ["kind", "user", "asked_at", "due_at", "status"]
    list_filter = ["status", "kind"]
    list_select_related = ["user"]
    ordering = ["due_at"]
    fields = [
        "kind",
        "user",
        "text",
        "asked_at",
        "due_at",
        "status",
        "answer",
        "decided_at",
        "decided_by",
    ]
    decisions = [
        Decision(
            "selesai",
            _("Sudah dikoreksi"),
            _("Pemohon sudah dikabari."),
            lambda asked, values, user: close_correction(
                asked, answer=values["answer"], by=user, via="admin"
            ),
            lambda asked: asked.waits and asked.kind == DataRequestKind.CORRECTION,
            AnswerForm,
        ),
        Decision(
            "hapus",
            _("Hapus sekarang"),
            _("Data orang ini sudah dihapus."),
            lambda asked, values, user: carry_out_erasure(asked, by=user, via="admin"),
            lambda asked: asked.waits and asked.kind == DataRequestKind.ERASURE,
        ),
        Decision(
            "tolak",
            _("Tolak dengan alasan"),
            _("Pemohon sudah dikabari."),
            lambda asked, values, user: refuse_request(
                asked, answer=values["answer"], by=user, via="admin"
            ),
            lambda asked: asked.waits,
            AnswerForm,
            is_refusal=True,
        ),
    ]

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return [(str(_("Pemohon")), row.user), (str(_("Isi")), row.text or "–")]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("members.change_datarequest")
