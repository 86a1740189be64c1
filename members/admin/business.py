"""The officers' desk: applications, oldest first, and the decision about each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from members.actions.documents import note_viewed
from members.actions.verification import (
    reject_business,
    return_for_repair,
    verify_business,
    view_nik,
)
from members.admin.base import ReadOnlyAdmin
from members.application import STEP_TITLES, answers, ktp_of, owner_of, read_nik
from members.choices import ApplicationStatus
from members.forms.business import NikReasonForm, RejectForm, RepairForm
from members.models import Business, Owner, User
from members.reports.duplicates import look_alikes
from members.reports.letters import send_log
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response

WAITING = ApplicationStatus.SUBMITTED.value


@admin.register(Business)
class BusinessAdmin(ReadOnlyAdmin):
    list_display = ["number", "name", "kelurahan", "sector", "status", "submitted_at"]
    list_filter = ["status", "sector", "kelurahan__kecamatan"]
    list_select_related = ["kelurahan"]
    # Only what the list shows anyway: a search must not be a way to guess at hidden fields.
    search_fields = ["number", "name", "slug"]
    search_help_text = "Nomor, nama usaha, atau alamat halamannya."
    change_list_template = "admin/members/export_list.html"
    change_form_template = "admin/members/business/page.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Business]:
        return Business.objects.sent().within_reach_of(person(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        waiting = request.GET.get("status__exact") == WAITING
        return ("submitted_at", "pk") if waiting else ("-submitted_at", "-pk")

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, Callable[..., HttpResponse]] = {
            "setujui": self.approve,
            "perbaikan": self.repair,
            "tolak": self.reject,
            "nik": self.nik,
            "ktp": self.ktp,
        }
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"members_business_{name}",
            )
            for name, view in pages.items()
        ]
        return own + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        business = self.get_object(request, object_id)
        assert isinstance(business, Business)  # noqa: S101  for the type checker
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **facts(business, request)}
        )

    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        business = self._to_decide(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if request.POST.get("seen", "") != str(business.submitted_at):
            # Repaired and sent again while the page lay open: nobody approves what nobody saw.
            messages.error(request, _("Isian baru saja diubah pemilik. Periksa sekali lagi."))
            return redirect("admin:members_business_change", business.pk)
        return self._decided(
            request, business, lambda: verify_business(business, by=person(request), via="admin")
        )

    def repair(self, request: HttpRequest, pk: int) -> HttpResponse:
        business = self._to_decide(request, pk)
        form = RepairForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            fields, reason = form.cleaned_data["fields_to_repair"], form.cleaned_data["reason"]
            return self._decided(
                request,
                business,
                lambda: return_for_repair(
                    business, fields=fields, reason=reason, by=person(request), via="admin"
                ),
            )
        return self._ask(request, business, form, _("Minta perbaikan"))

    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        business = self._to_decide(request, pk)
        form = RejectForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            return self._decided(
                request,
                business,
                lambda: reject_business(business, reason=reason, by=person(request), via="admin"),
            )
        return self._ask(request, business, form, _("Tolak"))

    def nik(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The whole NIK, once per reason; the page is stored nowhere."""
        business = self._within_reach(request, pk, "members.view_nik")
        form = NikReasonForm(request.POST if request.method == "POST" else None)
        digits = ""
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                digits = view_nik(business, reason=reason, by=person(request), via="admin")
            except ActionRefused as refusal:
                form.add_error("reason", str(refusal))
            except Owner.DoesNotExist:
                form.add_error(None, _("Pemilik usaha ini belum punya NIK."))
        response = self._ask(request, business, form, _("Lihat NIK"), digits=digits)
        response["Cache-Control"] = "no-store, private"
        return response

    def ktp(self, request: HttpRequest, pk: int) -> HttpResponse:
        business = self._within_reach(request, pk, "members.view_document")
        document = get_object_or_404(business.documents.filter(kind="ktp"))
        name = f"ktp-{business.number}.{str(document.file.name).rpartition('.')[2]}"
        response = private_response(document.file, filename=name)
        note_viewed(document, by=person(request), via="admin")
        return response

    def _within_reach(self, request: HttpRequest, pk: int, permission: str) -> Business:
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request).select_related("owner"), pk=pk)

    def _to_decide(self, request: HttpRequest, pk: int) -> Business:
        return self._within_reach(request, pk, "members.change_business")

    def _decided(
        self, request: HttpRequest, business: Business, decide: Callable[[], Business]
    ) -> HttpResponse:
        try:
            decided = decide()
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            said = {"name": decided.name, "status": decided.get_status_display()}
            messages.success(request, _("%(name)s: %(status)s.") % said)
        return redirect("admin:members_business_change", business.pk)

    def _ask(
        self,
        request: HttpRequest,
        business: Business,
        form: forms.Form,
        title: str,
        **more: Any,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": business,
            "form": form,
            "title": title,
            **more,
        }
        return render(request, "admin/members/business/ask.html", context)


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user


def facts(business: Business, request: HttpRequest) -> dict[str, Any]:
    """What the officer compares: what was typed, and what the NIK itself says."""
    told = answers(business)
    may = request.user.has_perm
    return {
        "groups": [
            {"title": title, "answers": [a for a in told if a.step == step]}
            for step, title in STEP_TITLES.items()
            if step != "periksa"
        ],
        "look_alikes": look_alikes(business),
        "may_merge": may("members.merge_businesses"),
        "nik": read_nik(owner_of(business)),
        "ktp": ktp_of(business) if may("members.view_document") else None,
        "seen": str(business.submitted_at),
        "may_decide": business.status == WAITING and may("members.change_business"),
        "may_see_nik": may("members.view_nik"),
        "trail": AuditEntry.objects.about(business).select_related("by")[:50],
        **send_log(person(request), business),
    }
