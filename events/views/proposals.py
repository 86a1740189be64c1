"""Partners and kelurahan propose an event, and see what became of it by a link."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.proposals import propose_event, withdraw_proposal
from events.choices import ProposalStatus
from events.forms.proposal import ProposalForm
from events.models import EventProposal
from members.models import User
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

# An office shares one address, and plans its year in one sitting.
PROPOSALS_PER_ADDRESS, PER_SECONDS = 15, 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        if form.is_from_a_machine:
            return redirect("events:agenda")
        if too_many(f"usul {client_ip(request)}", limit=PROPOSALS_PER_ADDRESS, seconds=PER_SECONDS):
            form.add_error(None, _("Terlalu banyak usulan dari sambungan ini. Coba 1 jam lagi."))
            status = 429
        elif proposal := _send(request, form):
            return redirect(proposal)
    return render(request, "events/propose.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(
        EventProposal.objects.select_related("event", "kecamatan"), token=token
    )
    context = {
        "proposal": found,
        "waits": found.status == ProposalStatus.WAITING,
        "event": found.event if found.event and found.event.published else None,
    }
    return render(request, "events/proposal.html", context)


@login_not_required
@require_POST
def proposal_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(EventProposal, token=token)
    by = request.user if isinstance(request.user, User) else None
    try:
        withdraw_proposal(found, by=by, via="tautan")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Usulan ditarik."))
    return redirect(found)


def _send(request: HttpRequest, form: ProposalForm) -> EventProposal | None:
    by = request.user if isinstance(request.user, User) else None
    try:
        return propose_event(form.draft(), by=by, via="web")
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return None
