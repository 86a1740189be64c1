"""What a shopper reads about one product besides its name and price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.badges import mark_label
from catalog.choices import Allergen, FoodMark
from catalog.models import Product
from catalog.pickups import Pickup, earliest_pickup


@dataclass(frozen=True)
class Food:
    """`mark` are the words to show, `mark_kind` its colour; `allergens` is one sentence."""

    mark: str
    mark_kind: str
    ingredients: str
    allergens: str
    has_allergens: bool
    shelf_life: str


@dataclass(frozen=True)
class Lead:
    """Made to order: `ready` is the first day, `missed` the booth day that comes before it."""

    days: int
    ready: date
    missed: date | None


def food_of(product: Product, *, on: date) -> Food | None:
    """None for what is no food, and for food nobody has said anything about yet."""
    if not product.food_mark and not product.ingredients:
        return None
    certified = product.halal_until is not None and product.halal_until >= on
    is_halal = product.food_mark == FoodMark.HALAL and certified
    return Food(
        mark=mark_label(product.food_mark, product.halal_until, on=on),
        mark_kind="ok" if is_halal else "",
        ingredients=product.ingredients,
        allergens=allergen_sentence(product.allergens, product.other_allergens),
        has_allergens=bool(set(product.allergens) - {Allergen.NONE} or product.other_allergens),
        shelf_life=shelf_life(product.shelf_life_days),
    )


def lead_of(product: Product, pickup: Pickup | None, *, today: date) -> Lead | None:
    if not product.lead_days:
        return None
    ready = earliest_pickup(product, today=today)
    comes_too_early = pickup is not None and pickup.brings(product) and pickup.day < ready
    return Lead(product.lead_days, ready, pickup.day if pickup and comes_too_early else None)


def allergen_sentence(known: list[str], other: str) -> str:
    """ "Telur, susu, wijen"; "" when nothing was said."""
    words = [str(Allergen(code).label) for code in known if code != Allergen.NONE]
    if other:
        words.append(other)
    if not words:
        return _("Tidak ada yang disebut penjual") if known else ""
    return ", ".join(words)


def shelf_life(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("%d hari sejak dibuat", "%d hari sejak dibuat", days) % days
