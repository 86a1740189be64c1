"""What the treasurer says about a bank's file: which column is which, what each line is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from members.choices import PaymentMethod
from members.models import ColumnMapping
from members.statement_rows import Columns, guess_columns
from umkm_portal.lib.fields import NameField

METHODS = [PaymentMethod.TRANSFER, PaymentMethod.QRIS]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class UploadForm(forms.Form):
    """A statement from the bank or the QRIS merchant's page."""

    mutasi = forms.FileField(
        label=_("Berkas mutasi"),
        help_text=_("XLSX atau CSV dari bank atau halaman merchant QRIS, paling besar 16 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={
            "required": _("Pilih berkas mutasi."),
            "missing": _("Pilih berkas mutasi."),
            "invalid": _("Pilih berkas mutasi."),
            "empty": _("Berkas itu kosong. Pilih berkas lain."),
        },
    )


def column_name(place: int, header: Sequence[str]) -> str:
    """Return "B · Keterangan", as the sheet names its columns."""
    letters = LETTERS[place] if place < 26 else LETTERS[place // 26 - 1] + LETTERS[place % 26]
    words = header[place] if place < len(header) else ""
    return f"{letters} · {words[:40]}" if words else letters


class MappingForm(forms.Form):
    """Which column is which. Opens with what is remembered of this bank, or a guess."""

    header_row = forms.TypedChoiceField(
        label=_("Baris judul kolom"),
        coerce=int,
        help_text=_("Baris di bawahnya dibaca sebagai transaksi."),
    )
    date = forms.TypedChoiceField(label=_("Tanggal"), coerce=int)
    amount = forms.TypedChoiceField(
        label=_("Uang masuk"),
        coerce=int,
        help_text=_("Kolom kredit, atau kolom jumlah bila masuk dan keluar jadi satu."),
    )
    direction = forms.TypedChoiceField(
        label=_("CR/DB (tidak wajib)"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Bila tanda masuk atau keluar ada di kolom sendiri."),
    )
    description = forms.TypedChoiceField(label=_("Berita"), coerce=int)
    description_more = forms.TypedChoiceField(
        label=_("Berita lanjutan atau referensi (tidak wajib)"),
        coerce=int,
        required=False,
        empty_value=None,
    )
    method = forms.ChoiceField(
        label=_("Uang ini masuk lewat"), choices=[(m.value, m.label) for m in METHODS]
    )
    name = NameField(
        label=_("Ingat susunan ini sebagai"),
        max_length=60,
        help_text=_("Nama bank, contoh BCA atau QRIS Bank Jakarta."),
    )

    def __init__(self, *args: Any, rows: Sequence[Sequence[str]], **kwargs: Any) -> None:
        self.rows = rows
        known = remembered(rows)
        self.recognised = known
        kwargs.setdefault("initial", _initial(known, rows))
        super().__init__(*args, **kwargs)
        head = kwargs["initial"].get("header_row", 0)
        header = rows[head] if 0 <= head < len(rows) else []
        width = max(map(len, rows), default=0)
        places = [(place, column_name(place, header)) for place in range(width)]
        for name in ("date", "amount", "description"):
            self._choices(name, places)
        for name in ("direction", "description_more"):
            self._choices(name, [("", _("tidak ada")), *places])
        heads = [
            (n, f"{n + 1} · {' | '.join(filter(None, row))[:60]}") for n, row in enumerate(rows)
        ]
        self._choices("header_row", [(-1, _("tidak ada")), *heads])
        for field in self.fields.values():
            field.error_messages["required"] = _("Bagian ini belum diisi.")

    def _choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  all six are
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [values.get(name) for name in ("date", "amount", "direction")]
        told = [place for place in chosen if place is not None]
        if len(told) != len(set(told)):
            self.add_error("amount", _("Satu kolom dipilih dua kali. Periksa pilihan kolom."))
        return values

    @property
    def columns(self) -> Columns:
        values = self.cleaned_data
        more = values["description_more"]
        return Columns(
            values["header_row"],
            values["date"],
            values["amount"],
            (values["description"],) if more is None else (values["description"], more),
            values["direction"],
        )

    @property
    def header(self) -> list[str]:
        place = self.cleaned_data["header_row"]
        return list(self.rows[place]) if place >= 0 else []


def remembered(rows: Sequence[Sequence[str]]) -> ColumnMapping | None:
    """The saved form whose head of table stands in this file where it stood before."""
    for mapping in ColumnMapping.objects.order_by("-changed_at"):
        place = mapping.header_row
        if 0 <= place < len(rows) and [cell[:200] for cell in rows[place]] == mapping.header:
            return mapping
    return None


def _initial(known: ColumnMapping | None, rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    columns = known.columns if known else guess_columns(rows)
    if columns is None:
        return {"header_row": 0}
    described = [*columns.descriptions, None, None]
    return {
        "header_row": columns.header_row,
        "date": columns.date,
        "amount": columns.amount,
        "direction": columns.direction,
        "description": described[0],
        "description_more": described[1],
        "method": known.method if known else PaymentMethod.TRANSFER.value,
        "name": known.name if known else "",
    }


@dataclass(frozen=True)
class Choice:
    """What the treasurer said of one line: `do` is pay, link, hold or ignore."""

    line: int
    do: str
    target: int | str = 0
    reason: str = ""


PAIR = "pasang"
MOST_CHOICES = 200


def read_choices(data: QueryDict) -> list[Choice]:
    """Return what was ticked and chosen on the two-column screen; nonsense is left out."""
    found = []
    for value in data.getlist(PAIR)[:MOST_CHOICES]:
        line, _sep, key = value.partition(":")
        found.append(_choice(line, key, ""))
    for name in data:
        if name.startswith("baris-"):
            line = name.removeprefix("baris-")
            number = data.get(f"nomor-{line}", "").strip().upper()
            key = data.get(name, "") or (f"nomor-{number}" if number else "")
            found.append(_choice(line, key, data.get(f"alasan-{line}", "").strip()[:300]))
    return [choice for choice in found if choice]


def _choice(line: str, key: str, reason: str) -> Choice | None:
    do, _sep, target = key.partition("-")
    if not (line.isascii() and line.isdigit() and len(line) < 18):
        return None
    if do in {"tahan", "abaikan"}:
        return Choice(int(line), do, 0, reason)
    if do == "nomor":
        return Choice(int(line), do, target[:24])
    if do in {"tagihan", "catatan"} and target.isascii() and target.isdigit() and len(target) < 18:
        return Choice(int(line), do, int(target))
    return None


class LineReasonForm(forms.Form):
    """Why a line is held or no dues."""

    reason = NameField(
        label=_("Alasan"), max_length=300, error_messages={"required": _("Tulis alasannya.")}
    )
