"""What staff type to propose a change; whoever proposes or decides gives the password again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from members.choices import ProposalKind, RateSize, ValidityMode
from members.models import User
from umkm_portal.lib import qris
from umkm_portal.lib.fields import DateField, NameField, RupiahField, TextField, hear
from umkm_portal.lib.ratelimit import forget, too_many

PASSWORD_TRIES = {"limit": 9}


class PasswordAgain(forms.Form):
    """The password of whoever is signed in: an open screen is not enough for these changes."""

    password = forms.CharField(
        label=_("Kata sandi Anda"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Diminta lagi supaya layar yang ditinggal terbuka tidak bisa dipakai orang."),
        error_messages={"required": _("Tulis kata sandi Anda.")},
    )


def password_refusal(user: User, password: str) -> str:
    """A sentence when the password is wrong or was tried too often, else ""."""
    key = f"sandi-lagi {user.pk}"
    if too_many(key, seconds=900, **PASSWORD_TRIES):
        return _now("Terlalu banyak percobaan. Coba lagi 15 menit lagi.")
    if not user.check_password(password):
        return _now("Kata sandi tidak cocok.")
    forget(key)
    return ""


class ProposalForm(PasswordAgain):
    """The part every kind has; `content()` is what the action takes."""

    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca orang kedua. Sebut dasar keputusannya, misalnya notulen rapat."),
        error_messages={"required": _("Tulis alasannya.")},
    )
    field_order: Any = None

    def content(self) -> dict[str, Any]:
        own = set(ProposalForm.base_fields)
        return {name: value for name, value in self.cleaned_data.items() if name not in own}


LAST = ["reason", "password"]


class FeeForm(ProposalForm):
    size = forms.ChoiceField(
        label=_("Untuk usaha"),
        choices=RateSize.choices,
        help_text=_("Tarif semua ukuran menggantikan semua tarif ukuran sejak hari mulainya."),
    )
    starts_on = DateField(
        label=_("Berlaku mulai"), help_text=_("Paling cepat besok, contoh 01/01/2027.")
    )
    amount = RupiahField(
        label=_("Iuran setahun"), more_than_zero=True, help_text=_("Contoh 120.000.")
    )
    joining_fee = RupiahField(
        label=_("Uang pangkal (tidak wajib)"),
        required=False,
        help_text=_("Hanya pada tagihan pertama seorang anggota. Kosong berarti Rp0."),
    )
    field_order = ["size", "starts_on", "amount", "joining_fee", *LAST]


class RulesForm(ProposalForm):
    starts_on = DateField(
        label=_("Berlaku mulai"), help_text=_("Paling cepat besok, contoh 01/01/2027.")
    )
    mode = forms.ChoiceField(
        label=_("Masa berlaku"),
        choices=ValidityMode.choices,
        help_text=_("Masa yang sudah dibayar tidak berubah. Iuran tidak dipotong menurut bulan."),
    )
    grace_days = forms.IntegerField(
        label=_("Masa tenggang (hari)"),
        min_value=0,
        max_value=180,
        help_text=_("Selama ini anggota masih dianggap baik. 0 berarti tanpa masa tenggang."),
    )
    window_days = forms.IntegerField(
        label=_("Bisa diperpanjang sebelum berakhir (hari)"), min_value=0, max_value=180
    )
    field_order = ["starts_on", "mode", "grace_days", "window_days", *LAST]


class BankForm(ProposalForm):
    bank_name = NameField(label=_("Nama bank"), max_length=80)
    number = NameField(
        label=_("Nomor rekening"),
        max_length=40,
        help_text=_("Angka, boleh dengan spasi, titik, atau tanda hubung."),
    )
    holder = NameField(label=_("Atas nama"), max_length=120)
    field_order = ["bank_name", "number", "holder", *LAST]


class QrisForm(ProposalForm):
    payload = forms.CharField(
        label=_("Isi kode QRIS"),
        max_length=512,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Tulisan di dalam kode QRIS statis milik Kadin, diawali 000201. "
            "Salin dari aplikasi pemindai, jangan diketik."
        ),
        error_messages={"required": _("Tempelkan isi kode QRIS.")},
    )
    field_order = ["payload", *LAST]

    def clean_payload(self) -> str:
        payload = str(self.cleaned_data["payload"]).strip()

        def checked(text: str) -> str:
            qris.check(text)
            return text

        return hear(checked, payload)


FORMS: dict[ProposalKind, type[ProposalForm]] = {
    ProposalKind.FEE: FeeForm,
    ProposalKind.RULES: RulesForm,
    ProposalKind.BANK: BankForm,
    ProposalKind.QRIS: QrisForm,
}


class RefusalForm(PasswordAgain):
    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca pengusul."),
        error_messages={"required": _("Tulis alasannya.")},
    )
    field_order = LAST
