"""The counter's page for people from an imported list: find the record, print the sheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from members.actions.claims import issue_claim_code, unclaimed_of
from members.admin.base import ReadOnlyAdmin
from members.forms.claims import FindRecordForm
from members.models import ClaimCode, User
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.qr import qr_svg

MAY = "members.issue_claim_code"


@admin.register(ClaimCode)
class ClaimCodeAdmin(ReadOnlyAdmin):
    """Which codes were handed out, by whom; the code itself is on its paper only."""

    list_display = ["user", "issued_by", "issued_at", "expires_at", "used_at"]
    list_select_related = ["user", "issued_by"]
    fields = ["user", "issued_by", "issued_at", "expires_at", "used_at"]
    ordering = ["-issued_at", "-pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MAY)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(MAY)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """First the record, then one more press: looking for somebody makes no paper."""
        staff = request.user
        if not (isinstance(staff, User) and self.has_add_permission(request)):
            raise PermissionDenied
        form = FindRecordForm(request.POST if request.method == "POST" else None, staff=staff)
        person = form.cleaned_data["who"] if form.is_valid() else None
        if person is None or "issue" not in request.POST:
            businesses = unclaimed_of(person) if person else []
            return self._page(request, "issue", form=form, person=person, businesses=businesses)
        businesses = unclaimed_of(person)
        try:
            issued = issue_claim_code(person, by=staff, via="admin")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, "issue", form=form)
        link = settings.SITE_URL + reverse("members:claim")
        return self._page(
            request, "sheet", issued=issued, businesses=businesses, link=link, qr=qr_svg(link)
        )

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        response = TemplateResponse(
            request,
            f"admin/members/claimcode/{name}.html",
            {
                **self.admin_site.each_context(request),
                "title": str(self.opts.verbose_name).capitalize(),
                "opts": self.opts,
                **context,
            },
        )
        add_never_cache_headers(response)
        return response
