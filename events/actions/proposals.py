"""Events proposed from outside: sent without an account, decided by staff, answered by a link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.copying import free_slug
from events.choices import PROPOSED_KINDS, ProposalStatus
from events.models import Event, EventDay, EventProposal
from events.models.day import hours_are_in_order
from members.models import Kecamatan, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.strangers import mail_stranger

FARTHEST = timedelta(days=365)
KEPT_AFTER = timedelta(days=365)
"""Names and numbers of proposers go a year after the day they proposed."""


@dataclass(frozen=True)
class Draft:
    """What the form heard; phone as +62…."""

    organiser: str
    contact_name: str
    phone: str
    kind: str
    name: str
    venue: str
    kecamatan: Kecamatan
    date: date
    opens_at: time
    closes_at: time
    email: str = ""
    description: str = ""
    address: str = ""


@transaction.atomic
def propose_event(draft: Draft, *, by: User | None, via: str) -> EventProposal:
    """Staff find it in their queue; the same proposal sent again is the first one."""
    _refuse_draft(draft)
    # A second press waits here, and finds what the first one wrote.
    Kecamatan.objects.select_for_update(of=("self",)).get(pk=draft.kecamatan.pk)
    same = EventProposal.objects.waiting().filter(
        phone=draft.phone, name=draft.name, date=draft.date, venue=draft.venue
    )
    proposal = same.first()
    if proposal:
        return proposal
    proposal = EventProposal.objects.create(**vars(draft))
    record("proposal.sent", proposal, by=by, via=via, organiser=draft.organiser)
    _answer_later(proposal)
    return proposal


@transaction.atomic
def accept_proposal(proposal: EventProposal, *, by: User | None, via: str) -> EventProposal:
    """It becomes an event, a draft that staff complete and show; the proposer is told."""
    proposal = _locked(proposal)
    if proposal.status == ProposalStatus.ACCEPTED:
        return proposal
    _refuse_unless_waiting(proposal)
    event = Event.objects.create(
        kind=proposal.kind,
        name=proposal.name,
        slug=free_slug(f"{proposal.name} {proposal.date}"),
        description=proposal.description,
        venue=proposal.venue,
        address=proposal.address,
        kecamatan=proposal.kecamatan,
        organiser=proposal.organiser,
        needs_sign_up=False,
    )
    EventDay.objects.create(
        event=event,
        date=proposal.date,
        opens_at=proposal.opens_at,
        closes_at=proposal.closes_at,
    )
    proposal.event = event
    _decide(proposal, ProposalStatus.ACCEPTED, by=by)
    record("proposal.accepted", proposal, by=by, via=via, event=event.pk)
    _answer_later(proposal)
    return proposal


@transaction.atomic
def refuse_proposal(
    proposal: EventProposal, *, reason: str, by: User | None, via: str
) -> EventProposal:
    """The proposer reads why on the page of the link."""
    proposal = _locked(proposal)
    if proposal.status == ProposalStatus.REFUSED:
        return proposal
    _refuse_unless_waiting(proposal)
    if not reason:
        raise ActionRefused(_("Tulis alasannya. Pengusul membacanya."))
    proposal.reason = reason
    _decide(proposal, ProposalStatus.REFUSED, by=by)
    record("proposal.refused", proposal, by=by, via=via, reason=reason)
    _answer_later(proposal)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal: EventProposal, *, by: User | None, via: str) -> EventProposal:
    """Whoever holds the link takes it back."""
    proposal = _locked(proposal)
    if proposal.status == ProposalStatus.WITHDRAWN:
        return proposal
    _refuse_unless_waiting(proposal)
    _decide(proposal, ProposalStatus.WITHDRAWN, by=by)
    record("proposal.withdrawn", proposal, by=by, via=via)
    return proposal


def drop_old_proposals(*, on: date) -> int:
    """A year after their day; return how many went."""
    return EventProposal.objects.filter(date__lt=on - KEPT_AFTER).delete()[0]


def letter_of(proposal: EventProposal) -> tuple[str, str]:
    """Subject and body of the e-mail about where the proposal stands."""
    link = settings.SITE_URL + proposal.get_absolute_url()
    text = render_to_string("events/proposal_mail.txt", {"proposal": proposal, "url": link})
    subject, _newline, body = text.strip().partition("\n")
    return subject.strip(), body.strip()


def _refuse_draft(draft: Draft) -> None:
    today = timezone.localdate()
    if draft.kind not in PROPOSED_KINDS:
        raise ActionRefused(_("Pilih pelatihan, pameran, atau festival."))
    if not today < draft.date <= today + FARTHEST:
        raise ActionRefused(_("Pilih tanggal mulai besok, paling jauh setahun lagi."))
    if not hours_are_in_order(draft.opens_at, draft.closes_at):
        raise ActionRefused(_("Jam selesai harus sesudah jam mulai."))


def _locked(proposal: EventProposal) -> EventProposal:
    return EventProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


def _refuse_unless_waiting(proposal: EventProposal) -> None:
    if proposal.status != ProposalStatus.WAITING:
        raise ActionRefused(_("Usulan ini sudah %s.") % str(proposal.state.label).lower())


def _decide(proposal: EventProposal, status: ProposalStatus, *, by: User | None) -> None:
    proposal.status, proposal.decided_at, proposal.decided_by = status, timezone.now(), by
    proposal.save(update_fields=["status", "decided_at", "decided_by", "reason", "event"])


def _answer_later(proposal: EventProposal) -> None:
    if proposal.email:
        subject, body = letter_of(proposal)
        mail_stranger(proposal.email, subject=subject, body=body)
