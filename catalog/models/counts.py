"""How often a product was looked at and asked for: sums of a week, and nothing of who did."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


def week_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


class ProductWeekQuerySet(models.QuerySet["ProductWeek"]):
    def since(self, week: date) -> Self:
        return self.filter(week__gte=week)


class ProductWeek(models.Model):
    """`views` and `clicks` (to the seller's WhatsApp) of one product in one week from Monday."""

    product = models.ForeignKey(
        Product, verbose_name=_("produk"), on_delete=models.CASCADE, related_name="weeks"
    )
    week = models.DateField(_("minggu"), db_index=True)
    views = models.PositiveIntegerField(_("dilihat"), default=0, db_default=0)
    clicks = models.PositiveIntegerField(_("klik WhatsApp"), default=0, db_default=0)

    objects = ProductWeekQuerySet.as_manager()

    class Meta:
        verbose_name = _("hitungan mingguan")
        verbose_name_plural = _("hitungan mingguan")
        ordering = ["-week"]
        constraints = [
            models.UniqueConstraint(fields=["product", "week"], name="product_week_once"),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="product_week_begins_on_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.week}"
