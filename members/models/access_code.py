from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.paper_code import PaperCode
from members.models.person import User


class AccessCode(PaperCode):
    """A one-time code handed over at the counter to who forgot the password and has no e-mail."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="access_codes")

    class Meta:
        verbose_name = _("kode masuk")
        verbose_name_plural = _("kode masuk")

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"
