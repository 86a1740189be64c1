"""What the owner types about a dish."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.actions.food import FoodFacts
from catalog.choices import Allergen, FoodMark
from catalog.models import Product
from catalog.models.product import MOST_LEAD_DAYS, MOST_SHELF_DAYS
from umkm_portal.lib.fields import NameField, TextField

WHOLE = _("Tulis jumlah hari dengan angka, contoh 30.")


class FoodForm(forms.Form):
    """Everything is asked for: a shopper with an allergy reads it before she orders."""

    bahan = TextField(
        label=_("Bahan"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Semua bahan, yang terbanyak dulu. Contoh: singkong, minyak, cabai, garam."),
        error_messages={"required": _("Tulis bahannya.")},
    )
    alergen = forms.MultipleChoiceField(
        label=_("Mengandung alergen"),
        choices=Allergen.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Centang semua yang ada di dalamnya, juga bila hanya sedikit."),
        error_messages={
            "required": _('Centang alergennya, atau "Tidak ada dari daftar ini".'),
            "invalid_choice": _("Pilih dari daftar."),
        },
    )
    alergen_lain = NameField(
        label=_("Alergen lain (tidak wajib)"),
        max_length=120,
        required=False,
        help_text=_("Contoh: wijen, seledri."),
    )
    masa_simpan = forms.IntegerField(
        label=_("Masa simpan (hari)"),
        min_value=1,
        max_value=MOST_SHELF_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-mid"}),
        help_text=_("Sejak dibuat. Habis hari itu juga: tulis 1."),
        error_messages={
            "required": _("Tulis berapa hari tahan disimpan."),
            "invalid": WHOLE,
            "min_value": _("Paling sedikit 1 hari."),
            "max_value": _("Paling lama %(limit_value)d hari."),
        },
    )
    halal = forms.ChoiceField(
        label=_("Halal"),
        choices=FoodMark.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu."),
            "invalid_choice": _("Pilih salah satu."),
        },
    )

    def __init__(self, *args: Any, may_claim_halal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_claim_halal = may_claim_halal
        self.is_without_certificate = False
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_alergen(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["alergen"]
        if Allergen.NONE in ticked and len(ticked) > 1:
            raise ValidationError(_('Centang "Tidak ada" saja, atau alergennya saja.'))
        return ticked

    def clean_halal(self) -> str:
        """Without a certificate a halal dish is not yet certified; the page says how to mend it."""
        mark: str = self.cleaned_data["halal"]
        if mark == FoodMark.HALAL and not self.may_claim_halal:
            self.is_without_certificate = True
            return FoodMark.UNCERTIFIED.value
        return mark

    @property
    def facts(self) -> FoodFacts:
        typed = self.cleaned_data
        return FoodFacts(
            food_mark=typed["halal"],
            ingredients=typed["bahan"],
            allergens=typed["alergen"],
            shelf_life_days=typed["masa_simpan"],
            other_allergens=typed["alergen_lain"],
        )


class LeadForm(forms.Form):
    hari = forms.IntegerField(
        label=_("Dipesan berapa hari sebelumnya"),
        min_value=0,
        max_value=MOST_LEAD_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-mid"}),
        help_text=_("0 bila selalu siap. 3 tampil sebagai PO 3 hari."),
        error_messages={
            "required": _("Tulis 0 bila selalu siap."),
            "invalid": _("Tulis jumlah hari dengan angka, contoh 3."),
            "min_value": _("Paling sedikit 0 hari."),
            "max_value": _("Paling lama %(limit_value)d hari."),
        },
    )


def initial_facts(product: Product) -> dict[str, Any]:
    return {
        "bahan": product.ingredients,
        "alergen": product.allergens,
        "alergen_lain": product.other_allergens,
        "masa_simpan": product.shelf_life_days,
        "halal": product.food_mark,
    }
