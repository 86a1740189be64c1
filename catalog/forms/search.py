"""What a shopper may ask of the catalogue; a value that makes no sense is left out, and said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.choices import Category
from catalog.filters import BADGES, HALAL, MEMBER, RELEVANT, Filters
from catalog.reports.places import Places
from umkm_portal.lib.rupiah import parse_rupiah
from umkm_portal.lib.validators import clean_name

MOST_LETTERS = 100
MOST_TOKEN = 500
SORTS = {
    "terbaru": gettext_lazy("Terbaru"),
    "termurah": gettext_lazy("Harga termurah"),
    "termahal": gettext_lazy("Harga termahal"),
}


def read_filters(data: QueryDict, places: Places, *, category: str = "") -> Filters:
    """`category` is the one in the path; it wins over the one asked for."""
    notes: list[str] = []
    asked = data.get("kategori", "")
    lowest, highest = (_price(data.get(name, ""), notes) for name in ("harga_min", "harga_maks"))
    if lowest is not None and highest is not None and lowest > highest:
        lowest, highest = highest, lowest
    filters = Filters(
        q=_words(data.get("q", "")),
        kategori=category or (asked if asked in Category.values else ""),
        kecamatan=_known(data, "kecamatan", [place.slug for place in places.all]),
        harga_min=lowest,
        harga_maks=highest,
        halal=_known(data, "halal", HALAL),
        lencana=_known(data, "lencana", [*BADGES, MEMBER]),
        hadir=data.get("hadir") == "1",
        tersedia=data.get("tersedia") == "1",
        urut=data.get("urut", "") if data.get("urut", "") in {*SORTS, RELEVANT} else "",
        setelah=data.get("setelah", "")[:MOST_TOKEN],
        sebelum=data.get("sebelum", "")[:MOST_TOKEN],
    )
    if len(data.get("q", "")) > MOST_LETTERS:
        notes.append(_("Kata pencarian terlalu panjang, jadi dipotong."))
    return replace(filters, notes=tuple(notes))


def _known(data: QueryDict, name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Always in the order of `known`, so that the same question has one address."""
    asked = set(data.getlist(name)[:30])
    return tuple(value for value in known if value in asked)


def _words(text: str) -> str:
    try:
        return clean_name(text[:MOST_LETTERS], MOST_LETTERS)
    except ValueError:
        return ""


def _price(text: str, notes: list[str]) -> int | None:
    if not text.strip():
        return None
    try:
        return parse_rupiah(text[:40])
    except ValueError:
        notes.append(_("Harga “%s” tidak dipakai. Contoh: 50.000.") % text[:20])
        return None
