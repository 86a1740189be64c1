"""What an owner types about a licence; the number says itself whether it can be one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.vault import Licence
from members.choices import DocumentKind
from umkm_portal.lib.fields import DateField, NameField, ScanField
from umkm_portal.lib.licences import clean_bpom, clean_halal, clean_merek, clean_pirt, pirt_year
from umkm_portal.lib.validators import clean_nib

NUMBERS: dict[DocumentKind, Callable[[str], str]] = {
    DocumentKind.NIB: clean_nib,
    DocumentKind.PIRT: clean_pirt,
    DocumentKind.HALAL: clean_halal,
    DocumentKind.MEREK: clean_merek,
    DocumentKind.BPOM: clean_bpom,
}
HINTS = {
    DocumentKind.NIB: _("13 angka, dari OSS."),
    DocumentKind.PIRT: _("15 angka, contoh 2063171010123-29."),
    DocumentKind.HALAL: _("ID dan 17 angka pada sertifikat, bukan nomor KH."),
    DocumentKind.MEREK: _("IDM dan 9 angka, atau nomor permohonan seperti DID2024012345."),
    DocumentKind.BPOM: _("MD atau ML dan 12 sampai 15 angka."),
}
ENDLESS = {DocumentKind.NIB}
"""Valid as long as the business works."""
IN_PROCESS = {DocumentKind.HALAL, DocumentKind.MEREK, DocumentKind.BPOM}
"""Here the proof that it was applied for is worth keeping before there is a number."""


class LicenceForm(forms.Form):
    number = NameField(label=_("Nomor"), max_length=40, required=False)
    in_process = forms.BooleanField(
        label=_("Sedang diproses"),
        required=False,
        help_text=_("Belum punya nomor. Unggah tanda terima permohonannya."),
    )
    expires_on = DateField(
        label=_("Berlaku sampai (tidak wajib)"),
        required=False,
        help_text=_("Seperti tertulis pada berkas, contoh 12/06/2029. Kosongkan bila tidak ada."),
    )
    berkas = ScanField(
        label=_("Foto atau PDF"),
        help_text=_("Paling besar 8 MB. Nomor dan nama usaha harus terbaca."),
    )

    def __init__(self, *args: Any, kind: DocumentKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["number"].help_text = HINTS[kind]
        if kind in ENDLESS:
            del self.fields["expires_on"]
        if kind not in IN_PROCESS:
            del self.fields["in_process"]

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        if not typed:
            return ""
        try:
            return NUMBERS[self.kind](typed)
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Masa berlaku berkas ini sudah lewat. Unggah yang baru."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "number" in cleaned and not cleaned["number"] and not cleaned.get("in_process"):
            self.add_error("number", _("Tulis nomornya."))
        if self.kind == DocumentKind.PIRT and cleaned.get("number"):
            self._end_of_pirt(cleaned)
        return cleaned

    def _end_of_pirt(self, cleaned: dict[str, Any]) -> None:
        """The number's last two digits are the year it ends in; the day may be typed."""
        year = pirt_year(cleaned["number"])
        day = cleaned.get("expires_on")
        if day and day.year != year:
            text = _("Nomor P-IRT itu berakhir tahun %(year)d. Periksa nomor atau tanggalnya.")
            self.add_error("expires_on", text % {"year": year})
        elif year < timezone.localdate().year:
            text = _("Nomor P-IRT itu sudah berakhir tahun %(year)d. Unggah yang baru.")
            self.add_error("number", text % {"year": year})
        elif not day:
            cleaned["expires_on"] = date(year, 12, 31)

    @property
    def licence(self) -> Licence:
        """Call it once the form is valid."""
        cleaned = self.cleaned_data
        number = "" if cleaned.get("in_process") else cleaned["number"]
        return Licence(self.kind, number, cleaned.get("expires_on"))


class VerifyForm(forms.Form):
    """What an officer reads on the licence."""

    expires_on = DateField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Seperti tertulis pada berkas. Kosongkan bila memang tidak ada."),
    )
