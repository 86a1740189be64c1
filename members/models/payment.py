from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.choices import EntryKind, HeldStatus, PaymentMethod
from members.models.dues import DuesInvoice
from members.models.person import User

BOOKED_BY_SOMEBODY = Q(confirmed_by__isnull=False) | Q(method=PaymentMethod.GATEWAY)


class HeldPaymentQuerySet(models.QuerySet["HeldPayment"]):
    def waiting(self) -> Self:
        return self.filter(status=HeldStatus.WAITING).order_by("held_at")

    def total(self) -> int:
        """Rupiah."""
        return int(self.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])


class HeldPayment(models.Model):
    """Money that came and fits no open bill: kept in sight until somebody decides about it.

    waiting → assigned (a ledger row on a bill) | returned. What came is never edited or deleted
    (a trigger, migration 0016).
    """

    amount = models.PositiveIntegerField(_("jumlah (Rp)"))
    received_on = models.DateField(_("tanggal uang masuk"))
    reference = models.CharField(_("referensi"), max_length=60)
    method = models.CharField(_("cara bayar"), max_length=10, choices=PaymentMethod)
    about = models.ForeignKey(
        DuesInvoice,
        verbose_name=_("tagihan yang dimaksud"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held",
    )
    reason = models.CharField(_("mengapa ditahan"), max_length=300)
    held_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    held_by = models.ForeignKey(
        User,
        verbose_name=_("dicatat oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=HeldStatus, default=HeldStatus.WAITING
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decision_reason = models.CharField(
        _("alasan"), max_length=300, blank=True, default="", db_default=""
    )

    objects = HeldPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("uang tertahan")
        verbose_name_plural = _("uang tertahan")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="held_positive"),
            models.CheckConstraint(condition=~Q(reference=""), name="held_referenced"),
            models.CheckConstraint(condition=~Q(reason=""), name="held_for_a_reason"),
            models.CheckConstraint(
                condition=Q(status__in=HeldStatus.values), name="held_status_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="held_method_known"
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=False) | Q(method=PaymentMethod.GATEWAY),
                name="held_by_person_or_gateway",
            ),
            models.CheckConstraint(
                condition=Q(status=HeldStatus.WAITING, decided_at=None, decided_by=None)
                | (
                    ~Q(status=HeldStatus.WAITING)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="held_decided_iff_stamped",
            ),
            models.UniqueConstraint(
                fields=["method", "reference", "received_on", "amount", "about"],
                name="held_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.received_on:%d/%m/%Y}"


class DuesPaymentQuerySet(models.QuerySet["DuesPayment"]):
    def receipts(self) -> Self:
        """Money that came in, those typed wrong and reversed among them."""
        return self.filter(kind=EntryKind.RECEIPT)

    def standing(self) -> Self:
        """Receipts that were not reversed: what a person may rely on as a kuitansi."""
        return self.receipts().filter(reversal=None)

    def booked_between(self, first: date, last: date) -> Self:
        """By the day the money moved, both days included."""
        return self.filter(received_on__range=(first, last))

    def total(self) -> int:
        """Rupiah; below zero when more went out than came in."""
        return int(self.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])


class DuesPayment(models.Model):
    """One row of the ledger of dues: never edited or deleted (a trigger, migration 0016).

    A receipt is money that came in. A refund is money that went back. A reversal takes away a
    row that was typed wrong; the right one follows as a new receipt. A credit moves what was
    paid too much from one bill (below zero) to another (above).
    """

    invoice = models.ForeignKey(
        DuesInvoice, verbose_name=_("tagihan"), on_delete=models.PROTECT, related_name="payments"
    )
    kind = models.CharField(
        _("jenis"),
        max_length=10,
        choices=EntryKind,
        default=EntryKind.RECEIPT,
        db_default=EntryKind.RECEIPT.value,
    )
    method = models.CharField(
        _("cara bayar"),
        max_length=10,
        choices=PaymentMethod,
        default=PaymentMethod.TRANSFER,
        db_default=PaymentMethod.TRANSFER.value,
    )
    amount = models.IntegerField(_("jumlah (Rp)"))
    received_on = models.DateField(_("tanggal uang masuk"))
    reference = models.CharField(_("referensi bank"), max_length=60)
    receipt_number = models.CharField(_("nomor kuitansi"), max_length=24, unique=True)
    receipt_code = models.CharField(max_length=10, unique=True)
    confirmed_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refunds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="refunded_by"
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversal"
    )
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    held = models.OneToOneField(
        HeldPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="payment"
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True, default="", db_default="")

    objects = DuesPaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("penerimaan iuran")
        verbose_name_plural = _("penerimaan iuran")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="dues_payment_not_zero"),
            models.CheckConstraint(condition=~Q(reference=""), name="dues_payment_referenced"),
            models.CheckConstraint(condition=BOOKED_BY_SOMEBODY, name="dues_payment_by_somebody"),
            models.CheckConstraint(
                condition=Q(method__in=PaymentMethod.values), name="dues_payment_method_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.RECEIPT, amount__gt=0, refunds=None, reverses=None)
                | (Q(kind=EntryKind.REFUND, amount__lt=0, refunds__isnull=False) & ~Q(reason=""))
                | (Q(kind=EntryKind.REVERSAL, amount__lt=0, reverses__isnull=False) & ~Q(reason=""))
                | Q(kind=EntryKind.CREDIT, refunds=None, reverses=None),
                name="dues_payment_kind_fits",
            ),
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(kind=EntryKind.RECEIPT, method=PaymentMethod.GATEWAY),
                name="dues_gateway_money_once",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def is_reversed(self) -> bool:
        """Typed wrong and taken back; its kuitansi is no longer good."""
        return hasattr(self, "reversal")

    @property
    def paid_out(self) -> int:
        """Rupiah that left the bill by this row; 0 when it brought money."""
        return max(0, -self.amount)

    @property
    def returnable(self) -> int:
        """Rupiah of this row that have not gone back yet; 0 when it brought none."""
        if self.amount < 0 or self.is_reversed:
            return 0
        return self.amount + sum(refund.amount for refund in self.refunded_by.all())
