from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number drawn per series and year; the row is locked while one is drawn."""

    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="number_series_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}-{self.last:06d}"
