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
from members.models.membership import KadinMembership, MembershipTerm
from members.models.person import User

# An invoice in one of these still wants money or a decision; one such per membership.
OPEN = (
    InvoiceStatus.UNPAID,
    InvoiceStatus.CHECKING,
    InvoiceStatus.PROOF_REFUSED,
    InvoiceStatus.UNDERPAID,
)
# These want no money, whatever stands on them: it is the owner's, to return or to move on.
CLOSED = (InvoiceStatus.VOID, InvoiceStatus.WAIVED, InvoiceStatus.REFUNDED)


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

    unpaid | proof_refused | underpaid → checking (proof) → proof_refused;
    open → underpaid (part of the money) → paid | overpaid (all of it, or more);
    open → void | waived (with a reason); paid | overpaid → refunded (the money went back);
    paid | overpaid → underpaid (the line was typed wrong); overpaid → paid (the rest went back).
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
    closed_because = models.CharField(
        _("alasan ditutup"), max_length=300, blank=True, default="", db_default=""
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

    @property
    def received(self) -> int:
        """Rupiah that stand on this bill: what came in, less what went back or was moved on."""
        return sum(entry.amount for entry in self.payments.all())

    @property
    def balance(self) -> int:
        """Rupiah still to pay; below zero what was paid too much. A closed bill wants nothing."""
        return (0 if self.status in CLOSED else self.amount) - self.received

    @property
    def missing(self) -> int:
        return max(0, self.balance)

    @property
    def credit(self) -> int:
        """Rupiah paid too much: to be returned, or moved to another bill."""
        return max(0, -self.balance)

    @property
    def term(self) -> MembershipTerm | None:
        """The year this bill's money stands for; None before it is paid and once it is revoked."""
        return next(iter(self.terms.all()), None)


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
    reference_end = models.CharField(
        _("6 angka terakhir referensi"), max_length=6, blank=True, db_default=""
    )

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
            models.CheckConstraint(
                condition=Q(reference_end="") | Q(reference_end__regex=r"^[0-9]{6}$"),
                name="dues_proof_reference_six_digits",
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
