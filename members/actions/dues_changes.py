"""What the treasurer does to an open bill besides booking money: void it, or waive it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from members.actions.dues_rules import (
    expected_period,
    locked_invoice,
    refuse_own,
    refuse_unless_open,
    refuse_without_reason,
)
from members.actions.ledger import close, tell
from members.choices import InvoiceStatus, ProofStatus
from members.models import DuesInvoice, MembershipTerm, User
from umkm_portal.audit.models import record


@transaction.atomic
def void_invoice(invoice: DuesInvoice, *, reason: str, by: User, via: str) -> DuesInvoice:
    """The bill was a mistake: nothing is owed on it; money already on it is the owner's credit."""
    invoice = locked_invoice(invoice)
    if invoice.status == InvoiceStatus.VOID:
        return invoice
    _refuse_to_close(invoice, by)
    _close_open(invoice, InvoiceStatus.VOID, reason=reason, by=by, via=via)
    return invoice


@transaction.atomic
def waive_invoice(invoice: DuesInvoice, *, reason: str, by: User, via: str) -> DuesInvoice:
    """The year is given without money, beginning as if it were paid today."""
    invoice = locked_invoice(invoice)
    if invoice.status == InvoiceStatus.WAIVED:
        return invoice
    _refuse_to_close(invoice, by)
    MembershipTerm.objects.create(
        membership=invoice.membership,
        period=expected_period(invoice.membership, on=timezone.localdate()),
        invoice=invoice,
        given_because=refuse_without_reason(reason),
    )
    _close_open(invoice, InvoiceStatus.WAIVED, reason=reason, by=by, via=via)
    return invoice


def _refuse_to_close(invoice: DuesInvoice, by: User) -> None:
    refuse_unless_open(invoice)
    refuse_own(invoice, by)


def _close_open(
    invoice: DuesInvoice, status: InvoiceStatus, *, reason: str, by: User, via: str
) -> None:
    reason = refuse_without_reason(reason)
    old = invoice.status
    close(invoice, status, because=reason)
    invoice.proofs.waiting().update(status=ProofStatus.REFUSED, refusal_reason=reason)
    record(
        f"dues_invoice.{'voided' if status == InvoiceStatus.VOID else 'waived'}",
        invoice,
        by=by,
        via=via,
        old=old,
        new=status,
        reason=reason,
        credit=invoice.credit,
    )
    tell(invoice, "dues_void" if status == InvoiceStatus.VOID else "dues_waived")
