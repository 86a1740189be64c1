from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.choices import InvoiceStatus, ProofStatus
from members.models.document import private_storage
from members.models.membership import KadinMembership
from members.models.person import User

# An invoice in one of these still wants money or a decision; one such per membership.
OPEN = (
    InvoiceStatus.UNPAID,
    InvoiceStatus.CHECKING,
    InvoiceStatus.PROOF_REFUSED,
    InvoiceStatus.UNDERPAID,
)


class DuesInvoiceQuerySet(models.QuerySet["DuesInvoice"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(membership__business__owner_id=user.pk)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def counted(self) -> Self:
        """Everything that was really asked for: a voided bill never was."""
        return self.exclude(status=InvoiceStatus.VOID)

    def overdue(self, *, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


class DuesInvoice(models.Model):
    """A bill for one year. Numbers are gap-free per year and never used again.

    unpaid | proof_refused → checking (proof) → paid (money confirmed) | proof_refused;
    unpaid → paid (money seen without proof); open → void | waived.
    """

    membership = models.ForeignKey(
        KadinMembership,
        verbose_name=_("anggota"),
        on_delete=models.PROTECT,
        related_name="invoices",
    )
    number = models.CharField(_("nomor"), max_length=24, unique=True)
    amount = models.PositiveIntegerField(_("jumlah (Rp)"))
    joining_fee = models.PositiveIntegerField(
        _("termasuk uang pangkal (Rp)"), default=0, db_default=0
    )
    issued_on = models.DateField(_("tanggal"))
    due_on = models.DateField(_("jatuh tempo"))
    status = models.CharField(
        _("status"), max_length=14, choices=InvoiceStatus, default=InvoiceStatus.UNPAID
    )

    objects = DuesInvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tagihan iuran")
        verbose_name_plural = _("tagihan iuran")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="dues_invoice_positive"),
            models.CheckConstraint(
                condition=Q(joining_fee__lt=models.F("amount")), name="dues_invoice_has_dues"
            ),
            models.CheckConstraint(
                condition=Q(status__in=InvoiceStatus.values), name="dues_invoice_status_known"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("issued_on")), name="dues_due_after_issue"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(status__in=OPEN),
                name="dues_one_open_invoice",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("members:dues_invoice", args=[self.number])

    @property
    def dues_amount(self) -> int:
        """What the year itself costs, rupiah: the bill without the joining fee."""
        return self.amount - self.joining_fee

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def is_overdue(self, *, on: date) -> bool:
        return self.is_open and self.due_on < on


class DuesProofQuerySet(models.QuerySet["DuesProof"]):
    def waiting(self) -> Self:
        return self.filter(status=ProofStatus.WAITING).order_by("uploaded_at")


class DuesProof(models.Model):
    """What the owner sent to show a transfer. waiting → accepted | refused."""

    invoice = models.ForeignKey(DuesInvoice, on_delete=models.PROTECT, related_name="proofs")
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200)
    size = models.PositiveIntegerField(_("ukuran (byte)"))
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=10, choices=ProofStatus, default=ProofStatus.WAITING
    )
    refusal_reason = models.CharField(_("alasan"), max_length=300, blank=True)

    objects = DuesProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti pembayaran")
        verbose_name_plural = _("bukti pembayaran")
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(status=ProofStatus.WAITING),
                name="dues_one_waiting_proof",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ProofStatus.values), name="dues_proof_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.uploaded_at:%d/%m/%Y}"

    @property
    def extension(self) -> str:
        """ "jpg" or "pdf"; a proof is stored as nothing else."""
        return str(self.file.name).rpartition(".")[2]

    @property
    def download_name(self) -> str:
        return f"bukti-{self.invoice.number}.{self.extension}"


class DuesPayment(models.Model):
    """Money the treasurer saw on the account: one ledger row, never edited or deleted."""

    invoice = models.ForeignKey(DuesInvoice, on_delete=models.PROTECT, related_name="payments")
    amount = models.IntegerField(_("jumlah (Rp)"))
    received_on = models.DateField(_("tanggal uang masuk"))
    reference = models.CharField(_("referensi bank"), max_length=60)
    receipt_number = models.CharField(_("nomor kuitansi"), max_length=24, unique=True)
    receipt_code = models.CharField(max_length=10, unique=True)
    confirmed_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("penerimaan iuran")
        verbose_name_plural = _("penerimaan iuran")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="dues_payment_not_zero"),
            models.CheckConstraint(condition=~Q(reference=""), name="dues_payment_referenced"),
        ]

    def __str__(self) -> str:
        return self.receipt_number
