"""The rules of dues: which year money pays for, which money fits, what is locked."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from members.choices import InvoiceStatus, ValidityMode
from members.models import DuesInvoice, DuesRules, KadinMembership, User
from members.models.dues import OPEN
from umkm_portal.lib.dates import add_years, tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah

PAID_BEFORE_BILL = timedelta(days=30)
"""A transfer may be a little older than its invoice; one much older is a typing error."""


def expected_period(
    membership: KadinMembership, *, on: date, rules: DuesRules | None = None
) -> DateRange:
    """Return [start, end) of the year that money arriving on `on` pays for.

    A first year, or one after a gap, begins that day; paid before the end or in grace, it begins
    the day after the last paid day. It lasts twelve months, from 29 February to 28 February
    inclusive, or in a calendar year to the next 31 December, at the full price. `rules` are
    those of `on`.
    """
    rules = rules or DuesRules.objects.in_force(on=on)
    ends = [term.period.upper for term in membership.terms.all()]
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
    opens = end - timedelta(days=DuesRules.objects.in_force(on=today).window_days)
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


def refuse_wrong_money(
    invoice: DuesInvoice, *, received_on: date, amount: int, reference: str
) -> None:
    difference = amount - invoice.amount
    if difference < 0:
        raise ActionRefused(
            _(
                "Tercatat %(amount)s, kurang %(missing)s. "
                "Bayar kekurangannya atau hubungi sekretariat."
            )
            % {"amount": rupiah(amount), "missing": rupiah(-difference)}
        )
    if difference > 0:
        raise ActionRefused(
            _("Tercatat %(amount)s, lebih %(more)s. Tagihan ini %(bill)s. Periksa jumlahnya.")
            % {
                "amount": rupiah(amount),
                "more": rupiah(difference),
                "bill": rupiah(invoice.amount),
            }
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
