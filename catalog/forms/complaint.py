from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.choices import ComplaintReason, ReturnReason
from umkm_portal.lib.fields import TextField


class ComplaintForm(forms.Form):
    """`situs` is for machines that fill in whatever they find; people do not see it."""

    alasan = forms.ChoiceField(
        label=_("Apa yang salah?"),
        choices=ComplaintReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih satu alasan."),
            "invalid_choice": _("Pilih satu alasan."),
        },
    )
    cerita = TextField(
        label=_("Ceritakan singkat (tidak wajib)"),
        required=False,
        max_length=500,
        help_text=_("Jangan tulis nama, nomor HP, atau data Anda."),
    )

    situs = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("situs", "").strip())


class DismissForm(forms.Form):
    catatan = TextField(
        label=_("Mengapa produk ini tetap tayang?"),
        max_length=500,
        help_text=_("Dibaca kurator lain. Pelapor tidak dikenal, jadi tidak dikabari."),
        error_messages={"required": _("Tulis alasannya, supaya kurator lain mengerti.")},
    )


class UpholdForm(forms.Form):
    alasan = forms.MultipleChoiceField(
        label=_("Mengapa produk ini diturunkan?"),
        choices=ReturnReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    catatan = TextField(
        label=_("Catatan untuk penjual (tidak wajib)"), required=False, max_length=500
    )
