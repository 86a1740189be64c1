"""What staff write when they answer an application."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.models import BoothPlace
from umkm_portal.lib.fields import TextField

LONGEST = 300
"""As long as `BoothPlace.reason`."""


class ReturnForm(forms.Form):
    reason = TextField(
        label=_("Yang perlu dilengkapi"),
        max_length=LONGEST,
        help_text=_("Dibaca penjual, lalu ia memperbaiki pengajuannya dan mengirim lagi."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": _("Tulis apa yang perlu dilengkapi.")},
    )


class RejectForm(forms.Form):
    reason = TextField(
        label=_("Alasan penolakan"),
        max_length=LONGEST,
        help_text=_("Dibaca penjual, bersama cara bertanya."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": _("Tulis alasan penolakan. Pemilik usaha membacanya.")},
    )


class AcceptForm(forms.Form):
    """In her turn nothing needs to be written."""

    reason = TextField(
        label=_("Alasan menerima di luar urutan (tidak wajib)"),
        max_length=LONGEST,
        required=False,
        help_text=_("Perlu bila belum gilirannya. Tampil di rekap acara."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )
    beyond = forms.BooleanField(label=_("Boleh lewat kuotanya"), required=False)


class OverrideForm(AcceptForm):
    """Out of her turn, so never without a reason."""

    reason = TextField(
        label=_("Alasan menerima di luar urutan"),
        max_length=LONGEST,
        help_text=_("Tampil di rekap acara."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        error_messages={"required": _("Tulis alasan menerima di luar urutan.")},
    )


class ManyForm(forms.Form):
    """One reason for several; to return them, what each lacks is written behind it."""

    def __init__(self, *args: Any, rows: list[tuple[BoothPlace, str]], is_refusal: bool) -> None:
        super().__init__(*args)
        self.rows = rows
        base = RejectForm if is_refusal else ReturnForm
        self.fields["reason"] = deepcopy(base.base_fields["reason"])
        if not is_refusal:
            self.fields["reason"].required = False
            self.fields["papers"] = forms.BooleanField(
                label=_("Sebut juga berkas tiap usaha yang belum ada"), required=False, initial=True
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "reason" in data and not all(self._reason_for(lacking) for _place, lacking in self.rows):
            self.add_error("reason", _now("Tulis apa yang perlu dilengkapi."))
        return data

    def answers(self) -> list[tuple[BoothPlace, str]]:
        return [(place, self._reason_for(lacking)) for place, lacking in self.rows]

    def _reason_for(self, lacking: str) -> str:
        parts = [self.cleaned_data.get("reason", "")]
        if self.cleaned_data.get("papers") and lacking:
            parts.append(_now("Berkas yang belum ada: %s.") % lacking)
        text = " ".join(part for part in parts if part)
        return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
