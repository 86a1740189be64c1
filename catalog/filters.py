"""What a shopper asks of the catalogue, and its address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from catalog.choices import Mark

LIST_PATH = "/katalog/"
RELEVANT = "cocok"
HALAL = {"halal": Mark.HALAL, "nonhalal": Mark.NON_HALAL}
BADGES = {"nib": Mark.NIB, "pirt": Mark.PIRT, "bpom": Mark.BPOM, "merek": Mark.MEREK}
# Kadin's membership is no mark on the goods: it is asked of the terms, on the day.
MEMBER = "anggota"


@dataclass(frozen=True)
class Filters:
    """Cleaned GET values; the empty value of each means "all".

    `notes` are sentences about what was asked and left out.
    """

    q: str = ""
    kategori: str = ""
    kecamatan: tuple[str, ...] = ()
    harga_min: int | None = None
    harga_maks: int | None = None
    halal: tuple[str, ...] = ()
    lencana: tuple[str, ...] = ()
    hadir: bool = False
    tersedia: bool = False
    urut: str = ""
    setelah: str = ""
    sebelum: str = ""
    notes: tuple[str, ...] = ()

    @property
    def sort(self) -> str:
        asked = self.urut or RELEVANT
        return "terbaru" if asked == RELEVANT and not self.q else asked

    @property
    def applied(self) -> int:
        """How many filters of the sheet are on."""
        many = len(self.kecamatan) + len(self.halal) + len(self.lencana)
        prices = (self.harga_min is not None) + (self.harga_maks is not None)
        return many + prices + self.tersedia + self.hadir

    @property
    def is_later_page(self) -> bool:
        return bool(self.setelah or self.sebelum)

    @property
    def badge_bits(self) -> int:
        """Every one of these marks is wanted."""
        return sum(BADGES[kind] for kind in self.lencana if kind in BADGES)

    @property
    def halal_bits(self) -> int:
        """At least one of these marks is wanted; 0 when it does not matter."""
        return sum(HALAL[mark] for mark in self.halal)

    def pairs(self) -> list[tuple[str, str]]:
        """As in an address; the page token is left out, since other filters make it stale."""
        values: list[tuple[str, Any]] = [
            ("q", self.q),
            ("kategori", self.kategori),
            *(("kecamatan", slug) for slug in self.kecamatan),
            ("harga_min", self.harga_min),
            ("harga_maks", self.harga_maks),
            *(("halal", mark) for mark in self.halal),
            *(("lencana", kind) for kind in self.lencana),
            ("hadir", "1" if self.hadir else ""),
            ("tersedia", "1" if self.tersedia else ""),
            ("urut", self.urut),
        ]
        return [(name, str(value)) for name, value in values if value not in {None, ""}]

    def url(self, path: str, **changes: Any) -> str:
        pairs = (replace(self, **changes) if changes else self).pairs()
        if path != LIST_PATH:
            pairs = [pair for pair in pairs if pair[0] != "kategori"]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def page_url(self, path: str, name: str, token: str) -> str:
        """The page after or before this one ("setelah", "sebelum"), or "" when there is none."""
        if not token:
            return ""
        address = self.url(path)
        return f"{address}{'&' if '?' in address else '?'}{urlencode({name: token})}"
