"""What a bill's ledger says in words: for its owner, for the treasurer, on a kuitansi."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from members.actions.dues_rules import money_sentence
from members.choices import EntryKind, HeldStatus, InvoiceStatus, PaymentMethod
from members.models import DuesInvoice, DuesPayment, HeldPayment, KadinMembership
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.rupiah import rupiah


@dataclass(frozen=True)
class LedgerTotals:
    """Rupiah over all bills: what came, where it stands. `is_whole` when the parts add up."""

    came: int
    went_back: int
    on_bills: int
    held: int

    @property
    def is_whole(self) -> bool:
        return self.came - self.went_back == self.on_bills + self.held


def ledger_totals() -> LedgerTotals:
    """Money that came (typed lines that stand, and held money) less what went back."""
    rows, held = DuesPayment.objects.all(), HeldPayment.objects.all()
    returned = held.filter(status="returned").total()
    waiting = held.filter(status="waiting").total()
    refunds = -rows.filter(kind=EntryKind.REFUND).total()
    return LedgerTotals(
        came=rows.standing().total() + returned + waiting,
        went_back=refunds + returned,
        on_bills=rows.total(),
        held=waiting,
    )


def credits_of(membership: KadinMembership) -> list[DuesInvoice]:
    """Bills of the member on which too much was paid, the oldest first."""
    invoices = membership.invoices.order_by("pk").prefetch_related("payments")
    return [invoice for invoice in invoices if invoice.credit]


def status_sentence(invoice: DuesInvoice) -> str:
    """Where the bill stands, for its owner; empty while nothing but its amount is to be said."""
    received = invoice.received
    if invoice.status in {InvoiceStatus.VOID, InvoiceStatus.WAIVED, InvoiceStatus.REFUNDED}:
        return _closed_sentence(invoice)
    if invoice.status == InvoiceStatus.OVERPAID or (received and invoice.is_open):
        return money_sentence(received=received, bill=invoice.amount)
    return ""


def _closed_sentence(invoice: DuesInvoice) -> str:
    said = {
        InvoiceStatus.VOID: _("Tagihan ini dibatalkan; jangan dibayar. Alasannya: %s"),
        InvoiceStatus.WAIVED: _("Iuran tahun ini dibebaskan. Alasannya: %s"),
        InvoiceStatus.REFUNDED: _(
            "Uang tagihan ini dikembalikan dan masa keanggotaannya berakhir. Alasannya: %s"
        ),
    }[InvoiceStatus(invoice.status)] % invoice.closed_because
    if not invoice.credit:
        return said
    more = _(
        "Lebih bayar %s tetap milik Anda. "
        "Hubungi bendahara: dikembalikan, atau dipakai untuk tagihan berikutnya."
    )
    return f"{said} {more % rupiah(invoice.credit)}"


@dataclass(frozen=True)
class MoneyLine:
    """One movement on a bill as its owner reads it; `amount` in rupiah, below zero when it left.

    `receipt` is the number of its kuitansi, empty when the line has none.
    """

    on: date
    what: str
    amount: int
    note: str = ""
    receipt: str = ""


def money_lines(invoice: DuesInvoice) -> list[MoneyLine]:
    """All that came to a bill, went back, was set right or is held; the oldest first."""
    rows = invoice.payments.select_related("reversal", "corrects").order_by("pk")
    lines = [_money_line(row) for row in rows]
    for held in invoice.held.waiting():
        note = _("Menunggu keputusan bendahara: %s") % held.reason
        lines.append(MoneyLine(held.received_on, _("Uang masuk, ditahan"), held.amount, note))
    for held in invoice.held.filter(status=HeldStatus.RETURNED):
        what = _("Uang yang ditahan, sudah dikembalikan")
        lines.append(MoneyLine(held.received_on, what, held.amount, held.decision_reason))
    return lines


def _money_line(row: DuesPayment) -> MoneyLine:
    if row.kind != EntryKind.RECEIPT:
        what = _("Lebih bayar dari %s") % row.reference if row.amount > 0 else ""
        if row.kind == EntryKind.CREDIT and not what:
            what = _("Lebih bayar dipakai untuk %s") % row.reference
        return MoneyLine(row.received_on, what or row.get_kind_display(), row.amount, row.reason)
    note = _("Salah tulis; kuitansi ini tidak berlaku lagi.") if row.is_reversed else ""
    what = _("Uang masuk, %s") % PaymentMethod(row.method).label
    return MoneyLine(row.received_on, what, row.amount, note, row.receipt_number)


def bill_lines(invoice: DuesInvoice) -> list[tuple[str, Any]]:
    """What the treasurer sees before saving: the bill and the membership as they would be."""
    term = invoice.term
    lines = [
        (_("Status tagihan nanti"), str(InvoiceStatus(invoice.status).label)),
        (_("Uang pada tagihan"), rupiah(invoice.received)),
    ]
    if invoice.missing:
        lines.append((_("Masih kurang"), rupiah(invoice.missing)))
    if invoice.credit:
        lines.append((_("Lebih bayar"), rupiah(invoice.credit)))
    if term:
        lines.append((_("Keanggotaan aktif sampai"), tanggal_polos(term.last_day)))
    else:
        lines.append((_("Keanggotaan"), _("tidak mendapat masa dari tagihan ini")))
    return lines


def purpose_of(payment: DuesPayment) -> str:
    """What the money was for, as it stood when it was booked: a part, the rest, or the year."""
    invoice = payment.invoice
    earlier = sum(row.amount for row in invoice.payments.all() if row.pk < payment.pk)
    values = {
        "number": invoice.number,
        "missing": rupiah(invoice.amount - earlier - payment.amount),
    }
    if earlier + payment.amount < invoice.amount:
        return (
            _("Pembayaran sebagian untuk tagihan %(number)s; belum lunas, kurang %(missing)s")
            % values
        )
    term = invoice.term
    if term is None:
        return _("Iuran tahunan Kadin, tagihan %(number)s") % values
    values |= {"start": tanggal_polos(term.period.lower), "end": tanggal_polos(term.last_day)}
    if earlier > 0:
        return _("Pelunasan iuran tahunan Kadin %(start)s–%(end)s, tagihan %(number)s") % values
    return _("Iuran tahunan Kadin %(start)s–%(end)s, tagihan %(number)s") % values
