"""Where the money goes: Kadin's bank account and its QRIS code, each from a moment on."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def in_force(self, *, at: datetime) -> BankAccount | None:
        return self.filter(starts_at__lte=at).order_by("-starts_at", "-pk").first()


class BankAccount(models.Model):
    """Rows are only added, by two people (ChangeProposal); the newest that began is in force."""

    starts_at = models.DateTimeField(_("berlaku mulai"))
    bank_name = models.CharField(_("bank"), max_length=80)
    number = models.CharField(_("nomor rekening"), max_length=40)
    holder = models.CharField(_("atas nama"), max_length=120)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("rekening bank")
        verbose_name_plural = _("rekening bank")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(bank_name="") & ~Q(number="") & ~Q(holder=""),
                name="bank_account_complete",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} {self.number}"


class QrisCodeQuerySet(models.QuerySet["QrisCode"]):
    def in_force(self, *, at: datetime) -> QrisCode | None:
        return self.filter(starts_at__lte=at).order_by("-starts_at", "-pk").first()


class QrisCode(models.Model):
    """Kadin's static merchant code. Name and NMID are read from the payload when it is proposed.

    Rows are only added, by two people (ChangeProposal); the newest that began is in force.
    """

    starts_at = models.DateTimeField(_("berlaku mulai"))
    payload = models.CharField(_("isi kode QRIS"), max_length=512)
    merchant_name = models.CharField(_("nama merchant"), max_length=99)
    nmid = models.CharField("NMID", max_length=99, blank=True)

    objects = QrisCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kode QRIS")
        verbose_name_plural = _("kode QRIS")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(payload__startswith="00"), name="qris_code_is_a_payload"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merchant_name} {self.nmid}".strip()
