from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import DateField

LONGEST = timedelta(days=366)


class CashDaysForm(forms.Form):
    """From which day to which; without any, this month until today."""

    dari = DateField(label=_("Dari"), required=False)
    sampai = DateField(label=_("Sampai"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("dari"), values.get("sampai")
        if first and last and first > last:
            self.add_error("sampai", _("Tanggal akhir lebih awal daripada tanggal mulai."))
        elif first and last and last - first > LONGEST:
            self.add_error("sampai", _("Paling lama satu tahun dalam satu laporan."))
        return values

    def days(self, *, today: date) -> tuple[date, date]:
        """What was asked, or what is usual where nothing readable was."""
        values = self.cleaned_data if self.is_valid() else {}
        last = values.get("sampai") or today
        first = values.get("dari") or min(last, today).replace(day=1)
        return (first, last) if first <= last <= first + LONGEST else (last - LONGEST, last)
