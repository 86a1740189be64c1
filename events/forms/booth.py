from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choices import EventStatus
from events.layout import Position
from events.models import BoothPlace, Event, EventDay
from members.models import Business
from umkm_portal.lib.fields import TextField, hear
from umkm_portal.lib.validators import clean_name

MOST_ROWS = 60
EMPTY = {".", "..", "-", "_"}


class PlacesForm(forms.Form):
    """The booths of a day; beside each the number and name of the business in it.

    Another name moves people, an emptied one takes the booth away and leaves her place. `seen`
    carries who stood there when the page was made, so that nobody undoes what a colleague did.
    """

    def __init__(self, *args: Any, day: EventDay, places: list[BoothPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.taken = {place.booth_id: place for place in places if place.booth_id}
        self.standing = {place.business_id: place for place in places}
        self.booths = list(day.event.booths.all())
        self.businesses = _choices(places)
        is_closed = day.event.status == EventStatus.CANCELLED
        for booth in self.booths:
            place = self.taken.get(booth.pk)
            widget = forms.TextInput(
                attrs={"list": "usaha", "autocomplete": "off", "class": "vTextField"}
            )
            self.fields[_field(booth.pk)] = forms.CharField(
                label=str(booth),
                required=False,
                max_length=200,
                widget=widget,
                disabled=is_closed,
                initial=called(place.business) if place else "",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        met: dict[int, str] = {}
        for name, typed in list(data.items()):
            if not typed:
                continue
            try:
                data[name] = business = self._business(hear(clean_name, typed), name)
            except forms.ValidationError as error:
                self.add_error(name, error)
                continue
            if business.pk in met:
                other = self.fields[met[business.pk]].label
                self.add_error(name, _("Usaha ini juga Anda tulis di lapak %s.") % other)
            met[business.pk] = name
        for name in self.fields:
            if self._is_changed(name) and self._seen(name) != self.fields[name].initial:
                self.add_error(name, _("Lapak ini baru diubah petugas lain. Muat ulang halaman."))
        return data

    def wanted(self) -> dict[int, int | None]:
        """Booth → business who has a place, None for an emptied one; only rows that changed."""
        found: dict[int, int | None] = {}
        for name in self.fields:
            business = self.cleaned_data.get(name)
            if name in self.errors or not self._is_changed(name):
                continue
            if not business or business.pk in self.standing:
                found[_booth(name)] = business.pk if business else None
        return found

    def newcomers(self) -> list[tuple[str, int, Business]]:
        """Field, booth and business of rows that name somebody who has no place that day."""
        return [
            (name, _booth(name), business)
            for name, business in self.cleaned_data.items()
            if isinstance(business, Business) and business.pk not in self.standing
        ]

    @property
    def seen(self) -> str:
        """Booth and business of each row, in one field: three hundred rows are many already."""
        rows = (f"{booth}:{place.business_id}" for booth, place in self.taken.items())
        return ",".join(rows)

    def _seen(self, name: str) -> str:
        if "seen" not in self.data:
            return str(self.fields[name].initial)
        pairs = (pair.partition(":") for pair in self.data["seen"].split(","))
        business = {booth: key for booth, _colon, key in pairs}.get(str(_booth(name)), "")
        return next((called(each) for each in self.businesses if str(each.pk) == business), "")

    def _is_changed(self, name: str) -> bool:
        return name in self.data and self.data[name].strip() != self._seen(name)

    def _business(self, typed: str, field: str) -> Business:
        place = self.taken.get(_booth(field))
        if place and typed == called(place.business):
            return place.business
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
        raise forms.ValidationError(_("Tidak ada usaha disetujui dengan nama atau nomor itu."))


def called(business: Business) -> str:
    """As it stands in the fields and their list: number and name."""
    return f"{business.number or ''} {business.name}".strip()


def _field(booth: int) -> str:
    return f"booth-{booth}"


def _booth(field: str) -> int:
    return int(field.removeprefix("booth-"))


def _choices(places: list[BoothPlace]) -> list[Business]:
    """Who has a place and no booth comes first, then the others with one, then everybody else."""
    ordered = sorted(places, key=lambda place: (place.booth_id is not None, place.business.name))
    rest = Business.objects.may_list().exclude(pk__in=[p.business_id for p in places])
    return [place.business for place in ordered] + list(rest.only("pk", "number", "name"))


class LayoutForm(forms.Form):
    """The plan as text: each line a row of booths, a dot where nothing stands."""

    drawing = TextField(
        label=gettext_lazy("Gambar denah"),
        help_text=gettext_lazy(
            "Satu baris untuk satu deret. Tulis nomor lapak dengan spasi di antaranya, titik "
            "untuk tempat kosong, dan kosongkan satu baris untuk lorong."
        ),
        max_length=12_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField plan-text"}),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {booth.number for booth in event.booths.all()}

    def clean_drawing(self) -> dict[str, Position]:
        found: dict[str, Position] = {}
        lines = self.cleaned_data["drawing"].strip("\n").split("\n")
        if len(lines) > MOST_ROWS:
            raise forms.ValidationError(_("Denah paling banyak %d baris.") % MOST_ROWS)
        for row, line in enumerate(lines, start=1):
            for column, word in enumerate(line.upper().split(), start=1):
                if word in EMPTY:
                    continue
                if word not in self.known:
                    raise forms.ValidationError(
                        _("Baris %(row)d: tidak ada lapak %(number)s.")
                        % {"row": row, "number": word[:10]}
                    )
                if word in found:
                    raise forms.ValidationError(_("Lapak %s ditulis dua kali.") % word)
                found[word] = (row, column)
        return found


def as_drawing(places: dict[str, Position]) -> str:
    """The text that `LayoutForm` reads back to the same places."""
    at = {place: number for number, place in places.items()}
    rows = max((row for row, _column in at), default=0)
    lines = []
    for row in range(1, rows + 1):
        width = max((column for r, column in at if r == row), default=0)
        lines.append(" ".join(f"{at.get((row, c), '.'):3}" for c in range(1, width + 1)).rstrip())
    return "\n".join(lines)
