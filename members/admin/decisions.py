"""Staff decide on a row by buttons; each opens a small form and ends in one action of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from members.models import User
from members.reports.letters import send_log
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused


@dataclass(frozen=True)
class Decision:
    """One button: its address, words, form, the rows it is for, and what it does.

    `decide(row, values, user)` calls the action with the form's cleaned values. `initial(row)`
    fills the form. With `outcome(row)` the deed is shown before it is done: what the row would
    be afterwards, and a second button that really does it. `after(what decide returned)` is the
    address to go on to.
    """

    name: str
    label: Any
    done: Any
    decide: Callable[[Any, dict[str, Any], User], object]
    open_to: Callable[[Any], bool]
    form: type[forms.Form] = forms.Form
    is_refusal: bool = False
    initial: Callable[[Any], dict[str, Any]] | None = None
    outcome: Callable[[Any], list[tuple[str, Any]]] | None = None
    after: Callable[[Any], str] | None = None


class DecidedAdmin(admin.ModelAdmin[Any]):
    """Shows a row as it stands, its trail, and buttons; nothing is typed over, added or deleted."""

    decisions: list[Decision] = []
    actions: Any = None
    change_form_template = "admin/members/decided_change_form.html"
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [str(name) for name in self.fields or []]

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{decision.name}/",
                self.admin_site.admin_view(partial(self.decision_view, decision=decision)),
                name=self._url_name(decision),
            )
            for decision in self.decisions
        ]
        return own + super().get_urls()

    def subject_of_trail(self, row: Any) -> models.Model:
        """The object whose audit lines stand under the row."""
        found: models.Model = row
        return found

    def letters_about(self, row: Any) -> list[models.Model]:
        """What letters may be about whose log stands under the row; empty means no log."""
        return []

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        extra = {"show_save": False, "show_save_and_continue": False, **(extra_context or {})}
        if row is not None:
            extra["decisions"] = self._buttons(request, row)
            extra["trail"] = AuditEntry.objects.about(self.subject_of_trail(row)).select_related(
                "by"
            )[:50]
            assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
            if subjects := self.letters_about(row):
                extra |= send_log(request.user, *subjects)
        return super().change_view(request, object_id, form_url, extra)

    def decision_view(self, request: HttpRequest, pk: int, *, decision: Decision) -> HttpResponse:
        row = self.get_object(request, str(pk))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        initial = decision.initial(row) if decision.initial else {}
        form = decision.form(request.POST if request.method == "POST" else None, initial=initial)
        foreseen: list[tuple[str, Any]] = []
        if request.method == "POST" and "ubah" not in request.POST and form.is_valid():
            if decision.outcome and "simpan" not in request.POST:
                foreseen = self._foreseen(request, row, form, decision)
            elif address := self._done(request, row, form, decision):
                return redirect(address)
        context = {
            **self.admin_site.each_context(request),
            "title": decision.label,
            "opts": self.opts,
            "original": row,
            "form": form,
            "decision": decision,
            "facts": self.facts(row),
            "foreseen": foreseen,
            "looks_first": decision.outcome is not None,
            "back": self._change_url(row),
        }
        return TemplateResponse(request, "admin/members/decision.html", context)

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        """What must be seen beside the form."""
        return []

    def address_after(self, row: Any) -> str:
        return self._change_url(row)

    def _done(self, request: HttpRequest, row: Any, form: forms.Form, decision: Decision) -> str:
        """Where to go on once it is done; empty when it was refused, which the form then says."""
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        try:
            made = decision.decide(row, form.cleaned_data, request.user)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return ""
        self.message_user(request, decision.done, messages.SUCCESS)
        return decision.after(made) if decision.after else self.address_after(row)

    def _foreseen(
        self, request: HttpRequest, row: Any, form: forms.Form, decision: Decision
    ) -> list[tuple[str, Any]]:
        """What it would come to: the action itself is run, looked at, and rolled back."""
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        assert decision.outcome  # noqa: S101  only asked for such
        try:
            with transaction.atomic():
                decision.decide(row, form.cleaned_data, request.user)
                found = decision.outcome(self.get_object(request, str(row.pk)))
                transaction.set_rollback(True)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
            return []
        return found

    def _buttons(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        if not self.has_change_permission(request, row):
            return []
        return [
            {"decision": d, "url": reverse(f"admin:{self._url_name(d)}", args=[row.pk])}
            for d in self.decisions
            if d.open_to(row)
        ]

    def _url_name(self, decision: Decision) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{decision.name}"

    def _change_url(self, row: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
