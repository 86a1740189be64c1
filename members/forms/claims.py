"""The code from the paper, and the owner's word that the record is hers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Business, User
from umkm_portal.lib.fields import NameField
from umkm_portal.lib.phone import normalise_phone


class ClaimForm(forms.Form):
    code = forms.CharField(
        label=_("Kode klaim"),
        max_length=40,
        help_text=_("10 huruf dan angka di lembar dari petugas."),
        error_messages={"required": _("Tulis kode klaim.")},
        widget=forms.TextInput(
            attrs={"class": "w-mid", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class ConfirmClaimForm(ClaimForm):
    agrees = forms.BooleanField(
        label=_("Ini usaha saya, dan saya setuju datanya dipakai untuk keanggotaan."),
        error_messages={"required": _("Centang dulu bila ini usaha Anda.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget = forms.HiddenInput()


class FindRecordForm(forms.Form):
    """`cleaned_data["who"]` is the one unclaimed owner within reach that this names."""

    who = NameField(
        label=_("Nomor usaha, nomor anggota, NIB, nomor HP, atau nama usaha"),
        help_text=_("Contoh JKI-2026-000123 atau 0812 3456 7890."),
    )

    def __init__(self, *args: Any, staff: User, **kwargs: Any) -> None:
        self.staff = staff
        super().__init__(*args, **kwargs)

    def clean_who(self) -> User:
        businesses = Business.objects.within_reach_of(self.staff).filter(
            _names(self.cleaned_data["who"]), imported__claimed_at=None, imported__isnull=False
        )
        found = list(User.objects.filter(businesses__in=businesses).distinct()[:2])
        if len(found) != 1:
            raise ValidationError(
                _("Tidak ada data impor yang belum diklaim dengan nomor atau nama itu.")
                if not found
                else _("Lebih dari satu cocok. Pakai nomor usaha atau nomor anggotanya.")
            )
        return found[0]


def _names(text: str) -> Q:
    wanted = (
        Q(number__iexact=text) | Q(kadin__number__iexact=text) | Q(nib=text) | Q(name__iexact=text)
    )
    try:
        return wanted | Q(owner__owner__phone=normalise_phone(text))
    except ValueError:
        return wanted
