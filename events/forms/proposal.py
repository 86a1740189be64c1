from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.proposals import Draft
from events.choices import PROPOSED_KINDS
from members.models import Kecamatan
from umkm_portal.lib.fields import DateField, NameField, PhoneField, TextField

_TIME = {"type": "time", "class": "w-mid"}


class ProposalForm(forms.Form):
    """`situs` is for machines that fill in whatever they find; people do not see it."""

    # As on the page, so that the list of what is wrong follows it.
    field_order = [
        *("name", "kind", "description", "date", "opens_at", "closes_at"),
        *("venue", "address", "kecamatan", "organiser", "contact_name", "phone", "email"),
    ]

    organiser = NameField(
        label=_("Penyelenggara"),
        max_length=120,
        help_text=_("Kelurahan, kampus, bank, komunitas, atau mitra."),
        error_messages={"required": _("Tulis siapa penyelenggaranya.")},
    )
    contact_name = NameField(
        label=_("Nama penghubung"),
        error_messages={"required": _("Tulis nama yang bisa dihubungi.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Nomor HP"),
        help_text=_("Hanya dibaca petugas."),
        error_messages={
            "required": _("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890.")
        },
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-mid"}),
    )
    email = forms.EmailField(
        label=_("E-mail (tidak wajib)"),
        help_text=_("Supaya jawabannya sampai sendiri."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[(kind.value, kind.label) for kind in PROPOSED_KINDS],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih jenis acara."),
            "invalid_choice": _("Pilih jenis acara."),
        },
    )
    name = NameField(
        label=_("Nama acara"),
        max_length=120,
        error_messages={"required": _("Tulis nama acara.")},
    )
    description = TextField(label=_("Keterangan (tidak wajib)"), required=False, max_length=2000)
    venue = NameField(
        label=_("Tempat"), max_length=120, error_messages={"required": _("Tulis tempat acara.")}
    )
    address = NameField(label=_("Alamat (tidak wajib)"), max_length=200, required=False)
    kecamatan = forms.ModelChoiceField(
        Kecamatan.objects.all(),
        label=_("Kecamatan"),
        empty_label=_("Pilih kecamatan"),
        to_field_name="slug",
        error_messages={
            "required": _("Pilih kecamatan."),
            "invalid_choice": _("Pilih kecamatan."),
        },
        widget=forms.Select(attrs={"class": "w-mid"}),
    )
    date = DateField(
        label=_("Tanggal"),
        help_text=_("Contoh: 12/06/2026."),
        error_messages={"required": _("Tulis tanggal acara.")},
    )
    opens_at = forms.TimeField(
        label=_("Mulai"),
        widget=forms.TimeInput(attrs=_TIME),
        error_messages={
            "required": _("Tulis jam mulai."),
            "invalid": _("Tulis jam seperti 09:00."),
        },
    )
    closes_at = forms.TimeField(
        label=_("Selesai"),
        widget=forms.TimeInput(attrs=_TIME),
        error_messages={
            "required": _("Tulis jam selesai."),
            "invalid": _("Tulis jam seperti 16:00."),
        },
    )
    situs = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("situs", "").strip())

    def draft(self) -> Draft:
        data: dict[str, Any] = {**self.cleaned_data}
        data.pop("situs")
        return Draft(**data)


class RefuseProposalForm(forms.Form):
    reason = NameField(
        label=_("Alasan"),
        help_text=_("Dibaca pengusul di halaman usulannya."),
        max_length=300,
        error_messages={"required": _("Tulis alasannya. Pengusul membacanya.")},
    )
