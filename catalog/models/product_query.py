"""Which products: chainable questions, each an adjective."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Round

from catalog.choices import Category, FoodMark, ProductStatus
from members.choices import ConsentPurpose
from members.models import Business, Consent, Kecamatan, User
from umkm_portal.lib.search_text import search_query, word_query

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


class _Raw(SearchQuery):
    """Lexemes as they stand; to_tsquery would read them again and lose the days' marks."""

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="raw")
        self.text = query

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return "%s::tsquery", [self.text]


def _raw(query: str) -> SearchQuery:
    return _Raw(query)


def _rank(query: str) -> Combinable:
    """From 0 up; description (C) and kind (D) count little beside the name (A)."""
    rank = SearchRank(F("search_vector"), _raw(query), weights=[0.15, 0.1, 0.4, 1.0])
    return Cast(Round(rank * 10_000), output_field=models.IntegerField())


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

    def in_kecamatan(self, *slugs: str) -> Self:
        return self.filter(kecamatan__in=Kecamatan.objects.filter(slug__in=slugs))

    def priced(self, lowest: int | None = None, highest: int | None = None) -> Self:
        """Whole rupiah, both ends inclusive; None leaves an end open."""
        found = self if lowest is None else self.filter(price__gte=lowest)
        return found if highest is None else found.filter(price__lte=highest)

    def marked(self, *, any_of: int = 0, all_of: int = 0) -> Self:
        """By bits of `Mark`; 0 asks for nothing."""
        found = self
        if any_of:
            found = found.alias(some=F("marks").bitand(any_of)).exclude(some=0)
        if all_of:
            found = found.alias(each=F("marks").bitand(all_of)).filter(each=all_of)
        return found

    def available(self) -> Self:
        return self.filter(sold_out=False)

    def of(self, business: Business) -> Self:
        return self.filter(business=business)

    def search(self, text: str, *, days: str = "") -> Self:
        """Every needed word in some form: its root, its sound, another name or spelling of it.

        `days` is a tsquery over days of publication, as `catalog.reports.commonness` makes it.
        """
        return self.matching(search_query(text), days=days)

    def with_common_words(self, text: str) -> Self:
        """As `search`, for words of so many products that walking them in order is cheaper."""
        query = search_query(text)
        return self.filter(search_vector=_raw(query)) if query else self.none()

    def matching(self, query: str, *, days: str = "") -> Self:
        """Those of a raw tsquery; none for the empty one."""
        if not query:
            return self.none()
        whole = f"({query}) & ({days})" if days else query
        # Said again of the words alone: cheaper to check where another index is walked.
        return self.alias(search_key=SEARCH_KEY).filter(
            search_key=_raw(whole), search_vector=_raw(query)
        )

    def with_relevance(self, text: str) -> Self:
        """Adds `relevance`, a whole number: all words in the name first, then where they stand."""
        in_name = When(search_vector=_raw(search_query(text, weight="A")), then=Value(1_000_000))
        met = Case(in_name, default=Value(0), output_field=models.IntegerField())
        return self.annotate(relevance=met + _rank(search_query(text)))

    def with_words_met(self, worth: Mapping[str, int]) -> Self:
        """Adds `relevance`: what each word met is worth, thrice that in the name."""
        score: Combinable = Value(0)
        for word, points in worth.items():
            in_name = When(search_vector=_raw(word_query(word, weight="A")), then=points * 3)
            met = When(search_vector=_raw(word_query(word)), then=points)
            score += Case(in_name, met, default=0, output_field=models.IntegerField())
        return self.annotate(relevance=score)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")
