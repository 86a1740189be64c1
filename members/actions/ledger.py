"""The ledger of dues: rows are only ever added, and a bill is what its rows say.

Called by actions that hold the membership's lock; nothing here decides who may.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from members.actions.dues_rules import expected_period, last_part_on, money_sentence
from members.actions.numbering import draw_number
from members.choices import EntryKind, InvoiceStatus, ProofStatus
from members.links import invoice_link
from members.models import DuesInvoice, DuesPayment, MembershipTerm, User
from members.models.dues import CLOSED
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.notices.actions import send_later

SERIES = {
    EntryKind.RECEIPT: "KW-KJS",
    EntryKind.REFUND: "BK-KJS",
    EntryKind.REVERSAL: "KR-KJS",
    EntryKind.CREDIT: "PD-KJS",
}
"""Kuitansi for money that came in; bukti keluar, koreksi and pemindahan for the rest."""


def add_row(  # noqa: PLR0913  what a row of the ledger says
    invoice: DuesInvoice,
    *,
    kind: EntryKind,
    amount: int,
    received_on: date,
    method: str,
    reference: str,
    confirmed_by: User | None,
    **links: Any,
) -> DuesPayment:
    """Write one row with the next number of its kind; `links` are refunds, reverses and so on."""
    return DuesPayment.objects.create(
        invoice=invoice,
        kind=kind,
        amount=amount,
        received_on=received_on,
        method=method,
        reference=reference,
        receipt_number=draw_number(SERIES[kind], year=timezone.localdate().year),
        receipt_code=random_code(10),
        confirmed_by=confirmed_by,
        **links,
    )


def settle(invoice: DuesInvoice, *, because: str = "") -> None:
    """Make the bill's status and its year what its rows say.

    A year whose money is no longer there is revoked, `because` of what happened to it.
    """
    if invoice.status in CLOSED:
        return
    term, received = invoice.term, invoice.received
    if received >= invoice.amount:
        accept_proofs(invoice)
        paid_in_full = received == invoice.amount
        move(invoice, InvoiceStatus.PAID if paid_in_full else InvoiceStatus.OVERPAID)
        if term is None:
            _begin_year(invoice)
        return
    if term is not None:
        revoke(term, because)
    if invoice.proofs.waiting().exists():
        move(invoice, InvoiceStatus.CHECKING)
    else:
        move(invoice, InvoiceStatus.UNDERPAID if received else InvoiceStatus.UNPAID)


def accept_proofs(invoice: DuesInvoice) -> None:
    """Whoever books money has looked at the proof that waited."""
    invoice.proofs.waiting().update(status=ProofStatus.ACCEPTED)


def _begin_year(invoice: DuesInvoice) -> MembershipTerm:
    day = last_part_on(invoice) or timezone.localdate()
    return MembershipTerm.objects.create(
        membership=invoice.membership,
        period=expected_period(invoice.membership, on=day),
        invoice=invoice,
    )


def revoke(term: MembershipTerm, because: str) -> None:
    """The year no longer counts; it stays as history with the reason."""
    term.revoked_at = timezone.now()
    term.revoked_because = because
    term.save(update_fields=["revoked_at", "revoked_because"])


def move(invoice: DuesInvoice, status: InvoiceStatus) -> None:
    invoice.status = status
    invoice.save(update_fields=["status"])


def close(invoice: DuesInvoice, status: InvoiceStatus, *, because: str) -> None:
    """The bill wants nothing any more, for a reason its owner reads."""
    invoice.status = status
    invoice.closed_because = because
    invoice.save(update_fields=["status", "closed_because"])


def note_money(invoice: DuesInvoice, payment: DuesPayment, *, old: str, via: str) -> None:
    """The audit line of money that was booked, and what the bill became by it."""
    term = invoice.term
    record(
        "dues.confirmed",
        invoice,
        by=payment.confirmed_by,
        via=via,
        old=old,
        new=invoice.status,
        amount=payment.amount,
        method=payment.method,
        received_on=payment.received_on,
        reference=payment.reference,
        receipt=payment.receipt_number,
        period=[term.period.lower, term.period.upper] if term else None,
    )


def thank(invoice: DuesInvoice, payment: DuesPayment) -> None:
    """The one message about money that arrived: paid, too little, or too much."""
    purpose = {
        InvoiceStatus.PAID: "dues_paid",
        InvoiceStatus.OVERPAID: "dues_overpaid",
    }.get(InvoiceStatus(invoice.status), "dues_underpaid")
    term = invoice.term
    send_later(
        purpose,
        to=invoice.membership.business.owner,
        about=invoice,
        key=payment.receipt_number,
        link=reverse("members:dues_receipt", args=[invoice.number])
        if term
        else invoice_link(invoice),
        payment=payment,
        last_day=term.last_day if term else None,
        said=money_sentence(received=invoice.received, bill=invoice.amount),
        card=settings.SITE_URL + reverse("members:member_card"),
    )


def note_row(
    invoice: DuesInvoice, row: DuesPayment, verb: str, *, old: str, via: str, **data: str
) -> None:
    """The audit line of a row that set money right."""
    record(
        verb,
        invoice,
        by=row.confirmed_by,
        via=via,
        old=old,
        new=invoice.status,
        amount=row.amount,
        receipt=row.receipt_number,
        reason=row.reason,
        **data,
    )


def tell(invoice: DuesInvoice, purpose: str, *, key: str = "", **context: Any) -> None:
    """Write to the owner about what happened to a bill."""
    send_later(
        purpose,
        to=invoice.membership.business.owner,
        about=invoice,
        key=key,
        link=invoice.get_absolute_url(),
        term=invoice.term,
        said=money_sentence(received=invoice.received, bill=invoice.amount),
        **context,
    )
