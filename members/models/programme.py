from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.business import Business


class JakpreneurMembership(models.Model):
    """The city's programme: no fee, no expiry; made when a business is approved."""

    business = models.OneToOneField(Business, on_delete=models.PROTECT, related_name="jakpreneur")
    joined_on = models.DateField(_("terdaftar sejak"))

    class Meta:
        verbose_name = _("anggota Jakpreneur")
        verbose_name_plural = _("anggota Jakpreneur")

    def __str__(self) -> str:
        return f"{self.business.number} {self.business}"
