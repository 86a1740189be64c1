"""Paper for the stall: price labels of the goods, and a sign with the way to the storefront."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.badges import mark_label
from catalog.models import Product
from catalog.pickups import pickups_of
from members.models import Business
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.pdf import render_pdf
from umkm_portal.lib.qr import qr_drawing
from umkm_portal.lib.rupiah import rupiah

MOST_LABELS = 200
SMALL, LARGE = "kecil", "a6"
SIZES = {SMALL: 8, LARGE: 4}
"""How many stand on a sheet of A4."""


def price_labels(products: Iterable[Product], *, size: str, on: date) -> bytes:
    """A PDF of A4 sheets to cut; prices are those of the day."""
    return render_pdf(
        "labels",
        {
            "title": _("Label harga"),
            "small": size == SMALL,
            "labels": [_label(product, on) for product in products],
        },
    )


def booth_sign(business: Business) -> bytes:
    """A PDF of A6; it names the booth while the seller has one within a week."""
    pickup = pickups_of([business.pk]).get(business.pk)
    address = settings.SITE_URL + business.get_absolute_url()
    place = business.kelurahan.kecamatan.name if business.kelurahan else ""
    booth = _("%(day)s · lapak %(booth)s")
    return render_pdf(
        "booth_sign",
        {
            "title": _("Papan lapak"),
            "name": business.name,
            "about": f"{business.get_sector_display()}, {place}",
            "pickup": booth % {"day": tanggal(pickup.day), "booth": pickup.booth} if pickup else "",
            "qr": qr_drawing(address),
            "scan": _("Pindai, lihat semua produk kami"),
            "address": address.partition("://")[2].rstrip("/"),
            "portal": "UMKM Jaksel",
        },
    )


def _label(product: Product, on: date) -> dict[str, Any]:
    # A short way to the page, so that the squares of the code stay large; it leads on by itself.
    address = f"{settings.SITE_URL}/produk/p-{product.pk}/"
    return {
        "name": product.name,
        "price": rupiah(product.price),
        "unit": _("per %s") % product.unit,
        "seller": product.seller_name,
        "place": product.kecamatan_name,
        "marks": mark_label(product.food_mark, product.halal_until, on=on),
        "qr": qr_drawing(address),
        "code": f"P{product.pk}",
        "scan": _("Pindai untuk memesan"),
    }
