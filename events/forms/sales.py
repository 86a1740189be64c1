"""A day's sales as taps: a chip each for money and pieces, everything else if she likes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from events.actions.sales import Figures
from events.models import SalesReport
from events.models.sales import MOST_OMZET, MOST_PIECES
from events.sales_choices import Mood, OmzetBracket, PiecesBracket
from umkm_portal.lib.fields import CountField, NameField, RupiahField

NOTHING = "0"
OMZET = [(NOTHING, _("belum laku")), *OmzetBracket.choices]
ONLINE = [(NOTHING, _("tidak ada")), *OmzetBracket.choices]


def _chips(label: Any, choices: Any) -> forms.ChoiceField:
    message = _("Pilih salah satu.")
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": message},
    )


class SalesForm(forms.Form):
    """An exact number wins over the chip beside it."""

    lapak = _chips(_("Omzet di lapak hari ini"), OMZET)
    lapak_pas = RupiahField(label=_("Angka pastinya (tidak wajib)"), required=False)
    barang = _chips(_("Barang yang laku"), PiecesBracket.choices)
    barang_pas = CountField(label=_("Jumlah pastinya (tidak wajib)"), required=False)
    daring = _chips(_("Omzet daring hari ini"), ONLINE)
    daring_pas = RupiahField(label=_("Angka pastinya (tidak wajib)"), required=False)
    transaksi = CountField(label=_("Jumlah pembeli (tidak wajib)"), required=False)
    laris = forms.ChoiceField(
        label=_("Paling laku (tidak wajib)"),
        required=False,
        error_messages={"invalid_choice": _("Pilih dari produk Anda.")},
    )
    laris_kata = NameField(label=_("Atau tulis namanya"), max_length=80, required=False)
    suasana = _chips(_("Suasana (tidak wajib)"), Mood.choices)
    catatan = NameField(label=_("Catatan (tidak wajib)"), max_length=200, required=False)

    def __init__(
        self, *args: Any, products: list[tuple[int, str]], report: SalesReport | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = initial_of(report) if report else {}
        field = self.fields["laris"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [("", _t("Belum tahu")), *[(str(pk), name) for pk, name in products]]
        field.widget.attrs["class"] = "w-mid"

    def clean_lapak_pas(self) -> int | None:
        return self._money("lapak_pas")

    def clean_daring_pas(self) -> int | None:
        return self._money("daring_pas")

    def clean_barang_pas(self) -> int | None:
        return self._count("barang_pas")

    def clean_transaksi(self) -> int | None:
        return self._count("transaksi")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.has_error("lapak_pas") and _chosen(data, "lapak") is None:
            self.add_error("lapak", _("Pilih kisaran omzet, atau tulis angkanya."))
        if not self.has_error("barang_pas") and _pieces(data) is None:
            self.add_error("barang", _("Pilih berapa barang yang laku, atau tulis jumlahnya."))
        return data

    def figures(self) -> Figures:
        data = self.cleaned_data
        booth, pieces = _chosen(data, "lapak"), _pieces(data)
        assert booth is not None and pieces is not None  # noqa: S101, PT018  see `clean`
        return Figures(
            booth=booth,
            online=_chosen(data, "daring"),
            pieces=pieces,
            transactions=data["transaksi"],
            best_product=int(data["laris"]) if data["laris"] else None,
            best_words=data["laris_kata"],
            mood=data["suasana"],
            note=data["catatan"],
        )

    def _money(self, name: str) -> int | None:
        amount: int | None = self.cleaned_data[name]
        if amount is not None and amount > MOST_OMZET:
            raise ValidationError(_("Lebih dari Rp1 miliar dalam sehari? Periksa jumlah nol."))
        return amount

    def _count(self, name: str) -> int | None:
        count: int | None = self.cleaned_data[name]
        if count is not None and count > MOST_PIECES:
            raise ValidationError(_("Lebih dari 100.000 dalam sehari? Periksa jumlah nol."))
        return count


_DESK_LABELS = {
    "lapak": _("Omzet lapak, kisaran"),
    "lapak_pas": _("Omzet lapak (Rp)"),
    "barang": _("Barang terjual, kisaran"),
    "barang_pas": _("Barang terjual"),
    "daring": _("Omzet daring, kisaran"),
    "daring_pas": _("Omzet daring (Rp)"),
    "transaksi": _("Pembeli"),
    "laris": _("Paling laku"),
    "laris_kata": _("Paling laku, dengan kata"),
    "suasana": _("Suasana"),
    "catatan": _("Catatan penjual"),
}


class StaffSalesForm(SalesForm):
    """Staff take it down by phone, or correct it and say why."""

    alasan = NameField(label=_("Alasan koreksi"), max_length=300, required=False)

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in _DESK_LABELS.items():
            self.fields[name].label = label
        if not needs_reason:
            del self.fields["alasan"]
        for name in ("lapak", "barang", "daring", "suasana"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
            chips: list[Any] = list(cast("Any", field.choices))
            field.widget = forms.Select()
            field.choices = [("", "–"), *chips]

    def clean_alasan(self) -> str:
        reason: str = self.cleaned_data["alasan"]
        if not reason:
            raise ValidationError(_("Tulis alasan koreksi. Nilai lama tetap disimpan."))
        return reason


def initial_of(report: SalesReport) -> dict[str, Any]:
    def chip(bracket: str, exact: int | None) -> str:
        return bracket or (NOTHING if exact == 0 else "")

    return {
        "lapak": chip(report.booth_bracket, report.booth_omzet),
        "lapak_pas": report.booth_omzet or None,
        "daring": chip(report.online_bracket, report.online_omzet),
        "daring_pas": report.online_omzet or None,
        "barang": report.pieces_bracket,
        "barang_pas": report.pieces,
        "transaksi": report.transactions,
        "laris": str(report.best_product_id or ""),
        "laris_kata": report.best_words,
        "suasana": report.mood,
        "catatan": report.note,
    }


def _chosen(data: dict[str, Any], name: str) -> int | OmzetBracket | None:
    exact: int | None = data.get(f"{name}_pas")
    if exact is not None:
        return exact
    chip = data.get(name)
    if not chip:
        return None
    return 0 if chip == NOTHING else OmzetBracket(chip)


def _pieces(data: dict[str, Any]) -> int | PiecesBracket | None:
    """Who sold nothing at all has sold no pieces, whatever is still tapped."""
    exact: int | None = data.get("barang_pas")
    if exact is not None:
        return exact
    if _chosen(data, "lapak") == 0 and not _chosen(data, "daring"):
        return 0
    return PiecesBracket(data["barang"]) if data.get("barang") else None
