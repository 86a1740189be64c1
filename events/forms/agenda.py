from __future__ import annotations

from django import forms

from events.choices import PUBLIC_KINDS
from members.models import Kecamatan

KINDS = [(kind.value, kind.label) for kind in PUBLIC_KINDS]


class AgendaFilterForm(forms.Form):
    """Filters from the address; a value that means nothing is as if it were not there."""

    jenis = forms.ChoiceField(choices=KINDS, required=False)
    kecamatan = forms.ModelChoiceField(
        Kecamatan.objects.all(), to_field_name="slug", required=False
    )

    def chosen(self) -> tuple[str, Kecamatan | None]:
        self.is_valid()
        return self.cleaned_data.get("jenis") or "", self.cleaned_data.get("kecamatan")
