"""What staff write about how an edition is run."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Edition
from umkm_portal.lib.fields import NameField, RupiahField, TextField


class EditionForm(forms.ModelForm):  # type: ignore[type-arg]
    fee = RupiahField(
        label=_("Biaya lapak per hari (tidak wajib)"),
        help_text=_("Kosong berarti gratis. Berlaku untuk yang mendaftar sesudah ini disimpan."),
        required=False,
    )
    fee_how = NameField(
        label=_("Cara membayar biaya (perlu bila ada biaya)"),
        help_text=_("Contoh: Tunai di meja panitia, paling lambat Kamis pukul 15.00."),
        max_length=300,
        required=False,
    )
    weather_plan = NameField(
        label=_("Rencana bila hujan (tidak wajib)"), max_length=300, required=False
    )
    online_label = NameField(
        label=_("Nama kanal daring (tidak wajib)"),
        help_text=_("Contoh: Tokopedia Jumat Beli Lokal."),
        max_length=40,
        required=False,
    )
    online_url = forms.URLField(
        label=_("Tautan kanal daring (tidak wajib)"),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    asn_text = TextField(
        label=_("Untuk ASN (tidak wajib)"),
        help_text=_("Tampil di halaman belanja ASN edisi ini."),
        max_length=2000,
        required=False,
    )

    class Meta:
        model = Edition
        fields = [
            "applications_open_at",
            "applications_close_at",
            "seats_per_day",
            "newcomers_percent",
            "pool_days",
            "document_days",
            "fee",
            "fee_how",
            "tables_stock",
            "chairs_stock",
            "watts_stock",
            "weather_plan",
            "online_label",
            "online_url",
            "asn_text",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fee_how", "weather_plan", "online_label", "online_url"):
            self.fields[name].widget.attrs["class"] = "vTextField"
        self.fields["asn_text"].widget.attrs["class"] = "vLargeTextField"

    def clean_fee(self) -> int:
        return self.cleaned_data["fee"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("fee") and not data.get("fee_how"):
            self.add_error("fee_how", _("Tulis di mana dan bagaimana penjual membayarnya."))
        if data.get("online_url") and not data.get("online_label"):
            self.add_error("online_label", _("Tulis nama kanalnya, supaya pembeli tahu."))
        return data


class RulesForm(forms.Form):
    text = TextField(
        label=_("Tata tertib"),
        help_text=_("Satu baris untuk satu aturan. Kosongkan satu baris untuk paragraf baru."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        error_messages={"required": _("Tulis tata tertibnya.")},
    )
