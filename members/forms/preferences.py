from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferencesForm(forms.Form):
    """The two switches; what must be sent is named beside them and has none."""

    acara = forms.BooleanField(
        required=False,
        label=_("Info acara"),
        help_text=_("Bazar, acara, dan pelatihan yang dibuka. Ini sama dengan persetujuan Anda."),
    )
    program = forms.BooleanField(
        required=False,
        label=_("Info program"),
        help_text=_("Kabar Jakpreneur dan Kadin: bantuan, lomba, perubahan layanan."),
    )
