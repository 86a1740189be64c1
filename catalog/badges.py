"""What was checked about a business, computed on the day it is shown.

Where a badge on a product comes from: a row of `members_document` of its business with
`status = 'verified'` and `replaced_at IS NULL` (one per kind: document_one_in_force_per_kind).
It is good through `expires_on`, that day included; NULL has no end. NIB and trade mark count for
every product, P-IRT and BPOM for food, halal for food whose `food_mark` is "halal".
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from members.choices import DocumentKind
from members.models import Business, Document, JakpreneurMembership, KadinMembership

FOR_ALL = (DocumentKind.NIB, DocumentKind.MEREK)
FOR_FOOD = (DocumentKind.PIRT, DocumentKind.BPOM)
FOR_HALAL_FOOD = (DocumentKind.HALAL,)
BADGE_KINDS = (
    DocumentKind.NIB,
    DocumentKind.PIRT,
    DocumentKind.HALAL,
    DocumentKind.BPOM,
    DocumentKind.MEREK,
)


def badges(*, on: date, business: str = "pk") -> dict[str, Exists]:
    """Annotations `is_kadin` and `is_jakpreneur`; `business` names the column with its key."""
    mine = {"business": OuterRef(business)}
    return {
        "is_kadin": Exists(KadinMembership.objects.in_good_standing(on=on).filter(**mine)),
        "is_jakpreneur": Exists(JakpreneurMembership.objects.filter(**mine)),
    }


def may_claim_halal(business: Business, *, on: date) -> bool:
    """Whether a verified halal certificate of this business is in date; one query."""
    papers = Document.objects.valid(on=on).filter(business=business)
    return papers.filter(kind__in=FOR_HALAL_FOOD).exists()
