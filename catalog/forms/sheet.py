"""The filters as a shopper sees them: the sheet with its options, and chips for those in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.choices import Category
from catalog.filters import LIST_PATH, MEMBER, Filters
from catalog.reports.facets import FEW, Counts, is_summed
from catalog.reports.listing import COUNTED
from catalog.reports.places import Places
from umkm_portal.lib.rupiah import rupiah

HALAL_LABELS = {"halal": gettext_lazy("Halal"), "nonhalal": gettext_lazy("Non-halal")}
BADGE_LABELS = {
    "nib": gettext_lazy("NIB"),
    "pirt": gettext_lazy("P-IRT"),
    "bpom": gettext_lazy("BPOM"),
    "merek": gettext_lazy("Merek terdaftar"),
    MEMBER: gettext_lazy("Anggota Kadin aktif"),
}
OWN = {"kecamatan", "halal", "lencana", "hadir", "tersedia", "harga_min", "harga_maks"}


@dataclass(frozen=True)
class Option:
    """`count` is text ("12", "1.000+"), or None where nobody counted."""

    value: str
    label: Any
    checked: bool
    count: str | None = None


@dataclass(frozen=True)
class Group:
    legend: Any
    name: str
    options: list[Option]


@dataclass(frozen=True)
class PriceField:
    """What the filter sheet asks of a field."""

    html_name: str
    label: Any
    value: int | None

    @property
    def id_for_label(self) -> str:
        return f"f-{self.html_name}"


def groups(
    filters: Filters, places: Places, counts: Counts, *, are_least: bool = False
) -> list[Group]:
    """`are_least`: only some products were counted, so nobody knows that an option has none."""
    most = COUNTED if (is_summed(filters) or filters.q) and not are_least else FEW

    def option(name: str, value: str, label: Any, chosen: Iterable[str]) -> Option:
        count = counts.get(f"{name}:{value}")
        text = _at_least(count, most) if are_least else _number(count, most)
        return Option(value, label, value in chosen, text)

    halal = [option("halal", each, label, filters.halal) for each, label in HALAL_LABELS.items()]
    badges = [
        option("lencana", each, label, filters.lencana) for each, label in BADGE_LABELS.items()
    ]
    districts = [
        option("kecamatan", place.slug, place.name, filters.kecamatan) for place in places.all
    ]
    on = {"hadir": ["1"] if filters.hadir else [], "tersedia": ["1"] if filters.tersedia else []}
    return [
        Group(
            _("Jumat Beli Lokal"),
            "hadir",
            [option("hadir", "1", _("Hadir Jumat ini"), on["hadir"])],
        ),
        Group(_("Kuliner"), "halal", halal),
        Group(_("Kecamatan"), "kecamatan", districts),
        Group(
            _("Persediaan"),
            "tersedia",
            [option("tersedia", "1", _("Hanya yang tersedia"), on["tersedia"])],
        ),
        Group(_("Sudah diperiksa"), "lencana", badges),
    ]


def _number(count: int | None, most: int) -> str | None:
    if count is None:
        return None
    text = f"{min(count, most):,}".replace(",", ".")
    return f"{text}+" if count > most else text


def _at_least(count: int | None, most: int) -> str | None:
    return f"{min(count, most)}+" if count else None


def prices(filters: Filters) -> list[PriceField]:
    return [
        PriceField("harga_min", _("Paling murah"), filters.harga_min),
        PriceField("harga_maks", _("Paling mahal"), filters.harga_maks),
    ]


def kept(filters: Filters, path: str, *, without: set[str]) -> list[tuple[str, str]]:
    """What a form must send along beside its own fields."""
    in_path = set() if path == LIST_PATH else {"kategori"}
    return [pair for pair in filters.pairs() if pair[0] not in without | in_path]


def categories(filters: Filters) -> list[tuple[Category, str]]:
    """Each category and its address, with the other filters kept."""
    query = filters.url("/")[1:]
    return [(each, f"{LIST_PATH}{each.value}/{query}") for each in Category]


def shortcuts(filters: Filters, path: str) -> list[tuple[str, str, bool]]:
    """What shoppers filter by most, one tap there and one back: text, address, is it on."""
    rest = tuple(mark for mark in filters.halal if mark != "halal")
    is_halal = "halal" in filters.halal
    turned = rest if is_halal else ("halal", *rest)
    return [
        (_("Hadir Jumat ini"), filters.url(path, hadir=not filters.hadir), filters.hadir),
        (_("Halal"), filters.url(path, halal=turned), is_halal),
    ]


def chips(filters: Filters, path: str, places: Places) -> list[tuple[str, str]]:
    """Each applied filter as (what it says, the address without it)."""
    found = []
    if filters.q:
        found.append((f"“{filters.q}”", filters.url(path, q="", urut="")))
    labels = {place.slug: place.name for place in places.all}
    for name, known in (("kecamatan", labels), ("halal", HALAL_LABELS), ("lencana", BADGE_LABELS)):
        chosen: tuple[str, ...] = getattr(filters, name)
        for value in chosen:
            rest = tuple(each for each in chosen if each != value)
            found.append((str(known[value]), filters.url(path, **{name: rest})))
    for name, text, empty in _single(filters):
        found.append((text, filters.url(path, **{name: empty})))
    return found


def _single(filters: Filters) -> list[tuple[str, str, Any]]:
    found: list[tuple[str, str, Any]] = []
    if filters.harga_min is not None:
        found.append(("harga_min", _("Mulai %s") % rupiah(filters.harga_min), None))
    if filters.harga_maks is not None:
        found.append(("harga_maks", _("Sampai %s") % rupiah(filters.harga_maks), None))
    if filters.hadir:
        found.append(("hadir", _("Hadir Jumat ini"), False))
    if filters.tersedia:
        found.append(("tersedia", _("Yang tersedia"), False))
    return found
