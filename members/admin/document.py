"""Private scans on the officers' desk: opened by a link of five minutes, decided by buttons.

A KTP stands in the list only to show when it goes; it is looked at on the page of its business.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.vault import begin_check, refuse_document, verify_document
from members.admin.business import person
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import DocumentKind
from members.document_links import document_link
from members.forms.documents import VerifyForm
from members.forms.dues import ReasonForm
from members.models import Document


def _waits(document: Document) -> bool:
    return document.is_waiting and document.kind != DocumentKind.KTP


class WaitingFilter(admin.SimpleListFilter):
    title = _("menunggu")
    parameter_name = "tunggu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ya", _("Belum diputuskan"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Document]
    ) -> QuerySet[Document] | None:
        if self.value() != "ya":
            return queryset
        return queryset.filter(pk__in=Document.objects.waiting().values("pk"))


@admin.register(Document)
class DocumentAdmin(DecidedAdmin):
    list_display = ["business", "kind", "number", "state_today", "uploaded_at", "delete_after"]
    list_filter = [WaitingFilter, "kind"]
    list_select_related = ["business"]
    ordering = ["uploaded_at", "pk"]
    change_form_template = "admin/members/document/page.html"
    # Without the file: it has no address. It is opened by a link for this person.
    fields = [
        "business",
        "kind",
        "number",
        "expires_on",
        "state_today",
        "size",
        "uploaded_at",
        "uploaded_by",
        "decided_at",
        "decided_by",
        "refusal_reason",
        "replaced_at",
        "delete_after",
    ]
    decisions = [
        Decision(
            "sahkan",
            _("Sahkan"),
            _("Berkas disahkan. Pemilik sudah dikabari."),
            lambda row, values, user: verify_document(
                row, expires_on=values["expires_on"], by=user, via="admin"
            ),
            _waits,
            VerifyForm,
            initial=lambda row: {"expires_on": row.expires_on},
        ),
        Decision(
            "tolak",
            _("Tolak"),
            _("Berkas ditolak. Pemilik menerima alasannya."),
            lambda row, values, user: refuse_document(
                row, reason=values["reason"], by=user, via="admin"
            ),
            _waits,
            ReasonForm,
            is_refusal=True,
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        rows = Document.objects.within_reach_of(person(request))
        return rows.select_related("business__owner", "uploaded_by", "decided_by")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.open_file)
        return [path("<int:pk>/buka/", view, name="members_document_buka"), *super().get_urls()]

    def open_file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """By POST, for the owner of a waiting one reads "Diperiksa" from then on."""
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        staff = person(request)
        if _waits(row) and self.has_change_permission(request, row):
            begin_check(row, by=staff, via="admin")
        return redirect(document_link(row, of=staff))

    def facts(self, row: Document) -> list[tuple[str, Any]]:
        return [
            (str(_("Usaha")), row.business.name),
            (str(_("Jenis")), row.get_kind_display()),
            (str(_("Nomor")), row.number or "–"),
            (str(_("Berlaku sampai")), row.expires_on or "–"),
        ]

    @admin.display(description=_("keadaan hari ini"))
    def state_today(self, row: Document) -> str:
        if row.kind == DocumentKind.KTP:
            return "–"
        return str(_("Diganti") if row.replaced_at else row.state(on=timezone.localdate()).label)
