"""Products as cards: everything `components/product_card.html` shows, in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q

from catalog.models.photo import photo_srcset, photo_url
from catalog.models.product import ProductQuerySet

COLUMNS = (
    "pk",
    "name",
    "slug",
    "price",
    "unit",
    "category",
    "sold_out",
    "published_at",
    "business_id",
    "business__name",
    "business__slug",
    "business__kelurahan__kecamatan__name",
    "cover__name",
    "cover__width",
    "cover__height",
)


@dataclass
class Card:
    """`stall_tag` ("Jumat ini · A07") is for those who know about booths, by `business_id`."""

    pk: int
    name: str
    url: str
    price: int
    unit: str
    category: str
    sold_out: bool
    published_at: Any
    business_id: int
    seller: str
    seller_slug: str
    kecamatan: str
    photo_url: str
    srcset: str
    width: int
    height: int
    # A card is only made of what is visible, and only verified businesses are.
    verified: bool = True
    eager: bool = False
    stall_tag: str = ""


def make_cards(
    products: ProductQuerySet, *, limit: int | None = None, eager: int = 2
) -> list[Card]:
    """Fetch the products in their order; the first `eager` pictures load at once."""
    rows = products.annotate(
        cover=FilteredRelation("photos", condition=Q(photos__position=0))
    ).values(*COLUMNS)
    return [
        _card(row, is_eager=number < eager)
        for number, row in enumerate(rows if limit is None else rows[:limit])
    ]


def without_seller(cards: Sequence[Card]) -> Sequence[Card]:
    """For the seller's own page, where the name is above all cards."""
    for card in cards:
        card.seller = card.kecamatan = ""
    return cards


def _card(row: dict[str, Any], *, is_eager: bool) -> Card:
    photo = row["cover__name"] or ""
    return Card(
        pk=row["pk"],
        name=row["name"],
        url=f"/produk/{row['slug']}-{row['pk']}/",
        price=row["price"],
        unit=row["unit"],
        category=row["category"],
        sold_out=row["sold_out"],
        published_at=row["published_at"],
        business_id=row["business_id"],
        seller=row["business__name"],
        seller_slug=row["business__slug"] or "",
        kecamatan=row["business__kelurahan__kecamatan__name"] or "",
        photo_url=photo_url(photo) if photo else "",
        srcset=photo_srcset(photo) if photo else "",
        width=row["cover__width"] or 400,
        height=row["cover__height"] or 300,
        eager=is_eager,
    )
