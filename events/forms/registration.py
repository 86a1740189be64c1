from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.registration import Guest
from events.choices import SIGNED_UP
from events.models.registration import Registration, new_token
from members.models import Business, Kecamatan
from umkm_portal.lib.fields import NameField, PhoneField
from umkm_portal.lib.signing import BadLink, sign, unsign

ELSEWHERE = "luar"
PURPOSE = "sign-up"


class GuestForm(forms.Form):
    """Who comes without an account. `kunci` lets a second press of the button find the first."""

    name = NameField(
        label=_("Nama lengkap"),
        error_messages={"required": _("Tulis nama Anda.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Nomor HP"),
        help_text=_("Dipakai hanya untuk mengabari Anda tentang acara ini."),
        error_messages={
            "required": _("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890.")
        },
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-mid"}),
    )
    kecamatan = forms.ChoiceField(
        label=_("Kecamatan tempat tinggal"),
        error_messages={
            "required": _("Pilih kecamatan, atau “Di luar Jakarta Selatan”."),
            "invalid_choice": _("Pilih kecamatan, atau “Di luar Jakarta Selatan”."),
        },
        widget=forms.Select(attrs={"class": "w-mid"}),
    )
    email = forms.EmailField(
        label=_("E-mail (tidak wajib)"),
        required=False,
        max_length=254,
        help_text=_("Untuk bukti pendaftaran, berkas kalender, dan pengingat."),
        error_messages={"invalid": _("Periksa alamat e-mail, contoh nama@contoh.id.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    kunci = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = [(kecamatan.pk, kecamatan.name) for kecamatan in Kecamatan.objects.all()]
        field = self.fields["kecamatan"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [
            ("", _("Pilih kecamatan")),
            *districts,
            (ELSEWHERE, _("Di luar Jakarta Selatan")),
        ]
        self.initial.setdefault("kunci", sign(PURPOSE, new_token()))

    def guest(self) -> Guest:
        data = self.cleaned_data
        chosen = data["kecamatan"]
        return Guest(
            name=data["name"],
            phone=data["phone"],
            kecamatan=None if chosen == ELSEWHERE else Kecamatan.objects.get(pk=chosen),
            email=data["email"],
            token=_token(data["kunci"], phone=data["phone"]),
        )


class EditPlaceForm(GuestForm):
    """The same for who is signed up already, filled in with what is known."""

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        known = {name: getattr(registration, name) for name in ("name", "phone", "email")}
        known["kecamatan"] = registration.kecamatan_id or ELSEWHERE
        super().__init__(*args, initial=known, **kwargs)
        del self.fields["kunci"]

    def guest(self) -> Guest:
        self.cleaned_data.setdefault("kunci", "")
        return super().guest()


class OwnBusinessForm(forms.Form):
    """One tap for a member: which of the own approved businesses comes."""

    business = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Usaha yang ikut"),
        empty_label=None,
        error_messages={
            "required": _("Pilih usaha yang ikut."),
            "invalid_choice": _("Pilih usaha yang ikut."),
        },
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, businesses: list[Business], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["business"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = Business.objects.filter(pk__in=[each.pk for each in businesses])
        self.initial.setdefault("business", businesses[0].pk)


def _token(signed: str, *, phone: str) -> str:
    """The form's own token, or a new one when it is not ours or stands for another sign-up."""
    try:
        token = str(unsign(PURPOSE, signed))
    except BadLink:
        return new_token()
    others = Registration.objects.filter(token=token).exclude(phone=phone, status__in=SIGNED_UP)
    return new_token() if others.exists() else token
