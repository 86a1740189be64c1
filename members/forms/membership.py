from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.actions.membership import REPAIRABLE
from members.choices import CardReplacement
from members.models import Business, Kelurahan
from umkm_portal.lib.fields import NameField, NibField, TextField

FIELD_LABELS = {
    "name": _("Nama usaha"),
    "street": _("Jalan dan nomor"),
    "kelurahan": _("Kelurahan tempat usaha"),
    "nib": _("NIB (tidak wajib)"),
}


class KelurahanField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.kecamatan.name}"


class MembershipRepairForm(forms.Form):
    """Only the parts of the business that Kadin's secretariat named."""

    name = NameField(
        label=FIELD_LABELS["name"],
        max_length=100,
        error_messages={"required": _("Tulis nama usaha.")},
    )
    street = NameField(
        label=FIELD_LABELS["street"],
        max_length=200,
        error_messages={"required": _("Tulis jalan dan nomor tempat usaha.")},
    )
    kelurahan = KelurahanField(
        label=FIELD_LABELS["kelurahan"],
        queryset=Kelurahan.objects.none(),
        empty_label=_("Pilih kelurahan"),
        error_messages={
            "required": _("Pilih kelurahan tempat usaha."),
            "invalid_choice": _("Pilih kelurahan tempat usaha."),
        },
    )
    nib = NibField(label=FIELD_LABELS["nib"], required=False)

    def __init__(self, data: Any = None, *, business: Business, fields: list[str]) -> None:
        super().__init__(data, initial={field: getattr(business, field) for field in fields})
        kelurahan = self.fields["kelurahan"]
        assert isinstance(kelurahan, KelurahanField)  # noqa: S101  for the type checker
        kelurahan.queryset = Kelurahan.objects.select_related("kecamatan")
        for name in set(self.fields) - set(fields):
            del self.fields[name]


class MembershipReturnForm(forms.Form):
    """What the secretariat asks the owner to mend, and why."""

    fields_to_repair = forms.MultipleChoiceField(
        label=_("Yang perlu diperbaiki"),
        choices=[(field, FIELD_LABELS[field]) for field in REPAIRABLE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu bagian."),
            "invalid_choice": _("Pilih bagian yang ada di daftar."),
        },
    )
    reason = TextField(
        label=_("Alasan"),
        max_length=1000,
        help_text=_("Dibaca pemilik usaha. Sebut apa yang kurang dan cara memperbaikinya."),
        error_messages={"required": _("Tulis alasannya.")},
    )


class CardCheckForm(forms.Form):
    """The ten signs printed on a card; spaces and small letters are forgiven."""

    kode = forms.CharField(
        label=_("Kode kartu"),
        max_length=200,
        help_text=_("10 huruf dan angka pada kartu."),
        error_messages={
            "required": _("Tulis 10 huruf dan angka di kartu."),
            "max_length": _("Kode terdiri dari 10 huruf dan angka."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "w-mid"}
        ),
    )

    def clean_kode(self) -> str:
        code = "".join(c for c in self.cleaned_data["kode"].upper() if c.isascii() and c.isalnum())
        if len(code) != 10:
            raise forms.ValidationError(_("Kode terdiri dari 10 huruf dan angka."))
        return code


class CardReplaceForm(forms.Form):
    """Why a card gets another code; `code` is the one that was on the screen."""

    code = forms.CharField(label="", max_length=10, widget=forms.HiddenInput())
    reason = forms.ChoiceField(
        label=_("Mengapa kartu diganti?"),
        choices=CardReplacement.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih alasannya."),
            "invalid_choice": _("Pilih salah satu alasan."),
        },
    )
