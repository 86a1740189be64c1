"""The checklist of licences as people read it.

It reminds her and tells staff; it never keeps anybody out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from events.licences import GOOD, Kinds, Licences, licences_of
from events.models import BoothPlace
from members.choices import DocumentKind, DocumentState
from members.models import Business


@dataclass(frozen=True)
class Paper:
    """One line of the list. `kind` is the one to upload; `word` says how it stands on the day."""

    kind: DocumentKind
    label: str
    word: str
    is_there: bool

    @property
    def tone(self) -> str:
        return "ok" if self.is_there else "wait"


def papers_of(business: Business, *, on: date) -> list[Paper]:
    return papers_of_all([business], on=on)[business.pk]


def papers_of_all(businesses: Iterable[Business], *, on: date) -> dict[int, list[Paper]]:
    """By the key of the business; two queries, however many there are."""
    sectors = {business.pk: business.sector for business in businesses}
    licences = licences_of(sectors)
    return {business: _papers(licences, business, on) for business in sectors}


def papers_of_places(places: Iterable[BoothPlace]) -> dict[int, list[Paper]]:
    """By the key of the place, each on its own day; two queries, however many there are."""
    wanted = list(places)
    licences = licences_of({place.business_id: place.business.sector for place in wanted})
    return {place.pk: _papers(licences, place.business_id, place.day.date) for place in wanted}


def missing(papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if not paper.is_there]


def _papers(licences: Licences, business: int, on: date) -> list[Paper]:
    return [_paper(kinds, states) for kinds, states in licences.states(business, on=on)]


def _paper(kinds: Kinds, states: set[DocumentState]) -> Paper:
    label = _(" atau ").join(str(kind.label) for kind in kinds)
    return Paper(kinds[0], label, _word(states), is_there=bool(states & GOOD))


def _word(states: set[DocumentState]) -> str:
    if states & GOOD:
        return _("ada dan masih berlaku")
    if states & {DocumentState.UPLOADED, DocumentState.CHECKING}:
        return _("sedang diperiksa petugas")
    if DocumentState.EXPIRED in states:
        return _("sudah berakhir pada hari itu")
    if DocumentState.REFUSED in states:
        return _("ditolak, unggah lagi")
    return _("belum diunggah")
