from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.proposals import accept_proposal, refuse_proposal
from events.admin.base import ReadOnlyAdmin, attempt, person
from events.choices import ProposalStatus
from events.forms.proposal import RefuseProposalForm
from events.models import EventProposal
from events.reports.clashes import Slot, clashes
from umkm_portal.lib.phone import show_phone

WAITING_FIRST = Case(When(status=ProposalStatus.WAITING, then=0), default=1).asc()


@admin.register(EventProposal)
class EventProposalAdmin(ReadOnlyAdmin):
    """What outsiders would like to see in the agenda; the oldest that waits comes first."""

    list_display = ["name", "status", "date", "organiser", "kecamatan", "sent_at"]
    list_filter = ["status", "kind", ("kecamatan", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["kecamatan"]
    ordering = [WAITING_FIRST, "sent_at"]
    search_fields = ["name", "organiser", "venue"]
    change_form_template = "admin/events/proposal_page.html"
    fields = [
        *("status", "name", "kind", "description", "date", "opens_at", "closes_at"),
        *("venue", "address", "kecamatan", "organiser", "contact_name", "phone_shown", "email"),
        *("sent_at", "decided_at", "decided_by", "reason", "event"),
    ]
    readonly_fields = ["phone_shown"]

    def get_urls(self) -> list[URLPattern]:
        pages = {"terima": self.accept, "tolak": self.refuse}
        own = [
            path(
                f"<int:pk>/{word}/",
                self.admin_site.admin_view(page),
                name=f"events_eventproposal_{word}",
            )
            for word, page in pages.items()
        ]
        return own + super().get_urls()

    def accept(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._proposal(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        done = _("Usulan diterima. Lengkapi acaranya, lalu tampilkan.")
        by = person(request)
        if attempt(request, lambda: accept_proposal(proposal, by=by, via="admin"), done):
            proposal.refresh_from_db()
            return redirect("admin:events_event_change", proposal.event_id)
        return redirect("admin:events_eventproposal_change", pk)

    def refuse(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._proposal(request, pk)
        form = RefuseProposalForm(request.POST or None)
        if form.is_valid():
            reason, by = form.cleaned_data["reason"], person(request)
            attempt(
                request,
                lambda: refuse_proposal(proposal, reason=reason, by=by, via="admin"),
                _("Usulan ditolak. Alasannya tampil di halaman pengusul."),
            )
            return redirect("admin:events_eventproposal_change", pk)
        context = {**self.admin_site.each_context(request), "form": form, "proposal": proposal}
        title = {"title": _("Tolak %s") % proposal}
        return render(request, "admin/events/refuse_proposal.html", {**context, **title})

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what else is there at that time."""
        found = self.get_object(request, object_id)
        (there,) = (
            clashes(found.venue, [Slot(found.begins, found.ends)], leaving=found.event_id)
            if found
            else [[]]
        )
        more = {**(extra_context or {}), "clashes": there}
        return super().change_view(request, object_id, form_url, more)

    @admin.display(description=gettext_lazy("nomor HP"))
    def phone_shown(self, proposal: EventProposal) -> str:
        return show_phone(proposal.phone)

    def _proposal(self, request: HttpRequest, pk: int) -> EventProposal:
        proposal = get_object_or_404(EventProposal, pk=pk)
        if not request.user.has_perm("events.change_eventproposal"):
            raise PermissionDenied
        return proposal
