from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.models import BoothPlace, EventDay
from members.models import Business
from umkm_portal.lib.fields import hear
from umkm_portal.lib.validators import clean_name


class PlacesForm(forms.Form):
    """The empty booths of a day; beside each the number or name of a business may be typed."""

    def __init__(self, *args: Any, day: EventDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        places = day.places.standing().select_related("business")
        self.taken = {place.booth_id: place for place in places}
        self.booths = list(day.event.booths.all())
        self.businesses: list[Business] = list(_may_be_placed(self.taken))
        for booth in self.booths:
            if booth.pk not in self.taken:
                widget = forms.TextInput(
                    attrs={"list": "usaha", "autocomplete": "off", "class": "vTextField"}
                )
                self.fields[_field(booth.pk)] = forms.CharField(
                    label=str(booth), required=False, max_length=200, widget=widget
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, typed in list(data.items()):
            if typed:
                try:
                    data[name] = self._business(hear(clean_name, typed))
                except forms.ValidationError as error:
                    self.add_error(name, error)
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Each booth with its place, or with the field to type into."""
        return [
            {
                "booth": booth,
                "place": self.taken.get(booth.pk),
                "field": None if booth.pk in self.taken else self[_field(booth.pk)],
            }
            for booth in self.booths
        ]

    def chosen(self) -> list[tuple[str, int, Business]]:
        """Field, booth and business of every row that was filled in and understood."""
        return [
            (name, int(name.removeprefix("booth-")), business)
            for name, business in self.cleaned_data.items()
            if isinstance(business, Business)
        ]

    def _business(self, typed: str) -> Business:
        wanted = typed.casefold()
        number = wanted.split(" ")[0]
        found = [
            business
            for business in self.businesses
            if number == (business.number or "").casefold() or wanted == business.name.casefold()
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("Ada beberapa usaha bernama itu. Tulis nomornya."))
        raise forms.ValidationError(
            _("Tidak ada usaha disetujui dengan nama atau nomor itu yang belum punya lapak.")
        )


def _field(booth: int) -> str:
    return f"booth-{booth}"


def _may_be_placed(taken: dict[int | None, BoothPlace]) -> Any:
    placed = [place.business_id for place in taken.values()]
    return Business.objects.may_list().exclude(pk__in=placed).only("pk", "number", "name")
