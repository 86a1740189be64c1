"""The ten districts and the counts beside the filters: read together, kept for half a minute."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.db import connection

READ = """
SELECT k.code, k.slug, k.name, f.category, f.marks, f.sold_out, f.count
FROM members_kecamatan k LEFT JOIN catalog_facetcount f ON f.kecamatan_id = k.code ORDER BY k.name
"""


class Place(NamedTuple):
    code: str
    slug: str
    name: str


class Cell(NamedTuple):
    """How many public products are alike in all that a filter asks, but for the price."""

    place: str
    category: str
    marks: int
    sold_out: bool
    products: int


@dataclass(frozen=True)
class Places:
    all: tuple[Place, ...]
    cells: tuple[Cell, ...]
    # Sums over the cells, by what was asked; lives as long as they do.
    sums: dict[object, dict[str, int]] = field(default_factory=dict)

    def codes(self, slugs: Iterable[str]) -> list[str]:
        wanted = set(slugs)
        return [place.code for place in self.all if place.slug in wanted]


_kept: tuple[float, Places] | None = None


def known_places() -> Places:
    """One query, or none within `FACETS_SECONDS` of the last: the counts are a minute old."""
    global _kept  # noqa: PLW0603  one small thing a process remembers
    now = time.monotonic()
    if _kept is None or now >= _kept[0]:
        _kept = (now + settings.FACETS_SECONDS, _read())
    return _kept[1]


def _read() -> Places:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        rows = cursor.fetchall()
    return Places(
        all=tuple(dict.fromkeys(Place(*row[:3]) for row in rows)),
        cells=tuple(Cell(row[0], *row[3:]) for row in rows if row[3] is not None),
    )
