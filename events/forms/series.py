from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.actions.series import Hours, Plan
from events.models import Event, EventSeries
from umkm_portal.lib.dates import DAYS, parse_tanggal
from umkm_portal.lib.fields import DateField, NameField
from umkm_portal.lib.recurrence import Every, Pattern

WEEKDAYS = list(enumerate(DAYS))
HOURS = ("opens_at", "closes_at", "set_up_at", "break_from", "break_to")


def _hour(label: Any, **more: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H.%M"), **more)


class SeriesForm(forms.Form):
    """Which dates, in plain choices; below it lies the list, where single ones are taken out."""

    every = forms.ChoiceField(label=_("Diulang"), choices=Every.choices)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Hari (untuk tiap minggu)"),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first = DateField(label=_("Mulai"))
    until = DateField(
        label=_("Sampai (tidak wajib)"),
        help_text=_("Kosong berarti terus: tanggal dibuat setengah tahun ke depan."),
        required=False,
    )
    opens_at = _hour(_("Buka"))
    closes_at = _hour(
        _("Tutup"), help_text=_("Pasar malam boleh tutup paling lambat 06.00 esok paginya.")
    )
    set_up_at = _hour(_("Penjual datang (tidak wajib)"), required=False)
    break_from = _hour(_("Istirahat dari (tidak wajib)"), required=False)
    break_to = _hour(_("Istirahat sampai (tidak wajib)"), required=False)

    def plan(self, *, but: list[date]) -> Plan:
        """`but` are the dates taken out before."""
        data = self.cleaned_data
        pattern = Pattern(
            Every(data["every"]),
            data["first"],
            tuple(data["weekdays"]) if "minggu" in data["every"] else (),
            data["until"],
        )
        hours = Hours(**{name: data[name] for name in HOURS})
        return Plan(pattern, hours, tuple(self._exceptions(but)))

    def _exceptions(self, but: list[date]) -> set[date]:
        """Who saw a date and took its mark away does not want it; unseen ones stay as they were."""
        seen, wanted = self._dates("dilihat"), self._dates("pakai")
        return (set(but) - seen) | (seen - wanted)

    def _dates(self, name: str) -> set[date]:
        found = set()
        data = self.data
        for text in data.getlist(name) if isinstance(data, QueryDict) else []:
            try:
                found.add(parse_tanggal(text))
            except ValueError:
                continue  # Not from our own boxes, so it is no date of the list.
        return found


class CopyForm(forms.Form):
    name = NameField(label=_("Nama"), max_length=120)
    to = DateField(label=_("Hari pertama"))


def first_values(event: Event, series: EventSeries | None) -> dict[str, Any]:
    """What the form says at first: the series, or the event's own day every week."""
    if series:
        pattern = series.pattern
        values = {"every": pattern.every, "weekdays": pattern.weekdays, "first": pattern.first}
        return {**values, "until": pattern.until, **{n: getattr(series, n) for n in HOURS}}
    day = event.days.order_by("date").first()
    if day is None:
        return {}
    values = {"every": Every.WEEK, "weekdays": [day.date.weekday()], "first": day.date}
    return {**values, **{name: getattr(day, name) for name in HOURS}}
