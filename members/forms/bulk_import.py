"""Uploading a sheet of members, and the word to write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.xlsx import MAX_BYTES


class MemberFileForm(forms.Form):
    """`cleaned_data["file"]` is the upload, not yet looked into."""

    file = forms.FileField(
        label=_("Berkas XLSX atau CSV"),
        help_text=_(
            "Paling besar 16 MB; XLSX sekitar 15.000 baris, CSV 100.000 baris. "
            "Pakai judul kolom dari templat."
        ),
        error_messages={
            "required": _("Pilih berkas dulu."),
            "empty": _("Berkas itu kosong. Pilih berkas lain."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> File[Any]:
        upload: File[Any] = self.cleaned_data["file"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("Paling besar 16 MB. Bagi menjadi beberapa berkas."))
        return upload


class WriteForm(forms.Form):
    tell_owners = forms.BooleanField(
        label=_("Kabari pemilik lewat kotak pesan dan e-mail"),
        help_text=_("Tanpa centang tidak ada pesan yang dikirim."),
        required=False,
    )
