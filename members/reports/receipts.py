"""Kuitansi and tagihan: the same lines on the screen and on paper, and what a check of one says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import EntryKind, InvoiceStatus, PaymentMethod
from members.models import BankAccount, DuesInvoice, DuesPayment, MembershipTerm
from members.reports.cards import owner_name
from members.reports.ledger import purpose_of
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.qr import qr_drawing
from umkm_portal.lib.rupiah import rupiah, terbilang

UNIT = "Kadin Kota Administrasi Jakarta Selatan"
Lines = list[tuple[str, str]]


@dataclass(frozen=True)
class Receipt:
    """One payment as its kuitansi says it. The payment came with `refunded_by` and `reversal`."""

    payment: DuesPayment

    @property
    def check_url(self) -> str:
        return settings.SITE_URL + reverse(
            "members:receipt_check", args=[self.payment.receipt_code]
        )

    @property
    def note(self) -> str:
        """What happened to the money since; empty while the kuitansi stands as it was given."""
        if self.payment.is_reversed:
            return _("DIBATALKAN: kuitansi ini tidak berlaku.")
        back = self.payment.amount - self.payment.returnable
        if back:
            return _("%s dari pembayaran ini sudah dikembalikan.") % rupiah(back)
        return ""

    @property
    def checked_by(self) -> tuple[str, str]:
        """Who, and as what."""
        person = self.payment.confirmed_by
        if person is None:
            return _("Gerbang pembayaran"), _("diperiksa otomatis")
        return person.get_full_name() or str(person), _("Bendahara Kadin")

    @property
    def place_and_date(self) -> str:
        return f"Jakarta Selatan, {tanggal_polos(self.payment.confirmed_at)}"

    @property
    def lines(self) -> Lines:
        payment = self.payment
        method = f"{PaymentMethod(payment.method).label}, {_('referensi')} {payment.reference}"
        return [
            (_("Nomor"), payment.receipt_number),
            (_("Sudah terima dari"), payer(payment.invoice)),
            (_("Uang sejumlah"), terbilang(payment.amount)),
            (_("Untuk pembayaran"), purpose_of(payment)),
            (_("Cara bayar"), method),
            (_("Tanggal bayar"), tanggal_polos(payment.received_on)),
            (_("Diperiksa oleh"), ", ".join(self.checked_by)),
        ]


def payer(invoice: DuesInvoice) -> str:
    business = invoice.membership.business
    return f"{business.name} ({owner_name(business)})"


def period_words(period: DateRange) -> str:
    """ "1 Juli 2026–30 Juni 2027": both days belong to it."""
    term = MembershipTerm(period=period)
    return f"{tanggal_polos(term.period.lower)}–{tanggal_polos(term.last_day)}"


def receipt_pdf(receipt: Receipt) -> bytes:
    """The kuitansi on A4."""
    payment = receipt.payment
    return render_pdf(
        "receipt",
        {
            "from": UNIT,
            "under": _("Anggota Tercatat UMKM"),
            "title": _("Kuitansi %s") % payment.receipt_number,
            "number": payment.receipt_number,
            "facts": receipt.lines[1:],
            "words": terbilang(payment.amount),
            "amount": rupiah(payment.amount),
            "place_date": receipt.place_and_date,
            "checked_by": receipt.checked_by,
            "note": receipt.note,
            "address": receipt.check_url,
            "qr": qr_drawing(receipt.check_url),
            "check_text": _("Sah tanpa tanda tangan basah; periksa di"),
            "tax_text": _("Bukan faktur pajak."),
        },
    )


def invoice_pdf(
    invoice: DuesInvoice, *, period: DateRange | None, bank: BankAccount | None, on: date
) -> bytes:
    """The tagihan on A4. `period` is the year it pays for, `bank` the account to pay to."""
    for_what = _("Iuran tahunan Kadin")
    items = [(f"{for_what} {period_words(period)}" if period else for_what, invoice.dues_amount)]
    if invoice.joining_fee:
        items.append((_("Uang pangkal (sekali saja)"), invoice.joining_fee))
    return render_pdf(
        "invoice",
        {
            "from": UNIT,
            "under": _("Anggota Tercatat UMKM"),
            "title": _("Tagihan %s") % invoice.number,
            "number": invoice.number,
            "stamp": status_words(invoice, on=on),
            "facts": [
                (_("Kepada"), payer(invoice)),
                (_("Nomor anggota"), invoice.membership.number or "–"),
                (_("Terbit"), tanggal_polos(invoice.issued_on)),
                (_("Jatuh tempo"), tanggal_polos(invoice.due_on)),
            ],
            "items": [(words, rupiah(amount)) for words, amount in items],
            "sums": _sums(invoice),
            "pay": _ways_to_pay(invoice, bank),
            "tax_text": _("Tanpa biaya tambahan. Bukan faktur pajak."),
            "printed": _("Keadaan pada %s.") % tanggal_polos(on),
        },
    )


def status_words(invoice: DuesInvoice, *, on: date) -> str:
    if invoice.status == InvoiceStatus.UNPAID and invoice.is_overdue(on=on):
        return _("Jatuh tempo")
    return str(InvoiceStatus(invoice.status).label)


def _sums(invoice: DuesInvoice) -> Lines:
    lines = [(_("Jumlah"), rupiah(invoice.amount))]
    if invoice.received:
        lines.append((_("Sudah dibayar"), rupiah(invoice.received)))
    if invoice.is_open and invoice.received:
        lines.append((_("Masih kurang"), rupiah(invoice.missing)))
    return lines


def _ways_to_pay(invoice: DuesInvoice, bank: BankAccount | None) -> Lines:
    if not invoice.is_open:
        return []
    page = settings.SITE_URL + invoice.get_absolute_url()
    transfer = [(bank.bank_name, f"{bank.number}, {bank.holder}")] if bank else []
    return [*transfer, (_("QRIS dan unggah bukti"), page)]


@dataclass(frozen=True)
class ReceiptCheck:
    """What anybody may read who holds the code of a kuitansi: never who paid, nor from where."""

    payment: DuesPayment

    @property
    def kind(self) -> str:
        """ "ok", "wait" or "bad"."""
        if self.payment.kind == EntryKind.RECEIPT and self.payment.is_reversed:
            return "bad"
        return "wait" if self.more else "ok"

    @property
    def picture(self) -> str:
        name = {"ok": "active", "wait": "grace", "bad": "lapsed"}[self.kind]
        return f"members/card_icons/{name}.svg"

    @property
    def words(self) -> str:
        if self.payment.kind != EntryKind.RECEIPT:
            return _("Catatan ini asli: %s.") % EntryKind(self.payment.kind).label.lower()
        if self.payment.is_reversed:
            return _("Kuitansi ini sudah dibatalkan.")
        return _("Kuitansi ini asli.")

    @property
    def booked(self) -> str:
        return _("Tercatat di pembukuan iuran Kadin Jakarta Selatan.")

    @property
    def more(self) -> str:
        payment = self.payment
        if payment.kind != EntryKind.RECEIPT:
            return ""
        if payment.is_reversed:
            correction = getattr(payment, "correction", None)
            if correction is None:
                return _("Salah catat, jadi tidak berlaku lagi.")
            instead: str = correction.receipt_number
            return _("Salah catat. Penggantinya %s.") % instead
        back = payment.amount - payment.returnable
        if back == payment.amount:
            return _("Uangnya sudah dikembalikan seluruhnya.")
        return _("%s sudah dikembalikan.") % rupiah(back) if back else ""

    @property
    def lines(self) -> Lines:
        payment, now = self.payment, timezone.localtime()
        invoice = payment.invoice
        return [
            (_("Nomor"), payment.receipt_number),
            (_("Usaha"), invoice.membership.business.name),
            (_("Jumlah"), rupiah(payment.amount)),
            (_("Tanggal bayar"), tanggal_polos(payment.received_on)),
            (_("Untuk"), purpose_of(payment)),
            (_("Diperiksa"), f"{tanggal_polos(now)}, {now:%H.%M} WIB"),
        ]
