"""What the catalogue keeps about one person."""

from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.models import Complaint, Product, ProductImport
from catalog.reports.facts import allergen_sentence, shelf_life
from members.models import User
from members.reports.my_data import MOST_ROWS, Section, when
from umkm_portal.lib.rupiah import rupiah


def sections_of(user: User) -> list[Section]:
    products = Product.objects.filter(business__owner=user).prefetch_related("photos")
    return [
        Section(
            "produk",
            _("Produk"),
            why=_("Untuk katalog publik."),
            kept=_("Sampai Anda hapus atau minta dihapus."),
            columns=[
                _("Nama"),
                _("Harga"),
                _("Status"),
                _("Foto"),
                _("Tayang sejak"),
                _("Keterangan pangan"),
            ],
            rows=[
                [
                    p.name,
                    rupiah(p.price),
                    str(p.get_status_display()),
                    str(len(p.photos.all())),
                    when(p.published_at),
                    _food(p),
                ]
                for p in products.order_by("pk")
            ],
        ),
        _complaints(user),
        _imports(user),
    ]


def _food(product: Product) -> str:
    if not product.food_mark:
        return ""
    said = [product.ingredients, allergen_sentence(product.allergens, product.other_allergens)]
    return "; ".join([*said, shelf_life(product.shelf_life_days)])


def _complaints(user: User) -> Section:
    """Without the words of whoever reported: they may tell who it was."""
    filed = Complaint.objects.filter(product__business__owner=user).select_related("product")
    return Section(
        "laporan-produk",
        _("Laporan pembeli tentang produk Anda"),
        why=_("Untuk diperiksa kurator."),
        kept=_("Satu tahun setelah diputuskan."),
        columns=[_("Produk"), _("Alasan"), _("Dilaporkan"), _("Status")],
        rows=[
            [
                c.product.name,
                str(c.get_reason_display()),
                when(c.filed_at),
                str(c.get_status_display()),
            ]
            for c in filed.order_by("pk")[:MOST_ROWS]
        ],
    )


def _imports(user: User) -> Section:
    sheets = ProductImport.objects.filter(business__owner=user)
    return Section(
        "impor-produk",
        _("Impor produk"),
        why=_("Untuk memasukkan banyak produk sekaligus."),
        kept=_("Berkasnya satu hari, catatannya satu tahun."),
        columns=[_("Berkas"), _("Dikirim"), _("Keadaan"), _("Baru"), _("Diubah")],
        rows=[
            [
                sheet.file_name,
                when(sheet.uploaded_at),
                str(sheet.get_state_display()),
                str(sheet.created),
                str(sheet.updated),
            ]
            for sheet in sheets.order_by("pk")[:MOST_ROWS]
        ],
    )
