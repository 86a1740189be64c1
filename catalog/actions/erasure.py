"""A business is forgotten: its goods and their pictures go for good."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from catalog.actions.product_import import erase_product_imports
from catalog.models import ApprovedLook, Product, ProductPhoto
from catalog.photo_files import remove_unused
from members.models import Business, User
from members.signals import business_erased
from umkm_portal.audit.models import record


@receiver(business_erased)
@transaction.atomic
def erase_products_of(
    sender: object, *, business: Business, by: User | None, via: str, **more: Any
) -> None:
    """Runs in the erasing transaction; a picture other goods also show stays."""
    erase_product_imports(business, by=by, via=via)
    products = Product.objects.select_for_update(of=("self",)).filter(business=business)
    gone = list(products.values_list("pk", flat=True))
    names = list(
        ProductPhoto.objects.filter(product__in=gone).values_list("name", flat=True).distinct()
    )
    for look in ApprovedLook.objects.filter(product__in=gone):
        names += look.photos
    Product.objects.filter(pk__in=gone).delete()
    for name in set(names):
        transaction.on_commit(partial(remove_unused, name))
    record("business.products_erased", business, by=by, via=via, products=len(gone))
