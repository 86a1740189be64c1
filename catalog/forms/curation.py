from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from catalog.choices import REASON_GROUPS
from catalog.models import Product
from umkm_portal.lib.fields import TextField

# What a curator looks at; the three words stand in the audit line of an approval.
CHECKS = [
    ("legalitas", _("Legalitas: izin yang perlu ada, merek milik sendiri, tanpa klaim")),
    ("mutu", _("Mutu: foto jelas, sesuai nama, harga dan satuan masuk akal")),
    ("kemasan", _("Kemasan: rapi, tertutup, berlabel bila makanan")),
]

GROUPED = [
    (group, [(reason.value, reason.label) for reason in reasons])
    for group, reasons in REASON_GROUPS
]


class CurationForm(forms.Form):
    """One form, three buttons; what is asked depends on the button pressed."""

    dilihat = forms.CharField(widget=forms.HiddenInput, max_length=40)
    periksa = forms.MultipleChoiceField(
        label=_("Sudah diperiksa"),
        choices=CHECKS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    alasan = forms.MultipleChoiceField(
        label=_("Alasan untuk dikembalikan atau diturunkan"),
        choices=GROUPED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    catatan = TextField(
        label=_("Catatan untuk penjual (tidak wajib)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def clean_dilihat(self) -> Any:
        seen = parse_datetime(self.cleaned_data["dilihat"])
        if seen is None:
            raise ValidationError(_("Muat ulang halaman ini."))
        return seen

    def refuse_unchecked(self) -> bool:
        """For an approval: all three are ticked, or the form says so."""
        if len(self.cleaned_data["periksa"]) < len(CHECKS):
            self.add_error("periksa", _("Centang ketiga pemeriksaan sebelum menyetujui."))
        return not self.is_valid()


def curation_form(product: Product, data: Any = None) -> CurationForm:
    return CurationForm(data, initial={"dilihat": product.updated_at.isoformat()})
