"""Products as cards: everything `components/product_card.html` shows, in one query."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from catalog.badges import short_labels
from catalog.choices import FoodMark
from catalog.models.photo import avif_srcset, photo_srcset, photo_url
from catalog.models.product_query import ProductQuerySet
from umkm_portal.lib.paginate import keyset_page

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
    "seller_name",
    "seller_slug",
    "kecamatan_name",
    "cover_name",
    "cover_width",
    "cover_height",
    "cover_colour",
    "food_mark",
    "badges",
)
_Row = namedtuple("_Row", COLUMNS)  # type: ignore[misc]  # its fields are the columns


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
    # "" until the lighter files are there.
    avif: str
    width: int
    height: int
    colour: str
    # "Halal · P-IRT": what is verified and in date today.
    licences: str = ""
    is_non_halal: bool = False
    # A card is only made of what is visible, and only verified businesses are.
    verified: bool = True
    eager: bool = False
    # The first picture of a page is the largest thing on a phone's first screen.
    first: bool = False
    stall_tag: str = ""


@dataclass(frozen=True)
class CardPage:
    """A token is "" where there is no page."""

    cards: list[Card]
    next_token: str = ""
    previous_token: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.next_token and not self.previous_token


def make_cards(
    products: ProductQuerySet, *, limit: int | None = None, eager: int = 2
) -> list[Card]:
    """Fetch the products in their order; the first `eager` pictures load at once."""
    rows = _rows(products)
    return _cards(rows if limit is None else rows[:limit], eager)


def card_page(
    products: ProductQuerySet, *, order: Sequence[str], token: str = "", size: int = 24
) -> tuple[list[Card], str]:
    """One page in this order, and the token of the next one ("" on the last)."""
    page = pages_of(products, order=order, token=token, size=size)
    return page.cards, page.next_token


def pages_of(
    products: ProductQuerySet,
    *,
    order: Sequence[str],
    token: str = "",
    before: str = "",
    size: int = 24,
) -> CardPage:
    """The page after `token`, or the one before `before`, in this order."""
    rows = _rows(products, *_extra(order))
    page = keyset_page(rows, order=order, token=token, before=before, size=size)
    return CardPage(_cards(page.rows, 2), page.next_token, page.previous_token)


def cards_of(rows: Iterable[tuple[Any, ...]], *, eager: int = 2) -> list[Card]:
    """Of rows that hold COLUMNS in their order."""
    return _cards((_Row(*row) for row in rows), eager)


def _extra(order: Sequence[str]) -> list[str]:
    names = [name.removeprefix("-") for name in order]
    return [name for name in names if name not in COLUMNS]


def _rows(products: ProductQuerySet, *extra: str) -> Any:
    # Named tuples: a page of model instances costs four times as much to build.
    return products.values_list(*COLUMNS, *extra, named=True)


def _cards(rows: Iterable[Any], eager: int) -> list[Card]:
    today = timezone.localdate()
    cards = [_card(row, is_eager=number < eager, on=today) for number, row in enumerate(rows)]
    if cards and eager:
        cards[0].first = True
    return cards


def without_seller(cards: Sequence[Card]) -> Sequence[Card]:
    """For the seller's own page, where the name is above all cards."""
    for card in cards:
        card.seller = card.kecamatan = ""
    return cards


def _card(row: Any, *, is_eager: bool, on: date) -> Card:
    photo = row.cover_name
    return Card(
        pk=row.pk,
        name=row.name,
        url=f"/produk/{row.slug}-{row.pk}/",
        price=row.price,
        unit=row.unit,
        category=row.category,
        sold_out=row.sold_out,
        published_at=row.published_at,
        business_id=row.business_id,
        seller=row.seller_name,
        seller_slug=row.seller_slug,
        kecamatan=row.kecamatan_name,
        photo_url=photo_url(photo) if photo else "",
        srcset=photo_srcset(photo) if photo else "",
        avif=avif_srcset(photo),
        width=row.cover_width or 400,
        height=row.cover_height or 300,
        colour=row.cover_colour,
        licences=short_labels(row.badges, on=on) if row.badges else "",
        is_non_halal=row.food_mark == FoodMark.NON_HALAL,
        eager=is_eager,
    )
