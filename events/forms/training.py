from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.actions.training import Handout
from events.models import Training
from members.choices import EvidenceKind
from members.models import ProgrammeStage
from umkm_portal.lib.fields import NameField
from umkm_portal.lib.handouts import HandoutRefused, handout


class TrainingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who teaches, who signs, and which step of Jakpreneur it shows."""

    trainer = NameField(label=_("Pelatih"), max_length=100)
    partner = NameField(
        label=_("Mitra (tidak wajib)"),
        help_text=_("Kampus, bank, atau lembaga yang ikut mengajar."),
        max_length=120,
        required=False,
    )
    signer_name = NameField(label=_("Penanda tangan"), max_length=100)
    signer_office = NameField(label=_("Jabatan penanda tangan"), max_length=120)
    stage = forms.ChoiceField(
        label=_("Bukti untuk langkah (tidak wajib)"),
        help_text=_("Usaha yang hadir mendapat bukti langkah Jakpreneur ini."),
        required=False,
    )

    class Meta:
        model = Training
        fields = [
            "topic",
            "trainer",
            "partner",
            "hours",
            "signer_name",
            "signer_office",
            "stage",
            "office",
            "feedback_open",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = ProgrammeStage.objects.filter(kinds__contains=[EvidenceKind.TRAINING.value])
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", _("Tidak ada")), *((stage.code, str(stage)) for stage in shown)]
        for name in ("trainer", "partner", "signer_name", "signer_office"):
            self.fields[name].widget.attrs["class"] = "vTextField"


class HandoutForm(forms.Form):
    """A file or a link to take home."""

    title = NameField(label=_("Judul"), max_length=100)
    file = forms.FileField(
        label=_("Berkas (atau isi tautan)"),
        help_text=_("PDF, PPTX, XLSX, atau gambar; paling besar 20 MB."),
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".pdf,.pptx,.xlsx,image/*"}),
    )
    url = forms.URLField(
        label=_("Tautan (atau pilih berkas)"),
        help_text=_("Misalnya rekaman."),
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vTextField"}),
    )
    after_event = forms.BooleanField(label=_("Tampil sesudah acara"), required=False, initial=True)
    attendees_only = forms.BooleanField(
        label=_("Hanya untuk yang hadir"),
        help_text=_("Sebelum acara: untuk yang terdaftar."),
        required=False,
        initial=True,
    )

    def clean_file(self) -> tuple[bytes, str]:
        upload = self.cleaned_data["file"]
        if not upload:
            return b"", ""
        try:
            return handout(upload)
        except HandoutRefused as refused:
            raise ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "file" in data and "url" in data and bool(data["file"][0]) == bool(data["url"]):
            raise ValidationError(_now("Pilih satu berkas, atau tulis satu tautan."))
        return data

    def handout(self) -> Handout:
        data = self.cleaned_data
        content, extension = data["file"]
        return Handout(
            data["title"],
            content,
            extension,
            data["url"],
            after_event=data["after_event"],
            attendees_only=data["attendees_only"],
        )
