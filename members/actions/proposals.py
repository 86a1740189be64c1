"""A change to fee, rules, bank account or QRIS code: one person proposes, another confirms.

Nobody confirms his own proposal, a superuser neither; the database holds it too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.proposal_kinds import KINDS
from members.choices import ProposalKind, ProposalState
from members.models import ChangeProposal, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later

DAYS = 7
"""Long enough for a colleague on leave; whatever waits longer is asked again."""
MAY_PROPOSE = "members.add_changeproposal"
MAY_DECIDE = "members.change_changeproposal"


@transaction.atomic
def propose_change(
    kind: ProposalKind, *, payload: dict[str, Any], reason: str, by: User, via: str
) -> ChangeProposal:
    """Ask another member of staff to put `payload` in force; the others are told.

    Keys of `payload`: fee: size, starts_on, amount, joining_fee (rupiah); rules: starts_on, mode,
    grace_days, window_days; bank: bank_name, number, holder; qris: payload. The same proposal of
    the same person, still open, is returned.
    """
    _refuse_without(MAY_PROPOSE, by)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    content = KINDS[kind].clean(payload)
    now = timezone.now()
    existing = ChangeProposal.objects.open(at=now).filter(
        proposed_by=by, kind=kind, payload=content
    )
    if found := existing.first():
        return found
    proposal = ChangeProposal.objects.create(
        kind=kind,
        payload=content,
        before=KINDS[kind].before(content),
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    record(
        "change_proposal.proposed",
        proposal,
        by=by,
        via=via,
        kind=kind,
        old=proposal.before,
        new=content,
        reason=proposal.reason,
    )
    for colleague in who_may_decide(proposal):
        send_later("change_proposed", to=colleague, about=proposal, link=_address(proposal))
    return proposal


@transaction.atomic
def confirm_change(proposal: ChangeProposal, *, by: User, via: str) -> ChangeProposal:
    """The second person agrees: the new row is written, and nothing that was there is changed."""
    proposal = _locked(proposal)
    if proposal.status == ProposalState.CONFIRMED and proposal.decided_by_id == by.pk:
        return proposal
    _refuse_unless_decidable(proposal, by)
    kind = KINDS[ProposalKind(proposal.kind)]
    content = kind.clean(proposal.payload)
    if kind.before(content) != proposal.before:
        raise ActionRefused(
            _("Yang berlaku sudah berubah sejak usulan ini dibuat. Tolak, lalu usulkan lagi.")
        )
    _end(proposal, ProposalState.CONFIRMED, by=by)
    row = kind.write(content, timezone.now())
    record(
        "change_proposal.confirmed",
        proposal,
        by=by,
        via=via,
        kind=proposal.kind,
        old=proposal.before,
        new=content,
        row=row.pk,
        proposed_by=proposal.proposed_by_id,
    )
    _tell_proposer(proposal)
    return proposal


@transaction.atomic
def refuse_change(proposal: ChangeProposal, *, reason: str, by: User, via: str) -> ChangeProposal:
    """The second person does not agree; whoever proposed learns why."""
    proposal = _locked(proposal)
    if proposal.status == ProposalState.REFUSED:
        return proposal
    _refuse_unless_decidable(proposal, by)
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    proposal.refusal_reason = reason.strip()
    _end(proposal, ProposalState.REFUSED, by=by)
    record(
        "change_proposal.refused",
        proposal,
        by=by,
        via=via,
        kind=proposal.kind,
        old=ProposalState.PROPOSED,
        new=proposal.status,
        reason=proposal.refusal_reason,
    )
    _tell_proposer(proposal)
    return proposal


@transaction.atomic
def withdraw_change(proposal: ChangeProposal, *, by: User, via: str) -> ChangeProposal:
    """Whoever proposed takes it back."""
    proposal = _locked(proposal)
    if proposal.proposed_by_id != by.pk:
        raise ActionRefused(_("Hanya pengusul yang bisa menarik usulan ini."))
    if proposal.status == ProposalState.WITHDRAWN:
        return proposal
    _refuse_unless_open(proposal)
    _end(proposal, ProposalState.WITHDRAWN, by=None)
    record(
        "change_proposal.withdrawn",
        proposal,
        by=by,
        via=via,
        kind=proposal.kind,
        old=ProposalState.PROPOSED,
        new=proposal.status,
    )
    return proposal


def who_may_decide(proposal: ChangeProposal) -> list[User]:
    """Staff who may confirm or refuse it: never whoever proposed."""
    right = Q(
        groups__permissions__content_type__app_label="members",
        groups__permissions__codename=MAY_DECIDE.split(".")[1],
    )
    able = User.objects.filter(right | Q(is_superuser=True), is_active=True, is_staff=True)
    return list(able.exclude(pk=proposal.proposed_by_id).distinct().order_by("pk"))


def _locked(proposal: ChangeProposal) -> ChangeProposal:
    """This one as it stands; whatever else of its kind is open waits, for both may want one day."""
    kin = Q(kind=proposal.kind, status=ProposalState.PROPOSED)
    rows = ChangeProposal.objects.select_for_update(of=("self",)).order_by("pk")
    return {row.pk: row for row in rows.filter(kin | Q(pk=proposal.pk))}[proposal.pk]


def _refuse_without(permission: str, user: User) -> None:
    if not (user.is_staff and user.has_perm(permission)):
        raise ActionRefused(_("Halaman ini hanya untuk petugas Kadin."))


def _refuse_unless_decidable(proposal: ChangeProposal, by: User) -> None:
    _refuse_without(MAY_DECIDE, by)
    if proposal.proposed_by_id == by.pk:
        raise ActionRefused(_("Usulan Anda sendiri disahkan atau ditolak orang lain."))
    _refuse_unless_open(proposal)


def _refuse_unless_open(proposal: ChangeProposal) -> None:
    state = proposal.state(at=timezone.now())
    if state == ProposalState.EXPIRED:
        raise ActionRefused(
            _("Usulan ini lewat waktu sejak %(day)s. Usulkan lagi bila masih perlu.")
            % {"day": tanggal_polos(timezone.localdate(proposal.expires_at))}
        )
    if state != ProposalState.PROPOSED:
        raise ActionRefused(
            _("Usulan ini sudah diputuskan: %(state)s.") % {"state": state.label.lower()}
        )


def _end(proposal: ChangeProposal, status: ProposalState, *, by: User | None) -> None:
    proposal.status, proposal.decided_by, proposal.decided_at = status, by, timezone.now()
    proposal.save(update_fields=["status", "decided_by", "decided_at", "refusal_reason"])


def _tell_proposer(proposal: ChangeProposal) -> None:
    send_later("change_decided", to=proposal.proposed_by, about=proposal, link=_address(proposal))


def _address(proposal: ChangeProposal) -> str:
    return reverse("admin:members_changeproposal_change", args=[proposal.pk])
