from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class ApprovedLookQuerySet(models.QuerySet["ApprovedLook"]):
    def showing(self, photo: str) -> Self:
        """Looks that need the files of this picture; its name ends in ".webp"."""
        return self.filter(photos__contains=[photo])


class ApprovedLook(models.Model):
    """A product as a curator last approved it: what the next one compares with.

    Written by the approval alone. Its pictures are kept until the next approval, though no
    product shows them any more.
    """

    product = models.OneToOneField(
        Product, on_delete=models.CASCADE, primary_key=True, related_name="approved_look"
    )
    approved_at = models.DateTimeField(_("disetujui"))
    facts = models.JSONField(_("isi"))
    photos = ArrayField(models.CharField(max_length=60), verbose_name=_("foto"))

    objects = ApprovedLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("tampilan yang disetujui")
        verbose_name_plural = _("tampilan yang disetujui")
        indexes = [GinIndex(fields=["photos"], name="approved_look_photos")]

    def __str__(self) -> str:
        return str(self.product)
