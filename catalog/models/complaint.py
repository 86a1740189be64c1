from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.choices import ComplaintReason, ComplaintStatus
from catalog.models.product import Product
from members.models import User


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def waiting(self) -> Self:
        return self.filter(status=ComplaintStatus.WAITING)

    def within_reach_of(self, staff: User) -> Self:
        """Staff of one kecamatan see what is said of that kecamatan's goods."""
        if staff.is_superuser or staff.kecamatan_id is None:
            return self
        return self.filter(product__business__kelurahan__kecamatan_id=staff.kecamatan_id)


class Complaint(models.Model):
    """Somebody says a listing is wrong. Who said it is kept nowhere.

    waiting → dismissed | upheld (the product was taken down).
    """

    product = models.ForeignKey(
        Product, verbose_name=_("produk"), on_delete=models.CASCADE, related_name="complaints"
    )
    reason = models.CharField(_("alasan"), max_length=12, choices=ComplaintReason)
    text = models.CharField(_("cerita pelapor"), max_length=500, blank=True)
    filed_at = models.DateTimeField(_("dilaporkan"), auto_now_add=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ComplaintStatus, default=ComplaintStatus.WAITING
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decision_note = models.CharField(_("alasan putusan"), max_length=500, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan produk")
        verbose_name_plural = _("laporan produk")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=ComplaintReason.values), name="complaint_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ComplaintStatus.values), name="complaint_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=ComplaintStatus.WAITING, decided_at__isnull=True)
                | (~Q(status=ComplaintStatus.WAITING) & Q(decided_at__isnull=False)),
                name="complaint_decided_iff_stamped",
            ),
            models.UniqueConstraint(
                fields=["product", "reason", "text"],
                condition=Q(status=ComplaintStatus.WAITING),
                name="complaint_same_words_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["filed_at"],
                condition=Q(status=ComplaintStatus.WAITING),
                name="complaint_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}: {self.get_reason_display()}"

    @property
    def is_waiting(self) -> bool:
        return self.status == ComplaintStatus.WAITING
