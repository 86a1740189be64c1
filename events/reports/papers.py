"""Which licences a seller should have on a market day, and which of them are missing.

A checklist that reminds her and tells staff; it never keeps anybody out by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from catalog.choices import Category, FoodMark
from catalog.models import Product
from members.choices import DocumentKind, DocumentState, Sector
from members.models import Business, Document

# Food needs one of the two permits: P-IRT for the home kitchen, BPOM for the factory.
FOOD_PERMIT = (DocumentKind.PIRT, DocumentKind.BPOM)
GOOD = (DocumentState.VALID, DocumentState.SOON)


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
    sellers = list(businesses)
    held: dict[int, list[Document]] = defaultdict(list)
    for document in Document.objects.in_vault().current().filter(business__in=sellers):
        held[document.business_id].append(document)
    cooks = [seller for seller in sellers if seller.sector == Sector.KULINER]
    may_be_halal = _with_food_that_may_be_halal(cooks) if cooks else set()
    return {
        seller.pk: [
            _paper(kinds, held[seller.pk], on)
            for kinds in _needed(seller, is_halal=seller.pk in may_be_halal)
        ]
        for seller in sellers
    }


def _with_food_that_may_be_halal(sellers: list[Business]) -> set[int]:
    food = Product.objects.visible().filter(business__in=sellers, category=Category.KULINER)
    rows = food.exclude(food_mark=FoodMark.NON_HALAL).values_list("business_id", flat=True)
    return set(rows.distinct())


def missing(papers: Iterable[Paper]) -> list[Paper]:
    return [paper for paper in papers if not paper.is_there]


def _needed(seller: Business, *, is_halal: bool) -> list[tuple[DocumentKind, ...]]:
    needed: list[tuple[DocumentKind, ...]] = [(DocumentKind.NIB,)]
    if seller.sector == Sector.KULINER:
        needed.append(FOOD_PERMIT)
        if is_halal:
            needed.append((DocumentKind.HALAL,))
    return needed


def _paper(kinds: tuple[DocumentKind, ...], held: list[Document], on: date) -> Paper:
    states = {row.state(on=on) for row in held if row.kind in kinds}
    label = _(" atau ").join(str(kind.label) for kind in kinds)
    return Paper(kinds[0], label, _word(states), is_there=bool(states & set(GOOD)))


def _word(states: set[DocumentState]) -> str:
    if states & set(GOOD):
        return _("ada dan masih berlaku")
    if states & {DocumentState.UPLOADED, DocumentState.CHECKING}:
        return _("sedang diperiksa petugas")
    if DocumentState.EXPIRED in states:
        return _("sudah berakhir pada hari itu")
    if DocumentState.REFUSED in states:
        return _("ditolak, unggah lagi")
    return _("belum diunggah")
