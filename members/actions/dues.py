"""The yearly fee: billed, paid by transfer, confirmed by the treasurer who saw the money.

Every action locks the membership first: its invoices, proofs, payments and terms change as one.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.documents import refuse_over_share
from members.actions.dues_rules import (
    ReceivedLine,
    locked,
    locked_invoice,
    refuse_booked_elsewhere,
    refuse_nobody,
    refuse_own,
    refuse_too_early,
    refuse_unless_open,
    refuse_wrong_line,
)
from members.actions.ledger import accept_proofs, add_row, move, note_money, settle, thank
from members.actions.numbering import draw_number
from members.choices import ApplicationStatus, EntryKind, InvoiceStatus, PaymentMethod, ProofStatus
from members.links import invoice_link
from members.models import (
    BankAccount,
    DuesInvoice,
    DuesPayment,
    DuesProof,
    DuesRate,
    KadinMembership,
    User,
)
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import random_name
from umkm_portal.lib.images import encode_proof, proof_extension
from umkm_portal.notices.actions import send_later


@transaction.atomic
def open_dues_invoice(membership: KadinMembership, *, by: User | None, via: str) -> DuesInvoice:
    """Bill the next year at today's rate; while a bill is open, the same one is returned."""
    membership = locked(membership)
    if membership.status != ApplicationStatus.APPROVED:
        raise ActionRefused(_("Tagihan dibuat setelah pencatatan Anda diterima Kadin."))
    if membership.suspended_at:
        raise ActionRefused(_("Keanggotaan ini ditangguhkan. Hubungi sekretariat Kadin."))
    existing = membership.invoices.open().first()
    if existing:
        return existing
    today = timezone.localdate()
    refuse_too_early(membership, today)
    rate = _rate(membership, today)
    joining_fee = 0 if membership.invoices.counted().exists() else rate.joining_fee
    invoice = DuesInvoice.objects.create(
        membership=membership,
        number=draw_number("INV-KJS", year=today.year),
        amount=rate.amount + joining_fee,
        joining_fee=joining_fee,
        issued_on=today,
        due_on=today + timedelta(days=settings.DUES_DUE_DAYS),
    )
    record("dues_invoice.opened", invoice, by=by, via=via, amount=invoice.amount)
    send_later(
        "dues_invoice",
        to=membership.business.owner,
        about=invoice,
        link=invoice_link(invoice),
        bank=_bank(),
    )
    return invoice


def _rate(membership: KadinMembership, today: date) -> DuesRate:
    try:
        return DuesRate.objects.in_force(on=today, size=membership.business.size)
    except DuesRate.DoesNotExist:
        raise ActionRefused(_("Tarif iuran belum ditetapkan. Hubungi sekretariat Kadin.")) from None


@transaction.atomic
def submit_proof(
    invoice: DuesInvoice, upload: File[Any], *, reference_end: str = "", by: User, via: str
) -> DuesProof:
    """The owner shows a transfer; the treasurer looks at one proof at a time.

    `reference_end`, the last six digits on it, finds its line in the bank's statement.
    Raises ImageRefused when the file is no photo or PDF of a sensible size.
    """
    invoice = locked_invoice(invoice)
    refuse_unless_open(invoice)
    waiting = invoice.proofs.waiting().first()
    if waiting:
        raise ActionRefused(
            _("Bukti untuk tagihan ini sudah kami terima %(day)s dan sedang diperiksa.")
            % {"day": tanggal_polos(timezone.localdate(waiting.uploaded_at))}
        )
    data = encode_proof(upload)
    refuse_over_share(invoice.membership.business.owner, adding=len(data))
    proof = DuesProof.objects.create(
        invoice=invoice,
        file=ContentFile(data, name=f"bukti/{random_name(proof_extension(data))}"),
        size=len(data),
        reference_end=reference_end,
        uploaded_by=by,
    )
    old = invoice.status
    move(invoice, InvoiceStatus.CHECKING)
    record(
        "dues_proof.submitted",
        invoice,
        by=by,
        via=via,
        old=old,
        new=invoice.status,
        proof=proof.pk,
        size=proof.size,
    )
    send_later(
        "proof_received",
        to=invoice.membership.business.owner,
        about=proof,
        link=invoice.get_absolute_url(),
    )
    return proof


@transaction.atomic
def open_proof(proof: DuesProof, *, by: User, via: str) -> DuesProof:
    """Somebody looks at a proof: nothing changes, but who looked is kept."""
    record("dues_proof.viewed", proof.invoice, by=by, via=via, proof=proof.pk)
    return proof


@transaction.atomic
def confirm_dues_payment(  # noqa: PLR0913  what one line of a bank statement says
    invoice: DuesInvoice,
    *,
    received_on: date,
    amount: int,
    reference: str,
    method: str = PaymentMethod.TRANSFER,
    proof: DuesProof | None = None,
    by: User | None,
    via: str,
) -> DuesPayment:
    """Money for this bill was seen: one ledger row, one receipt, one message.

    `received_on` is the bank's date and fixes the year. Less than the bill leaves it underpaid;
    the part that reaches it makes the paid year; what is above stays the owner's credit. Cash
    without a slip is referenced by its day. With `proof`, that proof must still be waiting.
    `by` is None only via the gateway. The same method, reference, day and amount is once.
    """
    refuse_nobody(by, via)
    invoice = locked_invoice(invoice)
    reference = reference.strip()
    if method == PaymentMethod.CASH and not reference:
        reference = f"TUNAI-{received_on:%Y%m%d}"
    line = ReceivedLine(
        method=PaymentMethod(method), reference=reference, received_on=received_on, amount=amount
    )
    booked = invoice.payments.standing().filter(**line).first()
    if booked:
        return booked
    refuse_unless_open(invoice)
    refuse_own(invoice, by)
    if proof and not invoice.proofs.waiting().filter(pk=proof.pk).exists():
        raise ActionRefused(
            _("Data ini baru saja diubah petugas lain. Muat ulang, lalu ulangi perubahan Anda.")
        )
    refuse_wrong_line(invoice, received_on=received_on, amount=amount, reference=reference)
    refuse_booked_elsewhere(line)
    old = invoice.status
    payment = add_row(invoice, kind=EntryKind.RECEIPT, confirmed_by=by, **line)
    accept_proofs(invoice)
    settle(invoice)
    note_money(invoice, payment, old=old, via=via)
    thank(invoice, payment)
    return payment


@transaction.atomic
def refuse_proof(proof: DuesProof, *, reason: str, by: User | None, via: str) -> DuesProof:
    """The treasurer cannot use this proof; the owner learns why and may send another."""
    invoice = locked_invoice(proof.invoice)
    proof = DuesProof.objects.get(pk=proof.pk)
    if proof.status == ProofStatus.REFUSED:
        return proof
    if proof.status == ProofStatus.ACCEPTED:
        raise ActionRefused(_("Bukti ini sudah diterima."))
    refuse_own(invoice, by)
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    proof.status = ProofStatus.REFUSED
    proof.refusal_reason = reason.strip()
    proof.save(update_fields=["status", "refusal_reason"])
    old = invoice.status
    move(invoice, InvoiceStatus.PROOF_REFUSED)
    record(
        "dues_proof.refused",
        invoice,
        by=by,
        via=via,
        old=old,
        new=invoice.status,
        proof=proof.pk,
        reason=proof.refusal_reason,
    )
    send_later(
        "proof_refused",
        to=invoice.membership.business.owner,
        about=proof,
        link=invoice_link(invoice),
    )
    return proof


def _bank() -> BankAccount | None:
    return BankAccount.objects.in_force(at=timezone.now())
