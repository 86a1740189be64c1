"""What a curator approved is kept, so that the next one sees what became different."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone

from catalog.models import ApprovedLook, Product
from catalog.models.photo import stem_of
from catalog.photo_files import remove_unused

LOOKED_AT = (
    "name",
    "category",
    "description",
    "price",
    "unit",
    "food_mark",
    "ingredients",
    "allergens",
    "other_allergens",
    "shelf_life_days",
)


def facts_of(product: Product) -> dict[str, object]:
    return {field: getattr(product, field) for field in LOOKED_AT}


def pictures_of(product: Product) -> list[str]:
    """By place; the name under which the files surely are there."""
    names = product.photos.order_by("position").values_list("name", flat=True)
    return [f"{stem_of(name)}.webp" for name in names]


def keep_look(product: Product) -> ApprovedLook:
    """Part of an approval and of its transaction; pictures only the old look had may go."""
    old = ApprovedLook.objects.filter(product=product).first()
    look, _made = ApprovedLook.objects.update_or_create(
        product=product,
        defaults={
            "approved_at": product.decided_at or timezone.now(),
            "facts": facts_of(product),
            "photos": pictures_of(product),
        },
    )
    for name in set(old.photos if old else []) - set(look.photos):
        transaction.on_commit(partial(remove_unused, name))
    return look
