from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeeEntryKind(models.TextChoices):
    """What one row of the ledger of booth fees is; only a receipt means that money came in."""

    RECEIPT = "receipt", _("Uang masuk")
    WAIVER = "waiver", _("Pembebasan")
    REFUND = "refund", _("Pengembalian")
    REVERSAL = "reversal", _("Pembatalan catatan")


SETTLING = (FeeEntryKind.RECEIPT, FeeEntryKind.WAIVER)
"""After one of these that stands nothing is owed."""
TAKING_BACK = (FeeEntryKind.REFUND, FeeEntryKind.REVERSAL)


class FeeMethod(models.TextChoices):
    CASH = "cash", _("Tunai di meja panitia")
    TRANSFER = "transfer", _("Transfer atau QRIS")


class FeeStatus(models.TextChoices):
    """Of the fee of one place, where one was asked; computed from its rows, never stored."""

    OWED = "owed", _("Belum dibayar")
    PAID = "paid", _("Lunas")
    WAIVED = "waived", _("Dibebaskan")
    TO_RETURN = "to_return", _("Perlu dikembalikan")
    RETURNED = "returned", _("Dikembalikan")

    @property
    def tone(self) -> str:
        """Icon and colour of the word: ok, wait, bad or none."""
        if self in {FeeStatus.PAID, FeeStatus.WAIVED}:
            return "ok"
        return "wait" if self in {FeeStatus.OWED, FeeStatus.TO_RETURN} else ""
