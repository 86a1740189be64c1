"""What a seller types when she asks for a place, mends it, or gives it up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from events.actions.applications import Wishes
from events.models import BoothPlace, EditionRules, EventDay
from members.models import Business, Office
from umkm_portal.lib.dates import jam, tanggal
from umkm_portal.lib.fields import NameField

# What one tent of 2 × 2 m holds; more is a mistake of typing.
MOST_TABLES, MOST_CHAIRS, MOST_WATTS = 4, 8, 3500


def count_field(label: Any, most: int, unit: Any) -> forms.IntegerField:
    sentence = _("Tulis angka 0 sampai %d.") % most
    wrong = dict.fromkeys(["invalid", "min_value", "max_value"], sentence)
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        help_text=unit,
        error_messages=wrong,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-mid"}
        ),
    )


class NeedsForm(forms.Form):
    """Of one seller, for each of her days."""

    meja = count_field(_("Meja (tidak wajib)"), MOST_TABLES, _("0 bila membawa sendiri."))
    kursi = count_field(_("Kursi (tidak wajib)"), MOST_CHAIRS, _("0 bila membawa sendiri."))
    listrik = count_field(
        _("Listrik, watt (tidak wajib)"),
        MOST_WATTS,
        _("Jumlah semua alat. Contoh: penanak nasi 400, blender 300."),
    )
    memasak = forms.BooleanField(label=_("Memasak di tempat"), required=False)
    pengampu = forms.ModelChoiceField(
        Office.objects.in_use(),
        label=_("Datang lewat"),
        required=False,
        empty_label=_("Kecamatan saya"),
        help_text=_("Pilih dinas hanya bila dinas itu yang mengajak Anda."),
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
        widget=forms.Select(attrs={"class": "w-mid"}),
    )
    catatan = NameField(
        label=_("Catatan untuk panitia (tidak wajib)"), max_length=300, required=False
    )
    produk = forms.TypedMultipleChoiceField(
        label=_("Produk yang dibawa"),
        help_text=_("Masih bisa diubah sampai pukul 18.00 sehari sebelumnya."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu produk."),
            "invalid_choice": _("Pilih dari produk Anda yang tayang."),
        },
    )

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goods = Product.objects.visible().of(business).order_by("name", "pk")
        names = {product.pk: product.name for product in goods}
        self._choose("produk", list(names.items()))
        # Ticked to begin with: her list, as far as it is still shown; without one, everything.
        listed = set(self.initial.get("produk", ())) & set(names)
        self.initial["produk"] = sorted(listed or names)

    def wishes(self, *, version: int | None = None) -> Wishes:
        data = self.cleaned_data
        return Wishes(
            tables=data["meja"] or 0,
            chairs=data["kursi"] or 0,
            power_watts=data["listrik"] or 0,
            cooks=data["memasak"],
            sponsor=data["pengampu"],
            note=data["catatan"],
            products=data["produk"],
            rules_version=version,
        )

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  for the type checker
        field.choices = choices


class ApplyForm(NeedsForm):
    """Which days, what is needed, and that the rules were read."""

    hari = forms.TypedMultipleChoiceField(
        label=_("Hari"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu hari."),
            "invalid_choice": _("Pilih hari yang masih akan datang."),
        },
    )
    setuju = forms.BooleanField(
        label=_("Saya sudah membaca dan menyetujui tata tertib"),
        error_messages={"required": _("Baca tata tertib, lalu setujui.")},
    )
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["hari"]

    def __init__(
        self,
        *args: Any,
        business: Business,
        days: list[EventDay],
        rules: EditionRules | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, business=business, **kwargs)
        self.days, self.rules = days, rules
        self._choose("hari", [(day.pk, _day_label(day)) for day in days])
        if rules is None:
            del self.fields["setuju"], self.fields["versi"]

    def clean_versi(self) -> int | None:
        version: int | None = self.cleaned_data["versi"]
        if self.rules and version != self.rules.version:
            # The next page shows the new text, not agreed to yet.
            assert isinstance(self.data, QueryDict)  # noqa: S101  for the type checker
            anew = self.data.copy()
            anew["versi"] = str(self.rules.version)
            anew.pop("setuju", None)
            self.data = anew
            self.add_error("setuju", _("Tata tertib baru saja berubah. Baca lagi, lalu setujui."))
        return version

    def chosen_days(self) -> list[EventDay]:
        return [day for day in self.days if day.pk in self.cleaned_data["hari"]]

    def agreed(self) -> Wishes:
        return self.wishes(version=self.rules.version if self.rules else None)


def first_ticks(days: list[EventDay], rules: EditionRules | None) -> dict[str, Any]:
    """What the empty form begins with; a single day is ticked already."""
    ticked = [day.pk for day in days] if len(days) == 1 else []
    return {"hari": ticked, "versi": rules.version if rules else None, "meja": 1, "kursi": 2}


def as_typed(place: BoothPlace) -> dict[str, Any]:
    """What was asked for, as the form shows it."""
    return {
        "meja": place.tables,
        "kursi": place.chairs,
        "listrik": place.power_watts,
        "memasak": place.cooks,
        "pengampu": place.sponsor_id,
        "catatan": place.note,
    }


class WithdrawForm(forms.Form):
    """Giving up a place; the reason is asked only in the last two days."""

    alasan = NameField(
        label=_("Mengapa tidak bisa datang?"),
        max_length=300,
        error_messages={"required": _("Tulis alasan batal. Panitia membacanya.")},
    )

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["alasan"]


def _day_label(day: EventDay) -> str:
    return f"{tanggal(day.date)}, {jam(day.opens_at)}–{jam(day.closes_at)} WIB"
