from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from events.models.day import EventDay
from members.models import Business


class BroughtProductQuerySet(models.QuerySet["BroughtProduct"]):
    def of(self, business: Business) -> Self:
        return self.filter(product__business=business)


class BroughtProduct(models.Model):
    """A product its seller brings to one day of an edition.

    A seller without any row for a day made no list, and brings everything. A list outlives a
    change of booths, so it hangs on the day and not on the place.
    """

    day = models.ForeignKey(
        EventDay, verbose_name=_("hari"), on_delete=models.CASCADE, related_name="brought"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("produk"), on_delete=models.CASCADE, related_name="brought"
    )
    listed_at = models.DateTimeField(_("dicatat"), auto_now_add=True)

    objects = BroughtProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("produk yang dibawa")
        verbose_name_plural = _("produk yang dibawa")
        constraints = [
            models.UniqueConstraint(fields=["day", "product"], name="product_brought_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.day}"
