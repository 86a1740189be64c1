from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.choices import Right
from members.models import Business, BusinessPerson
from umkm_portal.lib.fields import NameField
from umkm_portal.lib.phone import normalise_phone

RIGHTS = [
    (Right.CATALOGUE, _("Katalog: menambah dan mengubah produk dan foto")),
    (Right.MARKET, _("Bazar: lapak JBL dan pendaftaran acara")),
]


def rights_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Boleh mengurus"),
        choices=RIGHTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Pilih paling sedikit satu: katalog atau bazar."),
            "invalid_choice": _("Pilih katalog atau bazar."),
        },
    )


class BusinessChoiceForm(forms.Form):
    """For which business; asked only of who has several."""

    usaha = forms.ModelChoiceField(
        Business.objects.none(),
        label=_("Usaha"),
        empty_label=None,
        error_messages={"required": _("Pilih usaha."), "invalid_choice": _("Pilih usaha.")},
    )

    def __init__(self, *args: Any, businesses: QuerySet[Business], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["usaha"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  declared above
        field.queryset = businesses
        self.only = businesses[0] if len(businesses[:2]) == 1 else None
        if self.only:
            del self.fields["usaha"]

    @property
    def business(self) -> Business:
        chosen: Business = self.only or self.cleaned_data["usaha"]
        return chosen


class InviteForm(BusinessChoiceForm):
    contact = NameField(
        label=_("Nomor HP atau e-mail karyawan"),
        max_length=254,
        help_text=_("Yang dipakai karyawan untuk masuk. Contoh 0812 3456 7890."),
        error_messages={"required": _("Tulis nomor HP atau e-mail karyawan.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    rights = rights_field()

    def clean_contact(self) -> str:
        typed: str = self.cleaned_data["contact"]
        if "@" in typed:
            try:
                validate_email(typed)
            except ValidationError:
                raise ValidationError(
                    _("Tulis alamat e-mail yang lengkap, contoh siti@contoh.id.")
                ) from None
            return typed.lower()
        try:
            return normalise_phone(typed)
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean_rights(self) -> list[Right]:
        return [Right(value) for value in self.cleaned_data["rights"]]


class RightsForm(forms.Form):
    rights = rights_field()

    def __init__(self, *args: Any, person: BusinessPerson, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"rights": person.rights})
        super().__init__(*args, **kwargs)

    def clean_rights(self) -> list[Right]:
        return [Right(value) for value in self.cleaned_data["rights"]]
