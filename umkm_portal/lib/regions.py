"""The ten kecamatan and 65 kelurahan of Jakarta Selatan (Kepmendagri 300.2.2-2430/2025)."""

from collections.abc import Iterator
from dataclasses import dataclass

from lokal import wilayah

from umkm_portal.lib.nik import JAKSEL

# The package says 12630; the post office and the kelurahan's own papers say 12610.
_CORRECTED_POSTCODES = {"31.74.09.1004": "12610"}


@dataclass(frozen=True)
class RegionRow:
    """One kecamatan (no postcode, no parent) or one kelurahan."""

    code: str
    name: str
    kind: str
    parent: str = ""
    postcode: str = ""


def all_regions() -> list[RegionRow]:
    """Return each kecamatan followed by its kelurahan, by code."""
    return list(_rows())


def _rows() -> Iterator[RegionRow]:
    for district in wilayah.list_wilayah(JAKSEL):
        yield RegionRow(district.code, district.name, "kecamatan")
        for village in wilayah.list_wilayah(district.code):
            postcode = _CORRECTED_POSTCODES.get(village.code, village.postal_code or "")
            yield RegionRow(village.code, village.name, "kelurahan", district.code, postcode)


def region_name(code: str) -> str:
    """Return "Jagakarsa, Kota Administrasi Jakarta Selatan" for "31.74.09"; "" for no such code."""
    parts = [wilayah.get_wilayah(part) for part in (code, code[:5])]
    return ", ".join(part.name for part in parts if part)
