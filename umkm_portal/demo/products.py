"""The demo's 120 products with their drawn pictures, most of them live, each status once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from catalog.actions.curation import approve_product, return_product, take_down
from catalog.actions.food import FoodFacts, set_food_facts, set_lead_days
from catalog.actions.listing import (
    ProductValues,
    archive_product,
    change_product,
    draft_product,
    set_sold_out,
    submit_product,
)
from catalog.actions.photos import add_photo, set_photo
from catalog.choices import ReturnReason
from catalog.models import Product
from umkm_portal.demo.clock import Timeline
from umkm_portal.demo.people import People, rows
from umkm_portal.demo.photos import Photos

# By the product's place in the list; all others are live.
DRAFTS = {16, 92}
WAITING = {28: 2, 43: 1, 67: 3}
RETURNED = 34
ARCHIVED = 46
TAKEN_DOWN = 52
SOLD_OUT = {11, 58, 70}
CHANGED = 28
"""One of those: live before, until its owner wrote other words; the curator sees both."""

SEVERAL_EVERY = 10
"""Every so many products one has three pictures."""
VIEWS = ("#dekat", "#balik")


def days_ago(place: int) -> int:
    """When a product came: scattered over fifty days, after the last business was approved."""
    if place == CHANGED:
        return 12
    return WAITING.get(place, 3 + (place * 37) % 50)


def names_by_age() -> list[str]:
    """The products' names in the order in which the story needs their pictures."""
    names = [row["product"] for row in rows("demo_products.csv")]
    return sorted(names, key=lambda name: -days_ago(names.index(name)))


def views_by_age() -> list[str]:
    """The pictures of all: of every tenth product three."""
    several = {row["product"] for row in rows("demo_products.csv")[::SEVERAL_EVERY]}
    return [
        name + view
        for name in names_by_age()
        for view in (("", *VIEWS) if name in several else ("",))
    ]


class Products:
    def __init__(self, timeline: Timeline, people: People, photos: Photos) -> None:
        self.timeline = timeline
        self.people = people
        self.photos = photos
        self.food = {row["product"]: row for row in rows("demo_food.csv")}

    def tell(self) -> None:
        order = [row["business"] for row in rows("demo_businesses.csv")]
        for i, row in enumerate(rows("demo_products.csv")):
            days = days_ago(i)
            self.timeline.ago(days, self._offers(i, order.index(row["business"]), row, days))

    def _offers(
        self, i: int, business_at: int, row: dict[str, str], days: int
    ) -> Callable[[], None]:
        def offers() -> None:
            business = self.people.businesses[business_at]
            by: dict[str, Any] = {"by": business.owner, "via": "web"}
            values = ProductValues(
                name=row["product"],
                price=int(row["price_idr"]),
                unit=row["unit"],
                category=row["category"],
                description=row["description"],
            )
            product = draft_product(business, values, **by)
            set_photo(product, self.photos[row["product"]].result(), **by)
            for view in VIEWS if i % SEVERAL_EVERY == 0 else ():
                add_photo(product, self.photos[row["product"] + view].result(), **by)
            self._says_what_is_in_it(product, by)
            if i in DRAFTS:
                return
            submit_product(product, **by)
            if i not in WAITING or i == CHANGED:
                self.timeline.ago(days - 1, lambda: self._decided(i, product), hour=13)

        return offers

    def _says_what_is_in_it(self, product: Product, by: dict[str, Any]) -> None:
        row = self.food.get(product.name)
        if row is None:
            return
        facts = FoodFacts(
            food_mark=row["food_mark"],
            ingredients=row["ingredients"],
            allergens=row["allergens"].split(),
            shelf_life_days=int(row["shelf_life_days"]),
            other_allergens=row["other_allergens"],
        )
        set_food_facts(product, facts, **by)
        set_lead_days(product, int(row["lead_days"]), **by)

    def _changes(self, product: Product, by: dict[str, Any]) -> None:
        values = ProductValues(
            name=product.name,
            price=product.price + 3_000,
            unit=product.unit,
            category=product.category,
            description=f"{product.description} Isi kini 10 persen lebih banyak.",
        )
        change_product(product, values, **by)

    def _decided(self, i: int, product: Product) -> None:
        kurator: dict[str, Any] = {"by": self.people.staff["kurator"], "via": "admin"}
        if i == RETURNED:
            return_product(
                product,
                reasons=[ReturnReason.LABEL],
                note="Lihat contoh label di Bantuan.",
                **kurator,
            )
            return
        approve_product(product, **kurator)
        owner: dict[str, Any] = {"by": product.business.owner, "via": "web"}
        if i in SOLD_OUT:
            set_sold_out(product, sold_out=True, **owner)
        elif i == CHANGED:
            self.timeline.ago(WAITING[i], lambda: self._changes(product, owner))
        elif i == ARCHIVED:
            archive_product(product, **owner)
        elif i == TAKEN_DOWN:
            take_down(product, reasons=[ReturnReason.CLAIM], **kurator)
