from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _

from events.actions.quotas import Scope
from events.models import Event
from members.choices import LISTING_SECTORS, Sector
from members.models import Kecamatan, Office

MOST_SEATS = 500
COLUMNS = ["", *LISTING_SECTORS]


class Row(NamedTuple):
    """One kecamatan or office, and its cell for any category and for each."""

    label: str
    cells: list[tuple[Scope, forms.BoundField]]


class QuotasForm(forms.Form):
    """The whole table at once: kecamatan, then offices, by category; an empty field is no quota."""

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {
            Scope(row.kecamatan_id, row.office_id, row.sector): row for row in event.quotas.all()
        }
        self.lines: list[tuple[str, str | None, int | None]] = [
            *((str(one), one.pk, None) for one in Kecamatan.objects.order_by("name")),
            *((str(one), None, one.pk) for one in Office.objects.in_use().order_by("short_name")),
            (_("Lainnya"), None, None),
        ]
        sentence = _("Tulis angka 0 sampai %d, atau kosongkan.") % MOST_SEATS
        wrong = dict.fromkeys(["invalid", "min_value", "max_value"], sentence)
        self.scopes: dict[str, Scope] = {}
        for number, (label, kecamatan, office) in enumerate(self.lines):
            for sector in COLUMNS:
                scope, name = Scope(kecamatan, office, sector), f"q-{number}-{sector}"
                row = known.get(scope)
                self.scopes[name] = scope
                self.fields[name] = forms.IntegerField(
                    label=f"{label}, {column_label(sector)}",
                    required=False,
                    min_value=0,
                    max_value=MOST_SEATS,
                    initial=row.seats if row else None,
                    error_messages=wrong,
                    widget=forms.NumberInput(attrs={"class": "quota", "inputmode": "numeric"}),
                )

    def rows(self) -> list[Row]:
        return [
            Row(
                label,
                [(self.scopes[name], self[name]) for name in self._names(number)],
            )
            for number, (label, _kecamatan, _office) in enumerate(self.lines)
        ]

    def cells(self) -> dict[Scope, int | None]:
        return {scope: self.cleaned_data[name] for name, scope in self.scopes.items()}

    @staticmethod
    def _names(number: int) -> list[str]:
        return [f"q-{number}-{sector}" for sector in COLUMNS]


class SeedForm(forms.Form):
    """The number that decides between those who are even."""

    seed = forms.CharField(label="", max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seed"].label = _("Angka acak")
        self.fields["seed"].help_text = _("Diumumkan bersama hasilnya, supaya bisa dihitung ulang.")


def column_label(sector: str) -> str:
    return str(Sector(sector).label) if sector else _("Semua bidang")
