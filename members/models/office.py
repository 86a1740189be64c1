"""Offices of the city that look after Jakpreneur's members (dinas pengampu); kept as rows."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class OfficeQuerySet(models.QuerySet["Office"]):
    def in_use(self) -> Self:
        return self.filter(is_active=True)


class Office(models.Model):
    """An office that is no longer responsible stays, for what it did stays."""

    short_name = models.CharField(_("singkatan"), max_length=20, unique=True)
    name = models.CharField(_("nama lengkap"), max_length=120)
    is_active = models.BooleanField(_("masih mengampu"), default=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dinas pengampu")
        verbose_name_plural = _("dinas pengampu")
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(short_name="") & ~models.Q(name=""), name="office_named"
            )
        ]

    def __str__(self) -> str:
        return self.short_name
