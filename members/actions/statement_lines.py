"""What becomes of a line of the bank: booked, tied to what was booked by hand, held, or no dues.

Money is booked by the ledger's actions; a line only remembers which row became of it. The line
is locked first, then the membership.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.dues import confirm_dues_payment
from members.actions.dues_rules import locked_invoice, refuse_own
from members.actions.held import hold_payment
from members.choices import LineState
from members.models import DuesInvoice, DuesPayment, StatementLine, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused

ONE_DAY = timedelta(days=1)


@transaction.atomic
def book_line(line: StatementLine, invoice: DuesInvoice, *, by: User, via: str) -> StatementLine:
    """This line is money for that bill: the ledger books it on the bank's day.

    When the bill is closed by then, the line is that money if it was booked by hand; otherwise
    it is held for a decision.
    """
    line = _locked(line)
    if line.payment and line.payment.invoice_id == invoice.pk:
        return line
    _refuse_decided(line)
    invoice = locked_invoice(invoice)
    if not invoice.is_open:
        return _book_late(line, invoice, by=by, via=via)
    payment = confirm_dues_payment(
        invoice,
        received_on=line.on,
        amount=line.amount,
        reference=line.reference,
        method=line.statement.method,
        proof=invoice.proofs.waiting().first(),
        by=by,
        via=via,
    )
    return _end(line, "booked", by=by, via=via, payment=payment)


def _book_late(line: StatementLine, invoice: DuesInvoice, *, by: User, via: str) -> StatementLine:
    refuse_own(invoice, by)
    by_hand = invoice.payments.standing().filter(
        statement_line=None,
        amount=line.amount,
        method=line.statement.method,
        received_on__range=(line.on - ONE_DAY, line.on + ONE_DAY),
    )
    if len(by_hand) == 1:
        return _end(line, "linked", by=by, via=via, payment=by_hand[0])
    reason = _("%(number)s: %(status)s saat uang ini dicocokkan.") % {
        "number": invoice.number,
        "status": invoice.get_status_display(),
    }
    return _hold(line, reason=reason, about=invoice, by=by, via=via)


@transaction.atomic
def link_line(line: StatementLine, payment: DuesPayment, *, by: User, via: str) -> StatementLine:
    """This line is money that was booked by hand already; nothing is booked again."""
    line = _locked(line)
    if line.payment_id == payment.pk:
        return line
    _refuse_decided(line)
    invoice = locked_invoice(payment.invoice)
    refuse_own(invoice, by)
    fresh = invoice.payments.standing().filter(pk=payment.pk, statement_line=None).first()
    if not fresh or fresh.amount != line.amount:
        raise ActionRefused(_("Penerimaan itu sudah punya baris mutasi, atau jumlahnya lain."))
    return _end(line, "linked", by=by, via=via, payment=fresh)


@transaction.atomic
def hold_line(line: StatementLine, *, reason: str, by: User, via: str) -> StatementLine:
    """Nobody knows yet for what this money is: it waits among the held money."""
    line = _locked(line)
    if line.state == LineState.HELD:
        return line
    _refuse_decided(line)
    return _hold(line, reason=reason, about=None, by=by, via=via)


@transaction.atomic
def ignore_line(line: StatementLine, *, reason: str, by: User, via: str) -> StatementLine:
    """This money is not dues, and the reason says what it is."""
    line = _locked(line)
    reason = reason.strip()
    if line.state == LineState.IGNORED:
        return line
    _refuse_decided(line)
    if not reason:
        raise ActionRefused(_("Tulis mengapa baris ini bukan iuran."))
    return _end(line, "ignored", by=by, via=via, ignored_because=reason)


@transaction.atomic
def restore_line(line: StatementLine, *, by: User, via: str) -> StatementLine:
    """It was dues after all: the line waits again."""
    line = _locked(line)
    if line.state == LineState.WAITING:
        return line
    if line.state != LineState.IGNORED:
        raise ActionRefused(_("Baris ini sudah dicatat; koreksinya dibuat di buku iuran."))
    old = line.ignored_because
    line.ignored_because, line.decided_at, line.decided_by = "", None, None
    line.save(update_fields=["ignored_because", "decided_at", "decided_by"])
    record("statement_line.restored", line, by=by, via=via, old=old)
    return line


def _locked(line: StatementLine) -> StatementLine:
    # Alone: what is joined to it would still be as it was before the wait for the lock.
    return StatementLine.objects.select_for_update(of=("self",)).get(pk=line.pk)


def _refuse_decided(line: StatementLine) -> None:
    if line.payment:
        raise ActionRefused(
            _("Baris ini sudah dicatat untuk tagihan %s.") % line.payment.invoice.number
        )
    if line.state != LineState.WAITING:
        raise ActionRefused(_("Baris ini sudah diputuskan: %s.") % line.state.label)


def _hold(
    line: StatementLine, *, reason: str, about: DuesInvoice | None, by: User, via: str
) -> StatementLine:
    held = hold_payment(
        amount=line.amount,
        received_on=line.on,
        reference=line.reference,
        method=line.statement.method,
        about=about,
        reason=reason.strip() or _("Belum diketahui untuk tagihan mana."),
        by=by,
        via=via,
    )
    return _end(line, "held", by=by, via=via, held=held)


def _end(line: StatementLine, verb: str, *, by: User, via: str, **values: Any) -> StatementLine:
    for name, value in values.items():
        setattr(line, name, value)
    line.decided_at, line.decided_by = timezone.now(), by
    line.save(update_fields=[*values, "decided_at", "decided_by"])
    record(
        f"statement_line.{verb}",
        line,
        by=by,
        via=via,
        amount=line.amount,
        **{name: str(value) for name, value in values.items()},
    )
    return line
