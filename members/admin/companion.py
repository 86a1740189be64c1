"""Which companions may help whom; an officer writes down a sheet an owner signed by hand."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from members.actions.companion import Sheet, record_companion_sheet
from members.admin.base import ReadOnlyAdmin
from members.forms.companion import SheetAccessForm
from members.models import Business, CompanionAccess, User
from umkm_portal.lib.errors import ActionRefused


@admin.register(CompanionAccess)
class CompanionAccessAdmin(ReadOnlyAdmin):
    list_display = ["business", "companion", "starts_at", "ends_at", "revoked_at", "sheet"]
    list_select_related = ["business", "companion"]
    fields = [
        "business",
        "companion",
        "offered_by",
        "offered_at",
        "sheet",
        "signed_on",
        "reason",
        "starts_at",
        "ends_at",
        "revoked_at",
        "revoked_by",
    ]
    search_fields = ["business__number", "business__name", "sheet"]
    search_help_text = "Nomor atau nama usaha, atau nomor lembar."

    def get_queryset(self, request: HttpRequest) -> QuerySet[CompanionAccess]:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        reach = Business.objects.within_reach_of(request.user)
        return CompanionAccess.objects.filter(business__in=reach)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.add_companionaccess")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        heard = request.POST if request.method == "POST" else None
        form = SheetAccessForm(heard, within_reach_of=request.user)
        if form.is_valid() and self._record(request.user, form):
            messages.success(request, _("Akses pendamping dibuka dan pemilik dikabari."))
            return redirect("admin:members_companionaccess_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Catat lembar pendamping"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/members/companionaccess/add.html", context)

    def _record(self, officer: User, form: SheetAccessForm) -> bool:
        data = form.cleaned_data
        sheet = Sheet(data["sheet"], data["signed_on"], data["reason"])
        try:
            record_companion_sheet(
                data["business"], companion=data["companion"], sheet=sheet, by=officer, via="admin"
            )
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        return form.is_valid()
