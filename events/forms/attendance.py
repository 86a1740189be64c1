from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.registration import Guest
from members.models import Kecamatan
from umkm_portal.lib.fields import NameField, PhoneField

SHOWN = [("", _("Semua")), ("belum", _("Belum hadir")), ("hadir", _("Hadir"))]


class DoorFilterForm(forms.Form):
    """Filters from the address; a value that means nothing is as if it were not there."""

    q = forms.CharField(max_length=120, required=False)
    tampil = forms.ChoiceField(choices=SHOWN, required=False)

    def chosen(self) -> tuple[str, str]:
        self.is_valid()
        data = self.cleaned_data
        return data.get("q") or "", data.get("tampil") or ""


class MarkForm(forms.Form):
    """One tap: who, and what."""

    siapa = forms.IntegerField(min_value=1, max_value=2**62)
    apa = forms.ChoiceField(choices=[("hadir", ""), ("batal", ""), ("masuk", "")])
    alasan = NameField(max_length=200, required=False)


class MarketTapForm(forms.Form):
    """One tap at a market: which place, and whether she came, did not, or neither is known."""

    siapa = forms.IntegerField(min_value=1, max_value=2**62)
    apa = forms.ChoiceField(choices=[("hadir", ""), ("absen", ""), ("batal", "")])
    alasan = NameField(max_length=200, required=False)


class ScanForm(forms.Form):
    """What a scanner read from a card or a place, or somebody typed: a code, or an address."""

    kode = forms.CharField(
        label=_("Kode kartu"),
        max_length=300,
        help_text=_("10 huruf dan angka pada kartu."),
        error_messages={"required": _("Tulis 10 huruf dan angka di kartu, atau pindai kartunya.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "w-mid"}
        ),
    )

    def clean_kode(self) -> str:
        """The last part of an address; a card's code in capitals, without spaces and dashes."""
        typed: str = self.cleaned_data["kode"]
        if "/" in typed:
            return typed.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2]
        return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


class WalkInForm(forms.Form):
    """A guest who came without having signed up."""

    name = NameField(
        label=_("Nama lengkap"),
        help_text=_("Seperti akan tertulis di sertifikat."),
        error_messages={"required": _("Tulis nama tamu.")},
    )
    phone = PhoneField(
        label=_("Nomor HP"),
        error_messages={
            "required": _("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890.")
        },
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-mid"}),
    )
    kecamatan = forms.ModelChoiceField(
        Kecamatan.objects.all(),
        label=_("Kecamatan (tidak wajib)"),
        empty_label=_("Di luar Jakarta Selatan"),
        required=False,
        widget=forms.Select(attrs={"class": "w-mid"}),
    )

    def guest(self) -> Guest:
        data: dict[str, Any] = self.cleaned_data
        return Guest(name=data["name"], phone=data["phone"], kecamatan=data["kecamatan"])
