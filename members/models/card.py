from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices import CardReplacement
from members.models.membership import KadinMembership
from members.models.person import User


class RevokedCardQuerySet(models.QuerySet["RevokedCard"]):
    def coded(self, code: str) -> Self:
        return self.filter(code=code)


class RevokedCard(models.Model):
    """A code that was good once. The one that is good now is `KadinMembership.card_code`."""

    membership = models.ForeignKey(
        KadinMembership,
        verbose_name=_("anggota"),
        on_delete=models.PROTECT,
        related_name="revoked_cards",
    )
    code = models.CharField(_("kode kartu"), max_length=10, unique=True)
    reason = models.CharField(_("alasan"), max_length=10, choices=CardReplacement)
    revoked_at = models.DateTimeField(_("diganti"), auto_now_add=True)
    revoked_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    objects = RevokedCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("kartu yang diganti")
        verbose_name_plural = _("kartu yang diganti")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=CardReplacement.values),
                name="revoked_card_reason_known",
            )
        ]

    def __str__(self) -> str:
        return self.code
