"""What was checked about a business, computed on the day it is shown.

Where a badge on a product comes from: a row of `members_document` of its business with
`status = 'verified'` and `replaced_at IS NULL` (one per kind: document_one_in_force_per_kind).
It is good through `expires_on`, that day included; NULL has no end. NIB and trade mark count for
every product, P-IRT and BPOM for food, halal for food whose `food_mark` is "halal". The trigger
`catalog_product_badges` writes `Product.badges` and `Product.halal_until` by these rules; which of
them are over is asked here, so that an end hides a badge the same day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy

from catalog.choices import FoodMark
from catalog.models import Product
from members.choices import DocumentKind
from members.models import Business, Document, JakpreneurMembership, KadinMembership

FOR_HALAL_FOOD = (DocumentKind.HALAL,)
# In the order of the cards: what a shopper looks for first.
SHORT = {
    DocumentKind.HALAL: "Halal",
    DocumentKind.PIRT: "P-IRT",
    DocumentKind.BPOM: "BPOM",
    DocumentKind.NIB: "NIB",
    DocumentKind.MEREK: gettext_lazy("Merek terdaftar"),
}
MEANINGS = {
    DocumentKind.HALAL: gettext_lazy("Sertifikat halal BPJPH atas nama usaha ini."),
    DocumentKind.PIRT: gettext_lazy("Izin edar pangan rumah tangga dari Dinas Kesehatan."),
    DocumentKind.BPOM: gettext_lazy("Izin edar dari Badan POM."),
    DocumentKind.NIB: gettext_lazy("Nomor Induk Berusaha dari OSS."),
    DocumentKind.MEREK: gettext_lazy("Merek terdaftar atau dimohonkan di DJKI."),
}


@dataclass(frozen=True)
class Licence:
    """One badge of the product page. `number` is empty for what identifies the owner herself."""

    kind: str
    label: str
    meaning: str
    number: str
    checked_on: date
    until: date | None


def badges(*, on: date, business: str = "pk") -> dict[str, Exists]:
    """Annotations `is_kadin` and `is_jakpreneur`; `business` names the column with its key."""
    mine = {"business": OuterRef(business)}
    return {
        "is_kadin": Exists(KadinMembership.objects.in_good_standing(on=on).filter(**mine)),
        "is_jakpreneur": Exists(JakpreneurMembership.objects.filter(**mine)),
    }


@lru_cache(maxsize=2)
def standing_sql(on: date) -> tuple[tuple[str, Sequence[Any]], tuple[str, Sequence[Any]]]:
    """`badges` for statements written as SQL: who is a member that day, compiled once a day."""
    members = KadinMembership.objects.in_good_standing(on=on)
    lists = (members, JakpreneurMembership.objects.all())
    kadin, jakpreneur = (
        rows.order_by().values_list("business_id").query.sql_with_params() for rows in lists
    )
    return kadin, jakpreneur


def may_claim_halal(business: Business, *, on: date) -> bool:
    """Whether a verified halal certificate of this business is in date; one query."""
    papers = Document.objects.valid(on=on).filter(business=business)
    return papers.filter(kind__in=FOR_HALAL_FOOD).exists()


def good(kept: Iterable[Mapping[str, Any]], *, on: date) -> list[str]:
    """The kinds of `Product.badges` that are in date on that day; days there are ISO texts."""
    today = on.isoformat()
    return [badge["kind"] for badge in kept if not badge["until"] or badge["until"] >= today]


def mark_label(food_mark: str, halal_until: date | None, *, on: date) -> str:
    """The words a shopper reads; a halal mark whose certificate is over says so. "" for no food."""
    if not food_mark:
        return ""
    if food_mark == FoodMark.HALAL and (halal_until is None or halal_until < on):
        return str(FoodMark.UNCERTIFIED.label)
    return str(FoodMark(food_mark).label)


def licences_of(product: Product, *, on: date) -> list[Licence]:
    """What stands behind the badges of a product; one query."""
    papers = Document.objects.valid(on=on).filter(business=product.business_id)
    return licences_among(papers, product, on=on)


def licences_among(papers: Iterable[Document], product: Product, *, on: date) -> list[Licence]:
    """Those of a business' verified papers that stand behind the product's badges that day."""
    valid = {paper.kind: paper for paper in papers if not _is_over(paper, on)}
    return [_licence(valid[kind]) for kind in good(product.badges, on=on) if kind in valid]


def _is_over(paper: Document, on: date) -> bool:
    return paper.expires_on is not None and paper.expires_on < on


def _licence(row: Document) -> Licence:
    kind = DocumentKind(row.kind)
    assert row.decided_at is not None  # noqa: S101  document_stamped_once_decided
    return Licence(
        kind=row.kind,
        label=str(SHORT[kind]),
        meaning=str(MEANINGS[kind]),
        number="" if kind == DocumentKind.NIB else row.number,
        checked_on=timezone.localdate(row.decided_at),
        until=row.expires_on,
    )


def short_labels(kept: Iterable[Mapping[str, Any]], *, on: date) -> str:
    """One line for a card: "Halal · P-IRT · NIB"."""
    return " · ".join(str(SHORT[DocumentKind(kind)]) for kind in good(kept, on=on))
