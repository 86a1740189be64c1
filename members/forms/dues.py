from __future__ import annotations

import re
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import NameField, TextField
from umkm_portal.lib.validators import ascii_digits


class ReferenceEndField(NameField):
    """The last six digits of a bank's reference; the whole number is as welcome."""

    attrs: ClassVar[dict[str, str]] = {"inputmode": "numeric", "autocomplete": "off"}

    def read(self, text: str) -> str:
        digits = re.sub(r"[ .-]", "", ascii_digits(text))
        if not re.fullmatch(r"[0-9]{6,30}", digits):
            raise forms.ValidationError(_("Tulis 6 angka terakhir nomor referensi, contoh 004512."))
        return digits[-6:]


class ProofForm(forms.Form):
    """What the owner sends to show a transfer; the action looks at the file's content."""

    bukti = forms.FileField(
        label=_("Bukti transfer"),
        help_text=_("Foto layar atau PDF, paling besar 8 MB. Tanggal dan jumlah harus terbaca."),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
        error_messages={
            "required": _("Pilih foto atau PDF bukti transfer."),
            "missing": _("Pilih foto atau PDF bukti transfer."),
            "invalid": _("Pilih foto atau PDF bukti transfer."),
            "empty": _("Berkas itu kosong. Pilih berkas lain."),
            "max_length": _("Nama berkas terlalu panjang. Ganti namanya, lalu coba lagi."),
        },
        max_length=200,
    )
    referensi = ReferenceEndField(
        label=_("6 angka terakhir nomor referensi (tidak wajib)"),
        required=False,
        help_text=_("Ada di bukti sebagai nomor referensi atau RRN. Pemeriksaan jadi lebih cepat."),
    )


class ReasonForm(forms.Form):
    """Why something is not accepted; the owner reads it."""

    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca pemilik usaha. Sebut apa yang kurang dan cara memperbaikinya."),
        error_messages={"required": _("Tulis alasannya.")},
    )
