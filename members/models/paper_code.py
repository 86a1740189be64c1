from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.person import User


class PaperCode(models.Model):
    """A code handed over on paper, good once and for a while; only its digest is kept.

    The model that inherits it says whose it is (`user`) and what it opens.
    """

    code_digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai"), null=True, blank=True)

    class Meta:
        abstract = True
