from __future__ import annotations

from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.http import urlencode

from catalog.reports.places import Place, known_places
from events.choices import PUBLIC_KINDS, EventKind
from events.reports.event_cards import Asked

PUBLIC: list[tuple[str, Any]] = [(kind.value, kind.label) for kind in PUBLIC_KINDS]
LONGEST_WORDS = 60
LONGEST_TAG = 30


class AgendaFilters(NamedTuple):
    kind: str = ""
    kecamatan: Place | None = None
    tag: str = ""
    words: str = ""
    is_staff: bool = False

    @property
    def kinds(self) -> list[tuple[str, Any]]:
        """What may be chosen."""
        meeting = (EventKind.MEETING.value, EventKind.MEETING.label)
        return [*PUBLIC, meeting] if self.is_staff else PUBLIC

    @property
    def asked(self) -> Asked:
        code = self.kecamatan.code if self.kecamatan else ""
        return Asked(self.kind, code, self.tag, self.words, with_meetings=self.is_staff)

    @property
    def query(self) -> str:
        """The same filters for a feed, which knows no words: "?jenis=pelatihan", or nothing."""
        return self._address()

    @property
    def page_query(self) -> str:
        """The same filters, words too, for another page of the agenda."""
        return self._address(q=self.words)

    def _address(self, **more: str) -> str:
        slug = self.kecamatan.slug if self.kecamatan else ""
        given = {"jenis": self.kind, "kecamatan": slug, "tag": self.tag, **more}
        chosen = urlencode({name: value for name, value in given.items() if value})
        return f"?{chosen}" if chosen else ""

    @property
    def is_any(self) -> bool:
        return bool(self.kind or self.kecamatan or self.tag or self.words)


def read_agenda(query: QueryDict, *, is_staff: bool = False) -> AgendaFilters:
    """Filters from the address; a value that means nothing is as if it were not there."""
    slug = query.get("kecamatan")
    place = next((each for each in known_places().all if each.slug == slug), None) if slug else None
    words = " ".join(query.get("q", "")[:LONGEST_WORDS].split())
    found = AgendaFilters("", place, query.get("tag", "")[:LONGEST_TAG], words, is_staff)
    kind = query.get("jenis", "")
    return found._replace(kind=kind) if kind in dict(found.kinds) else found
