"""What staff write when the fee of a place comes in, is waived, or goes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.actions.fees import Money
from events.fee_choices import FeeMethod
from umkm_portal.lib.fields import DateField, NameField, RupiahField, TextField


class FeeForm(forms.Form):
    amount = RupiahField(label=_("Jumlah yang diterima"))
    method = forms.ChoiceField(
        label=_("Cara bayar"), choices=FeeMethod.choices, widget=forms.RadioSelect
    )
    moved_on = DateField(label=_("Tanggal bayar"))
    reference = NameField(
        label=_("Nomor referensi"),
        help_text=_("Perlu untuk transfer; tunai boleh kosong."),
        max_length=60,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("method") == FeeMethod.TRANSFER and not data.get("reference"):
            self.add_error("reference", _now("Tulis nomor referensi transfernya."))
        return data


class FeeReasonForm(forms.Form):
    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Tersimpan di buku biaya lapak untuk seterusnya; jangan tulis data pribadi."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        error_messages={"required": _("Tulis alasannya.")},
    )


def money_of(values: dict[str, Any]) -> Money:
    return Money(
        values["amount"], FeeMethod(values["method"]), values["moved_on"], values["reference"]
    )
