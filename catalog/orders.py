"""The words a shopper sends to a seller; nothing in them tells who the shopper is."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.models import Product
from members.models import Business
from umkm_portal.lib.rupiah import rupiah


def order_text(product: Product) -> str:
    """At most 700 letters, as WhatsApp shows them; the shopper fills in how many."""
    return _(
        "Halo %(seller)s, saya lihat di portal UMKM Jaksel.\n"
        "Saya mau pesan:\n"
        "• %(product)s (%(price)s per %(unit)s)\n"
        "Jumlah: …\n"
        "Apakah masih ada?\n"
        "Kode P%(code)d, %(url)s"
    ) % {
        "seller": product.business.name,
        "product": product.name,
        "price": rupiah(product.price),
        "unit": product.unit,
        "code": product.pk,
        "url": settings.SITE_URL + product.get_absolute_url(),
    }


def question_text(business: Business) -> str:
    """For a shopper who asks the seller without a product in mind."""
    return _(
        "Halo %(seller)s, saya lihat usaha Anda di portal UMKM Jaksel. Saya mau bertanya: "
    ) % {"seller": business.name}
