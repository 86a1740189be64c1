"""Money that fits no open bill: kept in the treasurer's sight, then assigned or returned."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues_rules import (
    ReceivedLine,
    locked_invoice,
    refuse_booked_elsewhere,
    refuse_nobody,
    refuse_own,
    refuse_unless_open,
    refuse_without_reason,
)
from members.actions.ledger import accept_proofs, add_row, note_money, settle, thank
from members.choices import EntryKind, HeldStatus, PaymentMethod
from members.models import DuesInvoice, HeldPayment, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def hold_payment(  # noqa: PLR0913  what one line of a bank statement says
    *,
    amount: int,
    received_on: date,
    reference: str,
    method: str,
    about: DuesInvoice | None = None,
    reason: str,
    by: User | None,
    via: str,
) -> HeldPayment:
    """Money came late, or nobody knows for what: write it down and let the treasurer decide.

    `about` is the bill it names, if any; its owner is told. The same line twice is once. `by` is
    None only via the gateway.
    """
    refuse_nobody(by, via)
    line = ReceivedLine(
        method=PaymentMethod(method),
        reference=reference.strip(),
        received_on=received_on,
        amount=amount,
    )
    if amount <= 0 or not line["reference"]:
        raise ActionRefused(_("Uang yang ditahan perlu jumlah dan referensi."))
    # Under the unique constraint of the line, so copies that arrive at once wait for each other.
    found = HeldPayment.objects.filter(about=about, **line).first()
    if found:
        return found
    refuse_booked_elsewhere(line)
    held, is_new = HeldPayment.objects.get_or_create(
        about=about, **line, defaults={"reason": refuse_without_reason(reason), "held_by": by}
    )
    if is_new:
        _note(held, "held_payment.held", by=by, via=via, reason=held.reason)
        _tell(held, "payment_held")
    return held


@transaction.atomic
def assign_held_payment(
    held: HeldPayment, invoice: DuesInvoice, *, by: User, via: str
) -> HeldPayment:
    """The money was for this open bill: it is booked there, on the day it came."""
    invoice = locked_invoice(invoice)
    held = HeldPayment.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.status == HeldStatus.ASSIGNED and held.payment.invoice_id == invoice.pk:
        return held
    _refuse_unless_waiting(held)
    refuse_unless_open(invoice)
    refuse_own(invoice, by)
    old = invoice.status
    payment = add_row(
        invoice,
        kind=EntryKind.RECEIPT,
        amount=held.amount,
        received_on=held.received_on,
        method=held.method,
        reference=held.reference,
        confirmed_by=by,
        held=held,
    )
    accept_proofs(invoice)
    settle(invoice)
    _decide(held, HeldStatus.ASSIGNED, by=by, reason="")
    _note(held, "held_payment.assigned", by=by, via=via, invoice=invoice.number)
    note_money(invoice, payment, old=old, via=via)
    thank(invoice, payment)
    return held


@transaction.atomic
def return_held_payment(held: HeldPayment, *, reason: str, by: User, via: str) -> HeldPayment:
    """The money went back to whoever sent it; the reason says how, and the owner is told."""
    if held.about:
        refuse_own(locked_invoice(held.about), by)
    held = HeldPayment.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.status == HeldStatus.RETURNED:
        return held
    _refuse_unless_waiting(held)
    _decide(held, HeldStatus.RETURNED, by=by, reason=refuse_without_reason(reason))
    _note(held, "held_payment.returned", by=by, via=via, reason=held.decision_reason)
    _tell(held, "payment_returned")
    return held


def _refuse_unless_waiting(held: HeldPayment) -> None:
    if held.status == HeldStatus.ASSIGNED:
        raise ActionRefused(
            _("Uang ini sudah dipakai untuk tagihan %s.") % held.payment.invoice.number
        )
    if held.status == HeldStatus.RETURNED and held.decided_at:
        raise ActionRefused(
            _("Uang ini sudah dikembalikan %s.")
            % tanggal_polos(timezone.localdate(held.decided_at))
        )


def _decide(held: HeldPayment, status: HeldStatus, *, by: User, reason: str) -> None:
    held.status = status
    held.decided_at = timezone.now()
    held.decided_by = by
    held.decision_reason = reason
    held.save(update_fields=["status", "decided_at", "decided_by", "decision_reason"])


def _note(held: HeldPayment, verb: str, *, by: User | None, via: str, **data: str) -> None:
    record(
        verb,
        held,
        by=by,
        via=via,
        amount=held.amount,
        method=held.method,
        received_on=held.received_on,
        reference=held.reference,
        about=held.about.number if held.about else None,
        **data,
    )


def _tell(held: HeldPayment, purpose: str) -> None:
    if held.about:
        send_later(
            purpose,
            to=held.about.membership.business.owner,
            about=held,
            link=held.about.get_absolute_url(),
        )
