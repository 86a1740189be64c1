from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import SignUpRule
from members.models import ProgrammeStage


class SignUpRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """All parts are optional; with none of them everybody may come."""

    class Meta:
        model = SignUpRule
        fields = ["per_kecamatan", "stage", "needs_nib"]
        labels = {
            "per_kecamatan": _("Paling banyak per kecamatan (tidak wajib)"),
            "stage": _("Sudah mencapai langkah (tidak wajib)"),
            "needs_nib": _("Hanya usaha yang sudah punya NIB"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset, field.empty_label = ProgrammeStage.objects.all(), str(_("Semua usaha"))
