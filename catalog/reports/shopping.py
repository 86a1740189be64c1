"""A shopping list seller by seller: what is there today, what is gone, and the text for each."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from catalog.models import Product
from catalog.models.photo import photo_url
from catalog.orders import OrderLine, order_text, when_of
from catalog.pickups import Pickup, pickups_of
from catalog.shopping import ShoppingList
from umkm_portal.lib.phone import whatsapp_link


@dataclass(frozen=True)
class Row:
    product: Product
    quantity: int

    @property
    def thumb_url(self) -> str:
        name = getattr(self.product, "cover_name", "")
        return photo_url(name) if name else ""

    @property
    def sum(self) -> int:
        return self.product.price * self.quantity


@dataclass
class Seller:
    """What is wanted of one business; `text` and `total` leave out what is sold out."""

    business_id: int
    name: str
    url: str
    phone: str
    code: str
    pickup: Pickup | None
    rows: list[Row] = field(default_factory=list)

    @property
    def orderable(self) -> list[Row]:
        return [row for row in self.rows if not row.product.sold_out]

    @property
    def total(self) -> int:
        return sum(row.sum for row in self.orderable)

    @property
    def text(self) -> str:
        """Empty when nothing of it can be ordered today."""
        lines = [
            OrderLine(row.product.name, row.product.price, row.product.unit, row.quantity)
            for row in self.orderable
        ]
        if not lines:
            return ""
        wanted = [row.product for row in self.orderable]
        when = when_of(wanted, self.pickup, today=timezone.localdate())
        return order_text(self.name, lines, code=self.code, url=self.url, when=when)

    @property
    def whatsapp(self) -> str:
        return whatsapp_link(self.phone, self.text) if self.phone and self.text else ""


@dataclass(frozen=True)
class ShoppingPage:
    sellers: list[Seller]
    gone: list[int]
    """Keys of what nobody can see any more; its name is not told."""


def shopping_page(kept: ShoppingList) -> ShoppingPage:
    """Two queries, none for an empty list; prices are today's."""
    if not kept.rows:
        return ShoppingPage([], [])
    found = Product.objects.visible().filter(pk__in=kept.rows).select_related("business")
    products = {product.pk: product for product in found}
    pickups = pickups_of({product.business_id for product in products.values()})
    sellers: dict[int, Seller] = {}
    for pk, quantity in kept.rows.items():
        if pk in products:
            seller = _seller_of(products[pk], kept, pickups)
            sellers.setdefault(seller.business_id, seller).rows.append(Row(products[pk], quantity))
    return ShoppingPage(list(sellers.values()), [pk for pk in kept.rows if pk not in products])


def _seller_of(product: Product, kept: ShoppingList, pickups: dict[int, Pickup]) -> Seller:
    business = product.business
    return Seller(
        business.pk,
        business.name,
        business.get_absolute_url(),
        business.order_phone,
        f"T{kept.code}",
        pickups.get(business.pk),
    )
