from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.actions.booths import BoothRow
from events.actions.editions import Hours
from events.choices import EventKind
from events.models import Event, EventDay
from umkm_portal.lib.fields import DateField, NameField, RupiahField, TextField

# An edition of 300 sellers has less than this in one aisle.
BOOTHS_AT_ONCE = 200
_BOOTHS = re.compile(r"([A-Z]{1,2})(\d{2,3})(?:\s*[-–—]\s*(?:([A-Z]{1,2}))?(\d{2,3}))?")


MOST_MARKET_DAYS = 14
OPTIONAL = {"kecamatan", "tags", "capacity", "sign_up_closes_at", "result_pieces"}
"""Fields made from the model, which does not say so in their labels."""


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """What staff write about an event; status and publication have buttons of their own."""

    name = NameField(label=_("Nama"), max_length=120)
    summary = NameField(label=_("Ringkasan (tidak wajib)"), max_length=200, required=False)
    description = TextField(label=_("Keterangan (tidak wajib)"), max_length=4000, required=False)
    venue = NameField(label=_("Tempat"), max_length=120)
    address = NameField(label=_("Alamat (tidak wajib)"), max_length=200, required=False)
    organiser = NameField(label=_("Penyelenggara (tidak wajib)"), max_length=120, required=False)
    map_url = forms.URLField(
        label=_("Tautan peta (tidak wajib)"), max_length=300, required=False, assume_scheme="https"
    )
    online_url = forms.URLField(
        label=_("Tautan daring (tidak wajib)"),
        help_text=_("Hanya tampil kepada yang terdaftar, mulai sehari sebelum acara."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )
    target_omzet = RupiahField(label=_("Target omzet (tidak wajib)"), required=False)
    result_omzet = RupiahField(label=_("Hasil omzet (tidak wajib)"), required=False)
    slug = forms.SlugField(
        label=_("Alamat halaman (tidak wajib)"),
        help_text=_("Kosongkan, maka dibuat dari nama. Tidak berubah lagi setelah disimpan."),
        max_length=140,
        required=False,
    )

    class Meta:
        model = Event
        fields = [
            "kind",
            "name",
            "slug",
            "summary",
            "description",
            "venue",
            "address",
            "kecamatan",
            "map_url",
            "organiser",
            "tags",
            "needs_sign_up",
            "capacity",
            "sign_up_closes_at",
            "online_url",
            "target_omzet",
            "result_omzet",
            "result_pieces",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "summary", "venue", "address", "organiser", "map_url", "online_url"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "vTextField"
        self.fields["description"].widget.attrs["class"] = "vLargeTextField"
        for name in OPTIONAL & self.fields.keys():
            self.fields[name].label = _now("%s (tidak wajib)") % self.fields[name].label

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or _free_slug(self.cleaned_data.get("name", ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if (data.get("kind") or self.instance.kind) == EventKind.JBL:
            # A Friday market is open to everybody, whatever the box says.
            data["needs_sign_up"] = False
        return data


class EventDayForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new day is free to write; a known one moves by its own page, so that people are told."""

    class Meta:
        model = EventDay
        fields = ["date", "set_up_at", "opens_at", "closes_at", "break_from", "break_to"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("date", "opens_at", "closes_at"):
                self.fields[name].disabled = True


class DaysFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """A market lasts two weeks at most; a later day is a mistake, or the next edition."""

    def clean(self) -> None:
        super().clean()
        days = [form for form in self.forms if getattr(form, "cleaned_data", {}).get("date")]
        if self.instance.kind == EventKind.JBL and len(days) > MOST_MARKET_DAYS:
            raise forms.ValidationError(
                _now("Satu edisi JBL paling banyak %d hari. Salin edisi ini untuk hari berikutnya.")
                % MOST_MARKET_DAYS
            )


class CancelEventForm(forms.Form):
    reason = NameField(
        label=_("Alasan"),
        help_text=_("Tampil di halaman acara dan di pesan kepada semua yang terdaftar."),
        max_length=300,
        error_messages={"required": _("Tulis alasan pembatalan.")},
    )


class MoveDayForm(forms.Form):
    date = DateField(label=_("Tanggal baru"))
    opens_at = forms.TimeField(label=_("Buka"))
    closes_at = forms.TimeField(label=_("Tutup"))

    def hours(self) -> Hours:
        data = self.cleaned_data
        return Hours(data["date"], data["opens_at"], data["closes_at"])


class AddBoothsForm(forms.Form):
    numbers = forms.CharField(
        label=_("Nomor lapak"),
        help_text=_("Satu nomor seperti A07, atau sederet seperti A01–A20."),
        max_length=20,
    )
    zone = NameField(
        label=_("Lorong (tidak wajib)"),
        help_text=_("Contoh: Lorong A, kuliner."),
        max_length=40,
        required=False,
    )
    size = NameField(
        label=_("Ukuran (tidak wajib)"),
        help_text=_("Contoh: 2 × 2 m."),
        max_length=20,
        required=False,
    )
    power = forms.BooleanField(label=_("Ada listrik"), required=False)

    def clean_numbers(self) -> list[str]:
        match = _BOOTHS.fullmatch(self.cleaned_data["numbers"].strip().upper())
        if match is None or (match[3] and match[3] != match[1]):
            raise forms.ValidationError(_now("Tulis seperti A07 atau A01–A20."))
        first, last = int(match[2]), int(match[4] or match[2])
        if not first <= last < first + BOOTHS_AT_ONCE:
            raise forms.ValidationError(
                _now("Nomor terakhir harus sesudah yang pertama, paling banyak %d sekaligus.")
                % BOOTHS_AT_ONCE
            )
        return [f"{match[1]}{number:02}" for number in range(first, last + 1)]

    def row(self) -> BoothRow:
        data = self.cleaned_data
        return BoothRow(data["numbers"], data["zone"], data["size"], power=data["power"])


def _free_slug(name: str) -> str:
    stem = slugify(name)[:120] or "acara"
    taken = set(Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    dated = f"{stem}-{timezone.localdate():%Y}"
    return next(
        slug
        for slug in (dated, *(f"{dated}-{number}" for number in range(2, len(taken) + 3)))
        if slug not in taken
    )
