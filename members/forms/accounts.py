"""Finding the owner who stands at the counter without a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import User
from umkm_portal.lib.fields import NameField
from umkm_portal.lib.phone import normalise_phone


class FindOwnerForm(forms.Form):
    """`cleaned_data["who"]` is the one active owner's account that this names."""

    who = NameField(
        label=_("Nomor HP, e-mail, atau nomor pendaftaran"),
        help_text=_("Contoh 0812 3456 7890 atau JKP-2026-000123."),
    )

    def clean_who(self) -> User:
        owners = User.objects.filter(is_staff=False, is_superuser=False, is_active=True)
        found = list(owners.filter(_names(self.cleaned_data["who"])).distinct()[:2])
        if len(found) != 1:
            raise ValidationError(
                _("Tidak ada akun pemilik dengan nomor atau e-mail itu.")
                if not found
                else _("Lebih dari satu akun cocok. Pakai nomor pendaftaran usahanya.")
            )
        return found[0]


def _names(text: str) -> Q:
    if "@" in text:
        return Q(email__iexact=text)
    if text.upper().startswith("JKP"):
        return Q(businesses__number__iexact=text)
    try:
        phone = normalise_phone(text)
    except ValueError as error:
        raise ValidationError(str(error)) from None
    return Q(phone=phone) | Q(owner__phone=phone)


class IssueCodeForm(FindOwnerForm):
    """The same owner once more, and the officer's word that the KTP was seen."""

    seen_ktp = forms.BooleanField(
        label=_("Saya sudah melihat KTP asli, dan nama serta fotonya cocok dengan orang ini."),
        error_messages={"required": _("Lihat KTP aslinya dulu, lalu centang di sini.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].widget = forms.HiddenInput()
