from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import AttemptStatus, NoticeVerdict
from members.models.dues import DuesInvoice
from members.models.person import User

# The gateway may still take money for an order in one of these.
PAYABLE = (AttemptStatus.OPENED, AttemptStatus.WAITING)
FOR_STAFF = (NoticeVerdict.MISMATCH, NoticeVerdict.REVERSED)
PAYABLE_FOR = timedelta(hours=24)
SAFELY_BEFORE = timedelta(hours=1)
"""A page about to expire is not handed out again."""


class GatewayAttemptQuerySet(models.QuerySet["GatewayAttempt"]):
    def payable(self) -> Self:
        return self.filter(status__in=PAYABLE)

    def poll_due(self, *, at: datetime) -> Self:
        return self.payable().filter(next_poll_at__lte=at).order_by("next_poll_at")


class GatewayAttempt(models.Model):
    """One order at the payment gateway for what a bill still wants.

    opened → waiting (a way to pay was chosen) → settled | closed (expired, cancelled);
    opened → settled | closed; opened → lost (its page never reached us, the number is used up).
    """

    invoice = models.ForeignKey(
        DuesInvoice,
        verbose_name=_("tagihan"),
        on_delete=models.PROTECT,
        related_name="gateway_attempts",
    )
    number = models.PositiveSmallIntegerField(_("percobaan"))
    order_id = models.CharField(_("nomor pesanan"), max_length=50, unique=True)
    amount = models.PositiveIntegerField(_("jumlah (Rp)"))
    status = models.CharField(
        _("status"), max_length=10, choices=AttemptStatus, default=AttemptStatus.OPENED
    )
    token = models.CharField(max_length=100, blank=True)
    redirect_url = models.URLField(max_length=500, blank=True)
    opened_at = models.DateTimeField(_("dibuka"), auto_now_add=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    polls = models.PositiveSmallIntegerField(_("ditanyakan"), default=0)
    next_poll_at = models.DateTimeField(_("ditanya lagi"), null=True)

    objects = GatewayAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("pembayaran daring")
        verbose_name_plural = _("pembayaran daring")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "number"], name="attempt_numbered_once"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, number__gt=0), name="attempt_amount_and_number_positive"
            ),
            models.CheckConstraint(
                condition=Q(status__in=AttemptStatus.values), name="attempt_status_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_poll_at"], condition=Q(status__in=PAYABLE), name="attempt_poll_due"
            )
        ]

    def __str__(self) -> str:
        return self.order_id

    @property
    def is_payable(self) -> bool:
        return self.status in PAYABLE

    def may_be_reused(self, *, amount: int, at: datetime) -> bool:
        """Its page, if it has one, can still be paid, and asks for what is wanted now."""
        fresh = not self.token or at < self.opened_at + PAYABLE_FOR - SAFELY_BEFORE
        return self.is_payable and self.amount == amount and fresh

    def is_past(self, *, at: datetime) -> bool:
        """Its page can no longer be paid; the gateway's own clock had time to say so."""
        return at > self.opened_at + PAYABLE_FOR + SAFELY_BEFORE


class GatewayNotificationQuerySet(models.QuerySet["GatewayNotification"]):
    def waiting(self) -> Self:
        """Signed by the gateway, yet nothing the portal may decide by itself."""
        return self.filter(verdict__in=FOR_STAFF, handled_at=None)


class GatewayNotification(models.Model):
    """What the gateway said about an order, each thing once however often it was sent.

    noted → paid | held; mismatch and reversed wait until staff have handled them.
    """

    attempt = models.ForeignKey(
        GatewayAttempt,
        verbose_name=_("pesanan"),
        on_delete=models.PROTECT,
        related_name="notifications",
    )
    transaction_id = models.CharField(_("nomor transaksi"), max_length=60, blank=True)
    transaction_status = models.CharField(_("kata Midtrans"), max_length=60)
    content = models.JSONField(_("isi"), default=dict)
    times = models.PositiveIntegerField(_("diterima (kali)"), default=1)
    first_at = models.DateTimeField(_("pertama"), auto_now_add=True)
    last_at = models.DateTimeField(_("terakhir"))
    verdict = models.CharField(
        _("hasil"), max_length=10, choices=NoticeVerdict, default=NoticeVerdict.NOTED
    )
    handled_at = models.DateTimeField(_("ditangani"), null=True, blank=True)
    handled_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    handling = models.CharField(_("tindakan"), max_length=300, blank=True)

    objects = GatewayNotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pemberitahuan pembayaran")
        verbose_name_plural = _("pemberitahuan pembayaran")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "transaction_id", "transaction_status"],
                name="gateway_said_once",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=NoticeVerdict.values), name="gateway_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, handling="")
                | Q(handled_at__isnull=False, handled_by__isnull=False) & ~Q(handling=""),
                name="gateway_handled_iff_stamped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt} {self.transaction_status}"
