from __future__ import annotations

from typing import NamedTuple

from django.http import QueryDict

from catalog.reports.places import Place, known_places
from events.choices import PUBLIC_KINDS

KINDS = [(kind.value, kind.label) for kind in PUBLIC_KINDS]
_VALUES = frozenset(kind.value for kind in PUBLIC_KINDS)


class AgendaFilters(NamedTuple):
    kind: str = ""
    kecamatan: Place | None = None

    @property
    def code(self) -> str:
        """Of the kecamatan; empty for all of them."""
        return self.kecamatan.code if self.kecamatan else ""


def read_agenda(query: QueryDict) -> AgendaFilters:
    """Filters from the address; a value that means nothing is as if it were not there."""
    kind, slug = query.get("jenis", ""), query.get("kecamatan")
    place = next((each for each in known_places().all if each.slug == slug), None) if slug else None
    return AgendaFilters(kind if kind in _VALUES else "", place)
