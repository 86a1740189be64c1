"""What the catalogue keeps about one person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import Product
from members.models import User
from members.reports.my_data import Section, when
from umkm_portal.lib.rupiah import rupiah


def sections_of(user: User) -> list[Section]:
    products = Product.objects.filter(business__owner=user).prefetch_related("photos")
    return [
        Section(
            "produk",
            _("Produk"),
            why=_("Untuk katalog publik."),
            kept=_("Sampai Anda hapus atau minta dihapus."),
            columns=[_("Nama"), _("Harga"), _("Status"), _("Foto"), _("Tayang sejak")],
            rows=[
                [
                    p.name,
                    rupiah(p.price),
                    str(p.get_status_display()),
                    str(len(p.photos.all())),
                    when(p.published_at),
                ]
                for p in products.order_by("pk")
            ],
        )
    ]
