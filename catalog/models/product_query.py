"""Which products: chainable questions, each an adjective."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from catalog.choices import Category, FoodMark, ProductStatus
from members.choices import ConsentPurpose
from members.models import Business, Consent, User

if TYPE_CHECKING:
    from catalog.models.product import Product  # noqa: F401  in the class's own type

LIVE = Q(status=ProductStatus.LIVE)
PUBLIC = Q(is_public=True)
# What the index over words is made of: the words and the day they came out.
SEARCH_KEY = Func(
    F("search_vector"),
    F("published_at"),
    function="catalog_search_key",
    output_field=SearchVectorField(),
)


def not_withdrawn(*, owner: str) -> Q:
    """UU 27/2022 art. 40: who took back the consent to be in the catalogue is in it no more."""
    mine = Consent.objects.filter(user=OuterRef(owner), purpose=ConsentPurpose.CATALOGUE)
    return ~Q(Exists(mine.exclude(withdrawn_at=None))) | Q(Exists(mine.standing()))


class ProductQuerySet(models.QuerySet["Product"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def visible(self) -> Self:
        """Approved by a curator, of a verified business; dues never decide it."""
        return self.filter(PUBLIC)

    def waiting(self) -> Self:
        return self.filter(status=ProductStatus.WAITING).order_by("submitted_at", "pk")

    def lacking_halal(self, *, on: date) -> Self:
        """As `Product.lacks_halal`."""
        food = self.in_category(Category.KULINER).exclude(food_mark=FoodMark.NON_HALAL)
        return food.filter(Q(halal_until=None) | Q(halal_until__lt=on))

    def in_category(self, category: str) -> Self:
        return self.filter(category=category)

    def available(self) -> Self:
        return self.filter(sold_out=False)

    def of(self, business: Business) -> Self:
        return self.filter(business=business)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")
