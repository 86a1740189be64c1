from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.choices import Category
from members.models import Kecamatan


class FacetCount(models.Model):
    """How many public products are alike in everything a filter asks; written anew each minute."""

    category = models.CharField(max_length=10, choices=Category)
    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.CASCADE, related_name="+")
    marks = models.SmallIntegerField()
    sold_out = models.BooleanField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("jumlah untuk saringan")
        verbose_name_plural = _("jumlah untuk saringan")
        constraints = [
            models.UniqueConstraint(
                fields=["kecamatan", "category", "marks", "sold_out"], name="facet_counted_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kecamatan_id} {self.category} {self.marks}: {self.count}"
