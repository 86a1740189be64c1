"""Speaking of a paid year's end: four times, once each, and every decision is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from members.choices import (
    ApplicationStatus,
    ConsentPurpose,
    InvoiceStatus,
    ReminderOutcome,
    ReminderRule,
)
from members.links import term_link
from members.models import (
    Consent,
    DuesRate,
    DuesRules,
    KadinMembership,
    MembershipTerm,
    ReminderLog,
    User,
)
from umkm_portal.audit.models import record
from umkm_portal.notices.actions import send_later

BATCH = 100
LATE = timedelta(days=3)
"""A portal that stood still for longer does not send the missed letters in a heap."""
LOOK_BACK = timedelta(days=400)
"""Years that ended before are history brought in from elsewhere: nobody decides about them."""


@transaction.atomic
def remind_due(*, on: date, by: User | None, via: str) -> int:
    """Decide about at most BATCH years per rule; return how many. Call again until it says 0."""
    return sum(_decide_batch(rule, on=on, by=by, via=via) for rule in ReminderRule)


def _due(rule: ReminderRule, *, on: date) -> QuerySet[MembershipTerm]:
    # `period` ends on the first day not paid, a day after the last one the rules count from.
    latest = on + timedelta(days=1 - rule.days)
    decided = ReminderLog.objects.filter(term=OuterRef("pk"), rule=rule)
    return MembershipTerm.objects.filter(
        ~Exists(decided), period__endswith__lte=latest, period__endswith__gt=latest - LOOK_BACK
    ).order_by("pk")


def _decide_batch(rule: ReminderRule, *, on: date, by: User | None, via: str) -> int:
    terms = list(_due(rule, on=on)[:BATCH])
    if not terms:
        return 0
    batch = _lock(terms, on=on)
    # Another run may have decided between the look and the lock.
    decided = set(
        ReminderLog.objects.filter(rule=rule, term__in=terms).values_list("term_id", flat=True)
    )
    logs = []
    for term in terms:
        if term.pk in decided or term.membership_id not in batch.memberships:
            continue
        term.membership = batch.memberships[term.membership_id]
        why_not = batch.reason_against(term, rule, on=on)
        if why_not:
            log = ReminderLog(term=term, rule=rule, outcome=ReminderOutcome.SKIPPED, reason=why_not)
        else:
            log = _remind(term, rule, batch, on=on, by=by, via=via)
        logs.append(log)
    ReminderLog.objects.bulk_create(logs)
    return len(logs)


@dataclass(frozen=True)
class Batch:
    """Locked memberships by id, and the owners who took their consent back."""

    memberships: dict[int, KadinMembership]
    withdrawn: set[int]
    grace_days: int
    rates: dict[str | None, int | None] = field(default_factory=dict)

    def fee(self, membership: KadinMembership, *, on: date) -> int | None:
        """What the next year costs: the open bill, else the fee in force; None before any fee."""
        bill = next((bill for bill in membership.invoices.all() if bill.is_open), None)
        if bill:
            return bill.missing
        size = membership.business.size
        if size not in self.rates:
            rate = DuesRate.objects.begun(on=on, size=size).first()
            self.rates[size] = rate.amount if rate else None
        return self.rates[size]

    def reason_against(self, term: MembershipTerm, rule: ReminderRule, *, on: date) -> str:
        """Why this letter is not sent, as staff read it; empty when it is."""
        membership = term.membership
        owner = membership.business.owner
        late = on - (term.last_day + timedelta(days=rule.days))
        checks = (
            (_is_renewed(term), _("sudah diperpanjang")),
            (membership.status != ApplicationStatus.APPROVED, _("tidak lagi tercatat di Kadin")),
            (membership.suspended_at is not None, _("keanggotaan ditangguhkan")),
            (not owner.is_active, _("akun pemilik tidak aktif atau sudah dihapus")),
            (owner.pk in self.withdrawn, _("persetujuan keanggotaan ditarik")),
            (_is_being_checked(membership), _("bukti pembayaran sedang diperiksa")),
            (late > LATE, _("terlewat %d hari, layanan sempat berhenti") % late.days),
        )
        return next((str(reason) for applies, reason in checks if applies), "")


def _lock(terms: Sequence[MembershipTerm], *, on: date) -> Batch:
    """Rows somebody else works on are left for the next run."""
    rows = (
        KadinMembership.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in={term.membership_id for term in terms})
        .select_related("business__owner")
        .prefetch_related("terms", "invoices__payments")
        .order_by("pk")
    )
    memberships = {row.pk: row for row in rows}
    owners = {row.business.owner_id for row in memberships.values()}
    given = Consent.objects.filter(user__in=owners, purpose=ConsentPurpose.MEMBERSHIP)
    ended = {consent.user_id for consent in given if consent.withdrawn_at}
    standing = {consent.user_id for consent in given if not consent.withdrawn_at}
    rules = DuesRules.objects.in_force(on=on)
    return Batch(memberships, ended - standing, rules.grace_days)


def _is_renewed(term: MembershipTerm) -> bool:
    return any(other.period.lower >= term.period.upper for other in term.membership.terms.all())


def _is_being_checked(membership: KadinMembership) -> bool:
    return any(bill.status == InvoiceStatus.CHECKING for bill in membership.invoices.all())


def _remind(  # noqa: PLR0913  a letter has this many parts
    term: MembershipTerm,
    rule: ReminderRule,
    batch: Batch,
    *,
    on: date,
    by: User | None,
    via: str,
) -> ReminderLog:
    owner = term.membership.business.owner
    notice = send_later(
        "dues_reminder" if rule.is_before else "dues_lapsed",
        to=owner,
        about=term,
        key=rule,
        link=term_link(term),
        fee=batch.fee(term.membership, on=on),
        grace_ends_on=term.last_day + timedelta(days=batch.grace_days),
        today=on,
    )
    record("dues_reminder.sent", term.membership, by=by, via=via, rule=rule, term=term.pk)
    if owner.email:
        return ReminderLog(term=term, rule=rule, outcome=ReminderOutcome.SENT, notice=notice)
    return ReminderLog(
        term=term,
        rule=rule,
        outcome=ReminderOutcome.INBOX,
        reason=_("pemilik tidak punya e-mail"),
        notice=notice,
    )
