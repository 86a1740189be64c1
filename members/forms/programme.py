from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from members.choices import EvidenceKind
from members.models import Office, ProgrammeStage
from umkm_portal.lib.fields import DateField, NameField, TextField


class _DatedForm(forms.Form):
    on = DateField(label=_("Tanggal"), help_text=_("Contoh 12/06/2026."))
    office = forms.ModelChoiceField(
        label=_("Dinas pengampu (tidak wajib)"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("Tidak disebut"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared just above
        field.queryset = Office.objects.in_use()

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_now("Tanggal bukti belum terjadi."))
        return day


class EvidenceForm(_DatedForm):
    """An officer has seen that a step was taken."""

    stage = forms.ChoiceField(label=_("Langkah"))
    label = NameField(
        label=_("Bukti"),
        max_length=120,
        help_text=_("Dibaca pemilik, misalnya: Pelatihan kemasan di PLUT."),
    )
    field_order = ["stage", "on", "label", "office"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [s for s in ProgrammeStage.objects.all() if EvidenceKind.STAFF in s.kinds]
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared just above
        field.choices = [(stage.code, str(stage)) for stage in stages]


class MentoringForm(_DatedForm):
    """What was talked about with the owner, for colleagues of the city."""

    label = NameField(
        label=_("Pokok pembicaraan"), max_length=120, help_text=_("Dibaca pemilik usaha.")
    )
    note = TextField(
        label=_("Catatan"),
        max_length=2000,
        help_text=_(
            "Dibaca petugas Pemkot, bukan Kadin. Pemilik membacanya bila meminta salinan datanya."
        ),
    )
    field_order = ["on", "label", "note", "office"]


class RemovalForm(forms.Form):
    reason = TextField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca pemilik usaha, supaya tahu mengapa langkahnya terbuka lagi."),
        error_messages={"required": _("Tulis alasannya.")},
    )


class StageForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the city may change about a step."""

    kinds = forms.MultipleChoiceField(
        label=_("Bukti yang diterima"),
        choices=EvidenceKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu jenis bukti.")},
    )

    class Meta:
        model = ProgrammeStage
        fields = ["position", "name", "description", "hint", "kinds", "needed"]
