"""What a companion types: an owner's code, and a whole owner on one screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.choices import ConsentPurpose, Role
from members.consent_texts import TEXTS
from members.forms.registration import SECTOR_CHOICES, group_kelurahan, narrow
from members.models import Business, Kelurahan, User
from umkm_portal.lib.fields import (
    DateField,
    NameField,
    NikField,
    PhoneField,
    RtRwField,
    RupiahField,
    ScanField,
)


def signed_on_field() -> DateField:
    return DateField(
        label=_("Tanggal tanda tangan"),
        help_text=_("Contoh 12/06/2026."),
        error_messages={"required": _("Tulis tanggal tanda tangan, contoh 12/06/2026.")},
        widget=forms.TextInput(attrs={"class": "w-short"}),
    )


class CompanionCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode dari pemilik"),
        max_length=40,
        help_text=_("10 huruf dan angka dari halaman Pendamping milik pemilik usaha."),
        error_messages={"required": _("Tulis kode dari pemilik.")},
        widget=forms.TextInput(
            attrs={"class": "w-mid", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class EnrolForm(forms.Form):
    """Ten businesses an hour: only what an application needs, the place kept from the last one."""

    sheet = NameField(
        label=_("Nomor lembar tanda tangan"),
        max_length=40,
        error_messages={"required": _("Tulis nomor di pojok lembar tanda tangan.")},
    )
    signed_on = signed_on_field()
    full_name = NameField(
        label=_("Nama sesuai KTP"),
        max_length=120,
        error_messages={"required": _("Tulis nama sesuai KTP.")},
    )
    phone = PhoneField(
        label=_("Nomor HP pemilik"),
        help_text=_("Menjadi nama masuk akunnya. Contoh 0812 3456 7890."),
        error_messages={
            "required": _("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890.")
        },
    )
    nik = NikField(
        label="NIK",
        help_text=_("16 angka. Disimpan terkunci; setelah ini Anda pun tidak melihatnya lagi."),
        error_messages={"required": _("NIK terdiri dari 16 angka, lihat di KTP.")},
    )
    ktp_dki = forms.BooleanField(label=_("KTP Jakarta"), required=False)
    ktp = ScanField(
        label=_("Foto KTP (tidak wajib)"), required=False, accept="image/*", capture="environment"
    )
    name = NameField(
        label=_("Nama usaha"), max_length=120, error_messages={"required": _("Tulis nama usaha.")}
    )
    sector = forms.ChoiceField(
        label=_("Bidang"),
        choices=[("", _("Pilih bidang")), *SECTOR_CHOICES],
        error_messages={
            "required": _("Pilih bidang usaha."),
            "invalid_choice": _("Pilih bidang usaha."),
        },
    )
    yearly_sales = RupiahField(
        label=_("Penjualan setahun"),
        help_text=_("Perkiraan dalam rupiah, contoh 120.000.000."),
        error_messages={"required": _("Tulis perkiraan penjualan setahun, contoh 120.000.000.")},
    )
    street = NameField(
        label=_("Jalan dan nomor tempat usaha"),
        max_length=200,
        error_messages={"required": _("Tulis jalan dan nomor tempat usaha.")},
    )
    rt = RtRwField(label=_("RT (tidak wajib)"), required=False)
    rw = RtRwField(label=_("RW (tidak wajib)"), required=False)
    kelurahan = forms.ModelChoiceField(
        Kelurahan.objects.none(),
        label=_("Kelurahan"),
        empty_label=_("Pilih kelurahan"),
        error_messages={
            "required": _("Pilih kelurahan tempat usaha."),
            "invalid_choice": _("Pilih kelurahan tempat usaha."),
        },
    )
    home_address = NameField(
        label=_("Alamat rumah, bila lain (tidak wajib)"),
        max_length=300,
        required=False,
        help_text=_("Kosongkan bila rumahnya di tempat usaha."),
    )
    consents = forms.MultipleChoiceField(
        label=_("Persetujuan yang dicentang pemilik di lembar"),
        choices=[(purpose.value, purpose.label) for purpose in ConsentPurpose],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Teks lengkapnya tercetak di lembar, versi %s.")
        % TEXTS[ConsentPurpose.MEMBERSHIP].version,
        error_messages={
            "required": _("Tanpa persetujuan keanggotaan data tidak boleh dikirim."),
            "invalid_choice": _("Pilih persetujuan dari daftar ini."),
        },
    )
    signed = forms.BooleanField(
        label=_("Pemilik sudah menandatangani lembar itu di depan saya."),
        error_messages={"required": _("Minta pemilik menandatangani lembarnya dulu.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rt", "rw"):
            narrow(self, name, "w-short", inputmode="numeric")
        for name in ("sheet", "phone", "nik", "yearly_sales"):
            narrow(self, name, "w-mid")
        group_kelurahan(self.fields["kelurahan"])

    def clean_consents(self) -> list[ConsentPurpose]:
        ticked = [ConsentPurpose(value) for value in self.cleaned_data["consents"]]
        if ConsentPurpose.MEMBERSHIP not in ticked:
            raise ValidationError(_("Tanpa persetujuan keanggotaan data tidak boleh dikirim."))
        return ticked

    @property
    def application(self) -> dict[str, Any]:
        """Values by the application's field names; a home left empty is where the business is."""
        data = dict(self.cleaned_data)
        for name in ("sheet", "signed_on", "consents", "signed"):
            del data[name]
        if not data["home_address"]:
            data["home_address"] = f"{data['street']}, {data['kelurahan'].name}"
        return data


class SheetAccessForm(forms.Form):
    """An officer writes down a sheet that an owner signed for a companion."""

    business = forms.CharField(
        label=_("Nomor pendaftaran usaha"),
        help_text=_("Contoh JKP-2026-000123."),
        error_messages={"required": _("Tulis nomor pendaftaran usaha.")},
    )
    companion = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Pendamping"),
        empty_label=_("Pilih pendamping"),
        error_messages={"required": _("Pilih pendamping.")},
    )
    sheet = NameField(
        label=_("Nomor lembar"),
        max_length=40,
        error_messages={"required": _("Tulis nomor lembar.")},
    )
    signed_on = signed_on_field()
    reason = NameField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Mengapa lewat lembar dan bukan kode, contoh: pemilik tidak punya HP."),
        error_messages={"required": _("Tulis alasannya.")},
    )

    def __init__(self, *args: Any, within_reach_of: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = within_reach_of
        field = self.fields["companion"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = User.objects.filter(
            groups__name=Role.PENDAMPING, is_active=True, is_staff=True
        ).order_by("name")

    def clean_business(self) -> Business:
        number = self.cleaned_data["business"].strip().upper()
        seen = Business.objects.sent().within_reach_of(self.officer)
        found = seen.filter(number=number).first()
        if found is None:
            raise ValidationError(_("Tidak ada usaha dengan nomor itu."))
        return found
