"""What a product is found by; every action that changes a word writes it anew."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from catalog.models import Product
from umkm_portal.lib.search_text import search_document


def write_search(product: Product) -> None:
    """Name first, then category, seller and place, then the description (weights A, B, C)."""
    business = product.business
    place = business.kelurahan
    beside = [product.get_category_display(), business.name]
    if place is not None:
        beside += [place.name, place.kecamatan.name]
    name = search_document(product.name)
    around = search_document(" ".join(str(word) for word in beside))
    words = search_document(product.description)
    Product.objects.filter(pk=product.pk).update(
        search_text=f"{name} {around} {words}".strip(),
        search_vector=_vector(name, "A") + _vector(around, "B") + _vector(words, "C"),
    )


def _vector(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(text), weight=weight, config="simple")
