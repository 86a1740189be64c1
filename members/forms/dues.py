from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.fields import DateField, NameField, RupiahField, TextField


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


class PaymentForm(forms.Form):
    """What the treasurer reads on the bank's statement."""

    received_on = DateField(
        label=_("Tanggal uang masuk"), help_text=_("Menurut mutasi bank, contoh 12/06/2026.")
    )
    amount = RupiahField(label=_("Jumlah yang masuk"), help_text=_("Contoh 120.000."))
    reference = NameField(
        label=_("Referensi bank"),
        max_length=60,
        help_text=_("Nomor atau berita transfer pada mutasi."),
    )


class ReasonForm(forms.Form):
    """Why something is not accepted; the owner reads it."""

    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca pemilik usaha. Sebut apa yang kurang dan cara memperbaikinya."),
        error_messages={"required": _("Tulis alasannya.")},
    )
