"""The counter's page: find the owner, look at the KTP, hand over a code."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from members.actions.accounts import issue_access_code
from members.forms.accounts import FindOwnerForm, IssueCodeForm
from members.models import AccessCode, User
from umkm_portal.lib.errors import ActionRefused


@admin.register(AccessCode)
class AccessCodeAdmin(admin.ModelAdmin[AccessCode]):
    """Which codes were handed out, by whom; a new one is made on the page of its own."""

    list_display = ["user", "issued_by", "issued_at", "expires_at", "used_at"]
    list_select_related = ["user", "issued_by"]
    fields = ["user", "issued_by", "issued_at", "expires_at", "used_at"]
    ordering = ["-issued_at", "-pk"]
    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("members.issue_access_code")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_last_step = request.method == "POST" and "issue" in request.POST
        form = (IssueCodeForm if is_last_step else FindOwnerForm)(request.POST or None)
        person = form.cleaned_data.get("who") if form.is_bound and form.is_valid() else None
        if is_last_step and person:
            return self._issue(request, form, person)
        if person:
            form = IssueCodeForm(initial={"who": request.POST["who"]})
        elif is_last_step:
            # Only the tick is missing: the person stays on the page.
            person = form.cleaned_data.get("who")
            if person is None:
                form = FindOwnerForm(request.POST)
        return self._page(request, "issue", form=form, person=person)

    def _issue(self, request: HttpRequest, form: FindOwnerForm, person: User) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        try:
            issued = issue_access_code(person, by=request.user, via="admin")
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, "issue", form=form, person=person)
        return self._page(request, "issued", issued=issued, person=person)

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        response = TemplateResponse(
            request,
            f"admin/members/accesscode/{name}.html",
            {
                **self.admin_site.each_context(request),
                "title": AccessCode._meta.verbose_name.capitalize(),  # type: ignore[union-attr]
                "opts": self.opts,
                **context,
            },
        )
        add_never_cache_headers(response)
        return response
