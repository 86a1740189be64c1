"""Money that was booked and is set right: refunds, corrections and moved credit, by new rows."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues_rules import (
    ReceivedLine,
    expected_period,
    last_part_on,
    locked_invoice,
    refuse_nobody,
    refuse_own,
    refuse_unless_open,
    refuse_without_reason,
    refuse_wrong_line,
)
from members.actions.ledger import (
    add_row,
    close,
    note_money,
    note_row,
    revoke,
    settle,
    tell,
    thank,
)
from members.choices import EntryKind, InvoiceStatus, PaymentMethod
from members.models import DuesInvoice, DuesPayment, User
from members.models.dues import CLOSED
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah


@transaction.atomic
def refund_payment(
    payment: DuesPayment, *, amount: int | None = None, reason: str, by: User | None, via: str
) -> DuesPayment:
    """Money that came, or was moved here, went back: a new row below zero, today; returns it.

    Without `amount` (rupiah) all of it that has not gone back. What was paid too much goes back
    without harm; less than the bill left on a paid bill ends the year it paid for. The same
    refund on the same day is once, and so is one of a receipt with nothing left. `by` is None
    only via the gateway.
    """
    refuse_nobody(by, via)
    invoice = locked_invoice(payment.invoice)
    payment = invoice.payments.prefetch_related("refunded_by").get(pk=payment.pk)
    if payment.amount < 0:
        raise ActionRefused(_("Baris ini bukan uang masuk."))
    made = _same_refund(payment, amount=amount, reason=reason.strip(), by=by)
    if made:
        return made
    refuse_own(invoice, by)
    reason = refuse_without_reason(reason)
    left = min(payment.returnable, invoice.received)
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise ActionRefused(
            _("Yang bisa dikembalikan dari kuitansi %(number)s paling banyak %(left)s.")
            % {"number": payment.receipt_number, "left": rupiah(left)}
        )
    row = add_row(
        invoice,
        kind=EntryKind.REFUND,
        amount=-amount,
        received_on=timezone.localdate(),
        method=payment.method,
        reference=payment.reference,
        confirmed_by=by,
        refunds=payment,
        reason=reason,
    )
    old = invoice.status
    _after_refund(invoice, reason)
    note_row(invoice, row, "dues.refunded", old=old, via=via)
    tell(invoice, "dues_refunded", key=row.receipt_number, row=row)
    return row


@transaction.atomic
def correct_payment(  # noqa: PLR0913  what one line of a bank statement says
    payment: DuesPayment,
    *,
    received_on: date,
    amount: int,
    reference: str,
    method: str,
    reason: str,
    by: User,
    via: str,
) -> DuesPayment:
    """The line was typed wrong: take it back by a row of its own and book the right one.

    Returns the new receipt; the old kuitansi is no longer good. Corrected twice to the same is
    once. The year follows the money: it may begin, end, or move to the right day.
    """
    invoice = locked_invoice(payment.invoice)
    payment = invoice.payments.select_related("correction", "reversal").get(pk=payment.pk)
    if payment.kind != EntryKind.RECEIPT:
        raise ActionRefused(_("Baris ini bukan uang masuk."))
    line = ReceivedLine(
        method=PaymentMethod(method),
        reference=reference.strip(),
        received_on=received_on,
        amount=amount,
    )
    if payment.is_reversed:
        return _same_correction(payment, line)
    refuse_own(invoice, by)
    reason = refuse_without_reason(reason)
    _refuse_correction(payment, line)
    refuse_wrong_line(invoice, received_on=received_on, amount=amount, reference=line["reference"])
    old = invoice.status
    row = _rewrite(invoice, payment, line, reason=reason, booker=by)
    _move_year(invoice, reason)
    _refuse_two_open(invoice)
    settle(invoice, because=reason)
    note_row(invoice, row, "dues.corrected", old=old, via=via, instead_of=payment.receipt_number)
    tell(invoice, "dues_corrected", key=row.receipt_number, row=row, old=payment)
    return row


@transaction.atomic
def move_credit(invoice: DuesInvoice, to: DuesInvoice, *, by: User, via: str) -> DuesPayment:
    """What was paid too much on one bill pays another of the same member, as far as it reaches.

    Two rows that add up to nothing; returns the one on the other bill.
    """
    if invoice.membership_id != to.membership_id:
        raise ActionRefused(_("Lebih bayar hanya bisa dipakai untuk tagihan anggota yang sama."))
    invoice, to = locked_invoice(invoice), locked_invoice(to)
    moved = to.payments.filter(kind=EntryKind.CREDIT, reference=invoice.number).first()
    if moved and not invoice.credit:
        return moved
    refuse_unless_open(to)
    refuse_own(to, by)
    amount = min(invoice.credit, to.missing)
    if not amount:
        raise ActionRefused(_("Tidak ada lebih bayar pada tagihan %s.") % invoice.number)
    moving = partial(
        add_row,
        kind=EntryKind.CREDIT,
        received_on=timezone.localdate(),
        method=invoice.payments.filter(amount__gt=0).latest("pk").method,
        confirmed_by=by,
    )
    moving(invoice, amount=-amount, reference=to.number)
    row = moving(to, amount=amount, reference=invoice.number)
    old, old_to = invoice.status, to.status
    settle(invoice)
    settle(to)
    note_row(invoice, row, "dues.credit_moved", old=old, via=via, to=to.number)
    note_money(to, row, old=old_to, via=via)
    thank(to, row)
    return row


def _rewrite(
    invoice: DuesInvoice, payment: DuesPayment, line: ReceivedLine, *, reason: str, booker: User
) -> DuesPayment:
    """Take the wrong row back and write the right one; returns that."""
    add_row(
        invoice,
        kind=EntryKind.REVERSAL,
        amount=-payment.amount,
        received_on=payment.received_on,
        method=payment.method,
        reference=payment.reference,
        confirmed_by=booker,
        reverses=payment,
        reason=reason,
    )
    return add_row(
        invoice,
        kind=EntryKind.RECEIPT,
        confirmed_by=booker,
        corrects=payment,
        reason=reason,
        **line,
    )


def _after_refund(invoice: DuesInvoice, reason: str) -> None:
    term = invoice.term
    if term and invoice.status not in CLOSED and invoice.received < invoice.amount:
        revoke(term, reason)
        close(invoice, InvoiceStatus.REFUNDED, because=reason)
        return
    settle(invoice, because=reason)


def _same_refund(
    payment: DuesPayment, *, amount: int | None, reason: str, by: User | None
) -> DuesPayment | None:
    """What this refund made when it was pressed before; the gateway repeats itself for days."""
    rows = sorted(payment.refunded_by.all(), key=lambda row: -row.pk)
    if rows and not payment.returnable:
        return rows[0]
    today = timezone.localdate()
    for row in rows:
        same_day = by is None or row.received_on == today
        if same_day and row.paid_out == amount and row.reason == reason:
            return row
    return None


def _same_correction(payment: DuesPayment, line: ReceivedLine) -> DuesPayment:
    made = payment.correction
    if all(getattr(made, name) == value for name, value in line.items()):
        return made
    raise ActionRefused(
        _("Kuitansi %(old)s sudah diganti %(new)s. Perbaiki yang baru.")
        % {"old": payment.receipt_number, "new": made.receipt_number}
    )


def _refuse_correction(payment: DuesPayment, line: ReceivedLine) -> None:
    if PaymentMethod.GATEWAY in {payment.method, line["method"]}:
        raise ActionRefused(_("Pembayaran daring tidak diketik; kembalikan uangnya bila keliru."))
    if payment.refunded_by.exists():
        raise ActionRefused(
            _("Uang ini sudah dikembalikan sebagian; catatannya tidak diubah lagi.")
        )
    if payment.invoice.received - payment.amount + line["amount"] < 0:
        raise ActionRefused(_("Uang ini sudah dipindah; catatannya tidak bisa dikurangi lagi."))
    if all(getattr(payment, name) == value for name, value in line.items()):
        raise ActionRefused(_("Tidak ada yang berubah."))
    if payment.invoice.payments.standing().filter(**line).exists():
        raise ActionRefused(_("Uang ini sudah tercatat pada tagihan yang sama."))


def _refuse_two_open(invoice: DuesInvoice) -> None:
    """A bill that would want money again needs the only open place of its member."""
    if invoice.is_open or invoice.status in CLOSED or invoice.received >= invoice.amount:
        return
    other = DuesInvoice.objects.open().filter(membership_id=invoice.membership_id).first()
    if other:
        raise ActionRefused(
            _("Tagihan %s masih terbuka. Batalkan dulu, baru perbaiki yang ini.") % other.number
        )


def _move_year(invoice: DuesInvoice, because: str) -> None:
    """The right day of the money may begin the year on another day, unless a later one stands."""
    term = invoice.term
    if term is None or invoice.received < invoice.amount or term.given_because:
        return
    terms = invoice.membership.terms.all()
    if any(other.period.lower > term.period.lower for other in terms):
        return
    day = last_part_on(invoice)
    if day and expected_period(invoice.membership, on=day, besides=term) != term.period:
        revoke(term, because)
