"""Where else a product is sold: Jumat Beli Lokal orders were paid on a marketplace."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product
from catalog.choices import ProductStatus
from catalog.models import Product
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.marketplaces import shop_name


@transaction.atomic
def set_shop_link(product: Product, link: str, *, by: User | None, via: str) -> Product:
    """The link as `parse_shop_link` gave it, or "" for none; no curator is asked."""
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
    if link and not shop_name(link):
        raise ActionRefused(_("Tautan ini bukan dari marketplace yang dikenal."))
    if product.shop_url != link:
        before, product.shop_url, product.updated_at = product.shop_url, link, timezone.now()
        product.save(update_fields=["shop_url", "updated_at"])
        record("product.shop_linked", product, by=by, via=via, before=before, link=link)
    return product
