"""Price and stock of one product at once, as a table of many is saved."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product, set_price, set_sold_out
from catalog.choices import ProductStatus
from catalog.models import Product
from members.models import User
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.rupiah import rupiah


@transaction.atomic
def reprice_product(  # noqa: PLR0913  two values, and what both were
    product: Product,
    *,
    price: int | None,
    sold_out: bool | None,
    old_price: int,
    old_sold_out: bool,
    by: User | None,
    via: str,
) -> Product:
    """Set what is given (None leaves it), unless somebody changed that very thing meanwhile.

    `old_price` and `old_sold_out` are what the page showed when it was opened.
    """
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
    if price is not None and product.price not in {old_price, price}:
        raise ActionRefused(
            _("Harga baru saja diubah orang lain menjadi %s. Periksa, lalu simpan lagi.")
            % rupiah(product.price)
        )
    if sold_out is not None and product.sold_out not in {old_sold_out, sold_out}:
        raise ActionRefused(_("Status habis baru saja diubah orang lain. Periksa lagi."))
    if price is not None:
        product = set_price(product, price, by=by, via=via)
    if sold_out is not None:
        product = set_sold_out(product, sold_out=sold_out, by=by, via=via)
    return product
