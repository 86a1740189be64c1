"""The desk for changes that need two people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from members.actions.proposal_kinds import KINDS
from members.actions.proposals import (
    MAY_PROPOSE,
    confirm_change,
    propose_change,
    refuse_change,
    withdraw_change,
)
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import ProposalKind, ProposalState
from members.forms.proposals import FORMS, PasswordAgain, RefusalForm, password_refusal
from members.models import ChangeProposal, User
from members.reports.proposals import changes_of, starts, who_for
from umkm_portal.lib.errors import ActionRefused

_BREAK = SafeString("<br>")


def _is_open(proposal: ChangeProposal) -> bool:
    return proposal.state(at=timezone.now()) == ProposalState.PROPOSED


class StateFilter(admin.SimpleListFilter):
    """By the computed state: what has passed its seven days no longer waits."""

    title = _("keadaan")
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in ProposalState.choices]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ChangeProposal]
    ) -> QuerySet[ChangeProposal]:
        now = timezone.now()
        if self.value() == ProposalState.PROPOSED:
            return queryset.filter(status=ProposalState.PROPOSED, expires_at__gt=now)
        if self.value() == ProposalState.EXPIRED:
            return queryset.filter(status=ProposalState.PROPOSED, expires_at__lte=now)
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(ChangeProposal)
class ChangeProposalAdmin(DecidedAdmin):
    change_list_template = "admin/members/proposal_list.html"
    list_display = ["what", "changes", "proposed_by", "proposed_at", "expires_at", "state_now"]
    list_filter = [StateFilter, "kind"]
    list_select_related = ["proposed_by"]
    fields = [
        "what",
        "changes",
        "starts",
        "reason",
        "proposed_by",
        "proposed_at",
        "expires_at",
        "state_now",
        "decided_by",
        "decided_at",
        "refusal_reason",
    ]
    decisions = [
        Decision(
            "sahkan",
            _("Sahkan"),
            _("Perubahan disahkan."),
            lambda row, values, user: confirm_change(row, by=user, via="admin"),
            _is_open,
            PasswordAgain,
        ),
        Decision(
            "tolak",
            _("Tolak usulan"),
            _("Usulan ditolak. Pengusul menerima alasannya."),
            lambda row, values, user: refuse_change(
                row, reason=values["reason"], by=user, via="admin"
            ),
            _is_open,
            RefusalForm,
            is_refusal=True,
        ),
        Decision(
            "tarik",
            _("Tarik usulan saya"),
            _("Usulan ditarik kembali."),
            lambda row, values, user: withdraw_change(row, by=user, via="admin"),
            _is_open,
            PasswordAgain,
            is_refusal=True,
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        propose = path(
            "usulkan/<slug:kind>/",
            self.admin_site.admin_view(self.propose_view),
            name="members_changeproposal_usulkan",
        )
        return [propose, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        kinds = [
            (label, reverse("admin:members_changeproposal_usulkan", args=[value]))
            for value, label in ProposalKind.choices
        ]
        may = self._user(request).has_perm(MAY_PROPOSE)
        extra = {**(extra_context or {}), "kinds": kinds if may else []}
        return super().changelist_view(request, extra)

    def propose_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        user = self._user(request)
        if not user.has_perm(MAY_PROPOSE):
            raise PermissionDenied
        if kind not in ProposalKind.values:
            raise Http404
        wanted = ProposalKind(kind)
        form = FORMS[wanted](request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and self._right_password(user, form):
            try:
                made = propose_change(
                    wanted,
                    payload=form.content(),
                    reason=form.cleaned_data["reason"],
                    by=user,
                    via="admin",
                )
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.message_user(request, _("Usulan terkirim ke rekan Anda."), messages.SUCCESS)
                return redirect(self._change_url(made))
        return TemplateResponse(
            request, "admin/members/decision.html", self._propose_context(request, wanted, form)
        )

    def _propose_context(
        self, request: HttpRequest, kind: ProposalKind, form: forms.Form
    ) -> dict[str, Any]:
        title = _("Usulkan %(what)s") % {"what": kind.label.lower()}
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": _("Usulan perubahan"),
            "form": form,
            "decision": {"label": _("Kirim usulan"), "is_refusal": False},
            "facts": self._in_force(kind),
            "back": reverse("admin:members_changeproposal_changelist"),
        }

    def _in_force(self, kind: ProposalKind) -> list[tuple[str, Any]]:
        """What holds today, as the old side of an empty proposal."""
        today = timezone.localdate().isoformat()
        before = KINDS[kind].before({"starts_on": today, "size": "all"})
        shown = ChangeProposal(kind=kind, payload=before, before=before)
        return [
            (_("%(what)s sekarang") % {"what": line.label}, line.new) for line in changes_of(shown)
        ]

    def facts(self, row: ChangeProposal) -> list[tuple[str, Any]]:
        facts = [(str(_("Perubahan")), self.what(row)), (str(_("Berlaku mulai")), starts(row))]
        facts += [
            (line.label, f"{line.old} → {line.new}" if line.differs else _("%s (tetap)") % line.new)
            for line in changes_of(row)
        ]
        return [
            *facts,
            (str(_("Diusulkan oleh")), str(row.proposed_by)),
            (str(_("Alasan")), row.reason),
        ]

    def _done(self, request: HttpRequest, row: Any, form: forms.Form, decision: Decision) -> str:
        if not self._right_password(self._user(request), form):
            return ""
        return super()._done(request, row, form, decision)

    def _right_password(self, user: User, form: forms.Form) -> bool:
        refusal = password_refusal(user, form.cleaned_data["password"])
        if refusal:
            form.add_error("password", refusal)
        return not refusal

    def _buttons(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        """The proposer may only take it back, everybody else only decide."""
        own = row.proposed_by_id == self._user(request).pk
        return [
            button
            for button in super()._buttons(request, row)
            if (button["decision"].name == "tarik") is own
        ]

    def _user(self, request: HttpRequest) -> User:
        assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
        return request.user

    @admin.display(description=_("yang diubah"), ordering="kind")
    def what(self, row: ChangeProposal) -> str:
        size = who_for(row)
        return f"{row.get_kind_display()} ({size.lower()})" if size else row.get_kind_display()

    @admin.display(description=_("lama → baru"))
    def changes(self, row: ChangeProposal) -> SafeString:
        lines = [line for line in changes_of(row) if line.differs] or changes_of(row)
        return format_html_join(_BREAK, "{}", ((str(line),) for line in lines))

    @admin.display(description=_("berlaku mulai"))
    def starts(self, row: ChangeProposal) -> str:
        return starts(row)

    @admin.display(description=_("keadaan"), ordering="status")
    def state_now(self, row: ChangeProposal) -> str:
        return str(row.state(at=timezone.now()).label)
