"""What a shopper may ask of the catalogue; a value that makes no sense is left out."""

from __future__ import annotations

from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.choices import Category
from catalog.reports.search import RELEVANT, Filters
from members.models import Kecamatan
from umkm_portal.lib.rupiah import parse_rupiah, rupiah
from umkm_portal.lib.validators import clean_name

MOST_LETTERS = 100
SORTS = {
    "terbaru": _("Terbaru"),
    "termurah": _("Harga termurah"),
    "termahal": _("Harga termahal"),
}


def read_filters(data: QueryDict, *, category: str = "") -> Filters:
    """`category` is the one in the path; it wins over the one asked for."""
    asked = data.get("kategori", "")
    return Filters(
        q=_words(data.get("q", "")),
        kategori=category or (asked if asked in Category.values else ""),
        kecamatan=tuple(dict.fromkeys(slug for slug in data.getlist("kecamatan")[:10] if slug)),
        harga_min=_price(data.get("harga_min", "")),
        harga_maks=_price(data.get("harga_maks", "")),
        tersedia=data.get("tersedia", "") == "1",
        urut=data.get("urut", "") if data.get("urut", "") in {*SORTS, RELEVANT} else "",
        setelah=data.get("setelah", "")[:500],
    )


def known_places(filters: Filters, kecamatan: list[Kecamatan]) -> Filters:
    """The filters without districts that do not exist."""
    slugs = {place.slug for place in kecamatan}
    return replace(filters, kecamatan=tuple(slug for slug in filters.kecamatan if slug in slugs))


def chips(filters: Filters, path: str, kecamatan: list[Kecamatan]) -> list[tuple[str, str]]:
    """Each applied filter as (what it says, the address without it)."""
    found = []
    if filters.q:
        found.append((f"“{filters.q}”", filters.url(path, q="", urut="")))
    for place in kecamatan:
        if place.slug in filters.kecamatan:
            rest = tuple(slug for slug in filters.kecamatan if slug != place.slug)
            found.append((place.name, filters.url(path, kecamatan=rest)))
    if filters.harga_min is not None:
        text = str(_("Mulai %s") % rupiah(filters.harga_min))
        found.append((text, filters.url(path, harga_min=None)))
    if filters.harga_maks is not None:
        text = str(_("Sampai %s") % rupiah(filters.harga_maks))
        found.append((text, filters.url(path, harga_maks=None)))
    if filters.tersedia:
        found.append((str(_("Yang tersedia")), filters.url(path, tersedia=False)))
    return found


def _words(text: str) -> str:
    try:
        return clean_name(text[:MOST_LETTERS], MOST_LETTERS)
    except ValueError:
        return ""


def _price(text: str) -> int | None:
    try:
        return parse_rupiah(text[:40]) if text.strip() else None
    except ValueError:
        return None
