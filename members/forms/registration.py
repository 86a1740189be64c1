"""One form per step of the application; each can be cut down to the fields that are open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.application import FIELDS, LABELS, REQUIRED, ktp_of, masked_nik, owner_of
from members.choices import Sector
from members.models import Business, Kelurahan
from umkm_portal.lib.fields import (
    JakpreneurField,
    NameField,
    NibField,
    NikField,
    PhoneField,
    RtRwField,
    RupiahField,
    ScanField,
    TextField,
)
from umkm_portal.lib.validators import ascii_digits

SECTOR_CHOICES = [
    (Sector.KULINER, _("Kuliner: makanan, minuman, bumbu")),
    (Sector.FASHION, _("Fashion: pakaian, kain, tas, sepatu")),
    (Sector.KERAJINAN, _("Kerajinan: anyaman, kayu, keramik, mainan")),
    (Sector.JASA, _("Jasa: terdaftar, tetapi belum tampil di katalog")),
    (Sector.LAINNYA, _("Lainnya: terdaftar, tetapi belum tampil di katalog")),
]
FIRST_YEAR = 1900


class StepForm(forms.Form):
    """A step over the open application; only fields in `open_to` are shown and heard."""

    step: ClassVar[str]

    def __init__(
        self,
        *args: Any,
        business: Business,
        open_to: Collection[str],
        later: bool = False,
        **kwargs: Any,
    ) -> None:
        self.business, self.owner = business, owner_of(business)
        kwargs.setdefault("initial", self.stored())
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(open_to):
            del self.fields[name]
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.required = field.required and not later
            if name not in REQUIRED:
                field.label = _("%s (tidak wajib)") % LABELS[name]

    def stored(self) -> dict[str, Any]:
        """What is saved already, as the form shows it; secrets and photos are never shown again."""
        return {
            name: getattr(self.business, name)
            for name in FIELDS[self.step]
            if name not in {"ktp", "nik"}
        }


class PemilikForm(StepForm):
    step = "pemilik"
    full_name = NameField(max_length=120, error_messages={"required": _("Tulis nama sesuai KTP.")})
    nik = NikField(
        error_messages={"required": _("NIK terdiri dari 16 angka, lihat di KTP.")},
        help_text=_(
            "16 angka. Dipakai petugas untuk memastikan satu orang satu akun; "
            "disimpan terkunci dan tidak pernah tampil lengkap."
        ),
    )
    phone = PhoneField(
        error_messages={
            "required": _("Nomor HP harus diawali 08 atau +62, contoh 0812 3456 7890.")
        },
        help_text=_("Untuk dihubungi petugas, tidak tampil untuk umum. Contoh: 0812 3456 7890"),
    )
    home_address = NameField(
        max_length=300,
        error_messages={"required": _("Tulis alamat rumah.")},
        help_text=_("Tempat tinggal sekarang, boleh di luar Jakarta. Hanya untuk petugas."),
    )
    ktp_dki = forms.TypedChoiceField(
        choices=[("ya", _("Ya, KTP Jakarta")), ("tidak", _("Bukan, KTP kota lain"))],
        coerce=lambda value: value == "ya",
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih KTP Jakarta atau kota lain."),
            "invalid_choice": _("Pilih KTP Jakarta atau kota lain."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_autocomplete(self, full_name="name", phone="tel", home_address="street-address")
        if "nik" in self.fields and self.owner.nik_digest:
            self.fields["nik"].required = False
            self.fields["nik"].help_text = _(
                "Tersimpan: %s. Isi hanya bila ingin mengganti."
            ) % masked_nik(self.owner)

    def stored(self) -> dict[str, Any]:
        owner = self.owner
        return {
            "full_name": owner.full_name or self.business.owner.name,
            "phone": owner.phone or self.business.owner.phone,
            "home_address": owner.home_address,
            "ktp_dki": {True: "ya", False: "tidak"}.get(owner.ktp_dki),  # type: ignore[arg-type]
        }


class UsahaForm(StepForm):
    step = "usaha"
    name = NameField(
        max_length=120,
        error_messages={"required": _("Tulis nama usaha.")},
        help_text=_("Nama yang dikenal pembeli, bukan nama PT atau CV."),
    )
    sector = forms.ChoiceField(
        choices=SECTOR_CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih bidang usaha."),
            "invalid_choice": _("Pilih bidang usaha."),
        },
    )
    description = TextField(
        max_length=400, required=False, help_text=_("Paling panjang 400 huruf.")
    )
    started_year = forms.CharField(required=False, help_text=_("Contoh: 2019"))
    yearly_sales = RupiahField(
        error_messages={"required": _("Tulis perkiraan penjualan setahun, contoh 120.000.000.")},
        help_text=_(
            "Perkiraan dalam rupiah, contoh 120.000.000. Sampai Rp2 miliar setahun termasuk mikro, "
            "sampai Rp15 miliar kecil, sampai Rp50 miliar menengah (PP 7/2021)."
        ),
    )
    order_phone = PhoneField(
        required=False,
        help_text=_("Tampil di katalog supaya pembeli bisa memesan. Contoh: 0812 3456 7890"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "started_year", "w-short", inputmode="numeric")
        narrow(self, "yearly_sales", "w-mid")

    def clean_started_year(self) -> int | None:
        typed = ascii_digits(str(self.cleaned_data["started_year"])).strip()
        if not typed:
            return None
        this_year = timezone.localdate().year
        if not (typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= this_year):
            raise ValidationError(
                _("Tulis tahun dengan empat angka, paling akhir %(year)d."),
                params={"year": this_year},
            )
        return int(typed)


class AlamatForm(StepForm):
    step = "alamat"
    street = NameField(
        max_length=200, error_messages={"required": _("Tulis jalan dan nomor tempat usaha.")}
    )
    rt = RtRwField(required=False)
    rw = RtRwField(required=False)
    landmark = NameField(
        max_length=120, required=False, help_text=_("Contoh: seberang masjid Al-Ikhlas")
    )
    kelurahan = forms.ModelChoiceField(
        queryset=Kelurahan.objects.none(),
        empty_label=_("Pilih kelurahan"),
        error_messages={
            "required": _("Pilih kelurahan tempat usaha."),
            "invalid_choice": _("Pilih kelurahan tempat usaha."),
        },
        help_text=_("65 kelurahan Jakarta Selatan, menurut kecamatan."),
    )
    postcode = forms.CharField(
        required=False, help_text=_("Boleh dikosongkan, kami isi menurut kelurahan.")
    )
    show_address = forms.BooleanField(
        required=False, help_text=_("Pembeli bisa melihat jalan dan nomor di halaman usaha.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("rt", "rw", "postcode"):
            narrow(self, name, "w-short", inputmode="numeric")
        if "kelurahan" in self.fields:
            group_kelurahan(self.fields["kelurahan"])

    def clean_postcode(self) -> str:
        typed = ascii_digits(str(self.cleaned_data["postcode"])).strip()
        if typed and not (typed.isdecimal() and len(typed) == 5):
            raise ValidationError(_("Kode pos terdiri dari 5 angka, contoh 12630."))
        return typed


class LegalitasForm(StepForm):
    step = "legalitas"
    nib = NibField(
        required=False,
        help_text=_("13 angka di surat NIB. Belum punya? Lewati saja, bisa menyusul."),
    )
    jakpreneur_id = JakpreneurField(
        required=False, help_text=_("Bila sudah pernah terdaftar di Jakpreneur.")
    )
    ktp = ScanField(
        required=False,
        accept="image/jpeg,image/png,image/webp,application/pdf",
        help_text=_(
            "JPG, PNG, atau PDF, paling besar 8 MB. Hanya petugas yang bisa membukanya, "
            "dan dihapus 30 hari setelah keputusan."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "nib", "w-mid")
        narrow(self, "jakpreneur_id", "w-mid")
        if "ktp" in self.fields and ktp_of(self.business):
            self.fields["ktp"].help_text = _("Sudah diunggah. Pilih berkas hanya untuk mengganti.")


STEP_FORMS: dict[str, type[StepForm]] = {
    form.step: form for form in (PemilikForm, UsahaForm, AlamatForm, LegalitasForm)
}


def group_kelurahan(field: forms.Field) -> None:
    """Offer every kelurahan under the name of its kecamatan."""
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
    field.queryset = Kelurahan.objects.order_by("kecamatan__name", "name")
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, name, kecamatan in field.queryset.values_list("code", "name", "kecamatan__name"):
        groups.setdefault(kecamatan, []).append((code, name))
    field.widget.choices = [("", field.empty_label), *groups.items()]
    field.widget.attrs["class"] = "w-mid"


def narrow(form: forms.Form, name: str, width: str, **attrs: str) -> None:
    """The width of a field hints at how much is wanted."""
    if name in form.fields:
        form.fields[name].widget.attrs.update({"class": width, **attrs})


def set_autocomplete(form: forms.Form, **words: str) -> None:
    for name, word in words.items():
        if name in form.fields:
            form.fields[name].widget.attrs["autocomplete"] = word
