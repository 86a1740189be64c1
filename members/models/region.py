from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kecamatan(models.Model):
    """One of the ten districts; `code` is Kemendagri's, e.g. 31.74.09."""

    code = models.CharField(_("kode"), max_length=8, primary_key=True)
    name = models.CharField(_("nama"), max_length=60, unique=True)
    slug = models.SlugField(unique=True)

    class Meta:
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Kelurahan(models.Model):
    """One of the 65 urban villages; several share a postcode, so it is no key."""

    code = models.CharField(_("kode"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=60)
    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT, related_name="kelurahan")
    postcode = models.CharField(_("kode pos"), max_length=5)

    class Meta:
        verbose_name = _("kelurahan")
        verbose_name_plural = _("kelurahan")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
