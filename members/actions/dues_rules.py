"""The rules of dues: which year money pays for, which money fits, what is locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import InvoiceStatus, PaymentMethod, ValidityMode
from members.models import (
    DuesInvoice,
    DuesPayment,
    DuesRules,
    KadinMembership,
    MembershipTerm,
    User,
)
from members.models.dues import OPEN
from umkm_portal.audit.models import Via
from umkm_portal.lib.dates import add_years, tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah

PAID_BEFORE_BILL = timedelta(days=30)
"""A transfer may be a little older than its invoice; one much older is a typing error."""


MOST_MONEY = 100_000_000
"""Rupiah; more than this on one line is a slip of the finger, not dues."""


class ReceivedLine(TypedDict):
    """What a bank's statement, a gateway or a cash slip says about money; rupiah and its day."""

    method: str
    reference: str
    received_on: date
    amount: int


@dataclass(frozen=True)
class Outcome:
    """What a bill becomes once some money is booked on it; amounts in rupiah."""

    status: InvoiceStatus
    received: int
    bill: int
    period: DateRange | None

    @property
    def sentence(self) -> str:
        return money_sentence(received=self.received, bill=self.bill)


def foresee(invoice: DuesInvoice, *, amount: int, received_on: date) -> Outcome:
    """What booking `amount` that came on `received_on` would make of this open bill.

    A bill paid in parts is paid on the day of its last part; that day fixes the year.
    """
    received = invoice.received + amount
    if received < invoice.amount:
        return Outcome(InvoiceStatus.UNDERPAID, received, invoice.amount, None)
    day = max(received_on, last_part_on(invoice) or received_on)
    period = expected_period(invoice.membership, on=day)
    status = InvoiceStatus.PAID if received == invoice.amount else InvoiceStatus.OVERPAID
    return Outcome(status, received, invoice.amount, period)


def last_part_on(invoice: DuesInvoice) -> date | None:
    """The day of the last money that stands on the bill, moved credit among it."""
    days = [row.received_on for row in invoice.payments.filter(reversal=None, amount__gt=0)]
    return max(days, default=None)


def expected_period(
    membership: KadinMembership,
    *,
    on: date,
    rules: DuesRules | None = None,
    besides: MembershipTerm | None = None,
) -> DateRange:
    """Return [start, end) of the year that money arriving on `on` pays for.

    A first year, or one after a gap, begins that day; paid before the end or in grace, it begins
    the day after the last paid day. It lasts twelve months, from 29 February to 28 February
    inclusive, or in a calendar year to the next 31 December, at the full price. `rules` are
    those of `on`. A term given as `besides` is not counted: its money is being reckoned anew.
    """
    rules = rules or DuesRules.objects.in_force(on=on)
    ends = [term.period.upper for term in membership.terms.all() if term != besides]
    last = max(ends, default=None)
    grace = timedelta(days=rules.grace_days)
    start = last if last is not None and on < last + grace else on
    if rules.mode == ValidityMode.CALENDAR:
        return DateRange(start, date(start.year + 1, 1, 1))
    end = add_years(start, 1)
    if end.day != start.day:
        end += timedelta(days=1)
    return DateRange(start, end)


def locked(membership: KadinMembership) -> KadinMembership:
    return (
        KadinMembership.objects.select_for_update(of=("self",))
        .select_related("business__owner")
        .get(pk=membership.pk)
    )


def locked_invoice(invoice: DuesInvoice) -> DuesInvoice:
    """The invoice as it stands once nobody else is changing its membership."""
    membership = locked(KadinMembership(pk=invoice.membership_id))
    fresh = DuesInvoice.objects.get(pk=invoice.pk)
    fresh.membership = membership
    return fresh


def refuse_too_early(membership: KadinMembership, today: date) -> None:
    end = max((term.period.upper for term in membership.terms.all()), default=None)
    if end is None:
        return
    # Counted from the last paid day, as the letter H-30 is that brings people here.
    opens = end - timedelta(days=1 + DuesRules.objects.in_force(on=today).window_days)
    if today < opens:
        raise ActionRefused(
            _("Iuran Anda sudah lunas sampai %(end)s. Tagihan berikutnya bisa dibuat mulai %(on)s.")
            % {"end": tanggal_polos(end - timedelta(days=1)), "on": tanggal_polos(opens)}
        )


def refuse_unless_open(invoice: DuesInvoice) -> None:
    if invoice.status in {InvoiceStatus.PAID, InvoiceStatus.OVERPAID}:
        raise ActionRefused(_("Tagihan ini sudah lunas."))
    if invoice.status not in OPEN:
        raise ActionRefused(
            _("Tagihan ini tidak perlu dibayar: %(status)s.")
            % {"status": invoice.get_status_display()}
        )


def refuse_own(invoice: DuesInvoice, decider: User | None) -> None:
    if decider is not None and decider.pk == invoice.membership.business.owner_id:
        raise ActionRefused(_("Pembayaran Anda sendiri diperiksa oleh petugas lain."))


def refuse_wrong_line(
    invoice: DuesInvoice, *, received_on: date, amount: int, reference: str
) -> None:
    """A line no bank statement can hold for this bill."""
    if amount <= 0:
        raise ActionRefused(_("Jumlah uang yang masuk harus lebih dari Rp0."))
    if amount > MOST_MONEY:
        raise ActionRefused(
            _("%(amount)s terlalu besar untuk iuran. Periksa jumlah nol.")
            % {"amount": rupiah(amount)}
        )
    if received_on > timezone.localdate():
        raise ActionRefused(_("Tanggal uang masuk belum terjadi. Lihat tanggal di mutasi bank."))
    if received_on < invoice.issued_on - PAID_BEFORE_BILL:
        raise ActionRefused(
            _("Tagihan ini baru terbit %(day)s. Periksa tanggal uang masuk.")
            % {"day": tanggal_polos(invoice.issued_on)}
        )
    if not reference:
        raise ActionRefused(_("Tulis referensi dari mutasi bank."))


def refuse_booked_elsewhere(line: ReceivedLine) -> None:
    """What a gateway reports is one payment, on whichever bill it stands."""
    if line["method"] != PaymentMethod.GATEWAY:
        return
    found = (
        DuesPayment.objects.receipts()
        .filter(method=PaymentMethod.GATEWAY, reference=line["reference"])
        .select_related("invoice")
        .first()
    )
    if found:
        raise ActionRefused(
            _("Uang dengan referensi %(reference)s sudah tercatat pada tagihan %(number)s.")
            % {"reference": found.reference, "number": found.invoice.number}
        )


def refuse_nobody(booker: User | None, via: str) -> None:
    """Only the payment gateway books money without a person; anything else is a mistake of ours."""
    if booker is None and via != Via.GATEWAY:
        raise ValueError("money is booked by a person, or by the gateway")


def refuse_without_reason(reason: str) -> str:
    """Return the reason as it is kept."""
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    return reason.strip()


def money_sentence(*, received: int, bill: int) -> str:
    """What has come in against what the bill wants, for whoever reads the bill."""
    if received < bill:
        return _(
            "Tercatat %(received)s, kurang %(missing)s. "
            "Bayar kekurangannya atau hubungi sekretariat."
        ) % {"received": rupiah(received), "missing": rupiah(bill - received)}
    if received > bill:
        return _(
            "Tercatat %(received)s, lebih bayar %(more)s. "
            "Hubungi bendahara: dikembalikan, atau dipakai untuk tagihan berikutnya."
        ) % {"received": rupiah(received), "more": rupiah(received - bill)}
    return _("Tercatat %(received)s, lunas.") % {"received": rupiah(received)}
