"""What a sheet of goods asks, column by column: the one table behind template, import, export.

A blank cell means "leave as it is", and a cell that says what the portal's own export says changes
nothing, so an export imports again without a change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.choices import UNITS, Allergen, Category, FoodMark
from catalog.models import Product
from catalog.models.photo import MOST_PHOTOS, stem_of
from catalog.models.product import MOST_LEAD_DAYS, MOST_SHELF_DAYS
from members.member_cells import read_yes_no
from members.member_sheet import Column
from umkm_portal.lib.marketplaces import parse_shop_link
from umkm_portal.lib.rupiah import parse_rupiah
from umkm_portal.lib.validators import ascii_digits, clean_name, clean_text

MOST_PRICE = 1_000_000_000
REQUIRED = ("name", "price", "category", "unit")
"""What a product the portal does not know yet has to say."""
WORDS = (*REQUIRED, "description")
FOOD = ("ingredients", "allergens", "shelf_life_days", "food_mark")
_OURS = re.compile(r"P(\d+)-\d-([0-9a-f]{12})\.(?:webp|avif)", re.IGNORECASE)
_POINT_ZERO = re.compile(r"(\d+)\.0{1,2}")


def _read_number(text: str) -> int:
    digits = re.fullmatch(r"[Pp]?\s?(\d{1,18})", ascii_digits(text))
    if not digits:
        raise ValueError(_("Tulis nomor seperti di ekspor, contoh P123, atau kosongkan."))
    return int(digits[1])


def _read_price(text: str) -> int:
    """Also what other programs write for a whole number: "15000.0"."""
    whole = _POINT_ZERO.fullmatch(text.strip())
    price = parse_rupiah(whole[1] if whole else text)
    if price == 0:
        raise ValueError(_("Harga harus lebih dari Rp0."))
    if price > MOST_PRICE:
        raise ValueError(_("Harga terlalu besar. Periksa jumlah nol."))
    return price


def _days(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        found = re.fullmatch(r"(\d{1,6})(?:\.0+)?(?: hari)?", ascii_digits(text).lower())
        if not found or not least <= int(found[1]) <= most:
            raise ValueError(
                _("Tulis jumlah hari, %(least)d sampai %(most)d.") % {"least": least, "most": most}
            )
        return int(found[1])

    return read


def _one_of(choices: Iterable[tuple[Any, Any]]) -> Callable[[str], str]:
    """A choice by its word or its value, however it is capitalised."""
    known = {
        word.casefold(): str(value) for value, label in choices for word in (str(value), str(label))
    }

    def read(text: str) -> str:
        value = known.get(" ".join(text.casefold().split()))
        if value is None:
            words = ", ".join(str(label) for _value, label in choices)
            raise ValueError(_("Pilih salah satu: %s.") % words)
        return value

    return read


def _read_allergens(text: str) -> list[str]:
    """Several with ";" between them, for their names hold commas."""
    read = _one_of(Allergen.choices)
    named = [read(part) for part in text.split(";") if part.strip()]
    found = [str(each) for each in Allergen.values if each in named]
    if str(Allergen.NONE) in found and len(found) > 1:
        raise ValueError(_('Tulis "Tidak ada dari daftar ini" saja, atau alergennya saja.'))
    return found


def _read_photos(text: str) -> list[str]:
    names = [" ".join(part.split()) for part in text.split(";") if part.strip()]
    if len(names) > MOST_PHOTOS:
        raise ValueError(_("Paling banyak %d foto untuk satu produk.") % MOST_PHOTOS)
    if any(len(name) > 120 or "/" in name or "\\" in name for name in names):
        raise ValueError(_("Tulis nama berkas fotonya saja, contoh keripik.jpg."))
    return names


def _words(most: int) -> Callable[[str], str]:
    return lambda text: clean_text(text, most)


def _line(most: int) -> Callable[[str], str]:
    return lambda text: clean_name(text, most)


COLUMNS = (
    Column(
        "number",
        gettext_lazy("Nomor produk"),
        _read_number,
        gettext_lazy("Nomor di portal. Kosongkan untuk produk baru."),
        "",
    ),
    Column(
        "name",
        gettext_lazy("Nama produk"),
        _line(120),
        gettext_lazy("Jenis dan ukurannya. Nama yang sudah ada berarti produk itu diubah."),
        "Keripik singkong 200 g",
    ),
    Column(
        "price",
        gettext_lazy("Harga"),
        _read_price,
        gettext_lazy("Rupiah: 15000, 15.000, Rp15.000, atau 15rb."),
        "15.000",
    ),
    Column(
        "category",
        gettext_lazy("Kategori"),
        _one_of(Category.choices),
        gettext_lazy("Kuliner, Fashion, atau Kerajinan."),
        "Kuliner",
    ),
    Column(
        "unit",
        gettext_lazy("Satuan"),
        _line(20),
        gettext_lazy("Pilih dari daftar atau tulis sendiri, paling banyak 20 huruf."),
        UNITS[1],
    ),
    Column(
        "description",
        gettext_lazy("Keterangan"),
        _words(2000),
        gettext_lazy("Isi, ukuran, cara simpan. Paling banyak 2.000 huruf."),
        "Renyah, dari singkong Ciganjur.",
    ),
    Column(
        "photos",
        gettext_lazy("Foto"),
        _read_photos,
        gettext_lazy("Nama berkas di ZIP foto, yang utama dulu, dengan titik koma di antaranya."),
        "keripik-1.jpg; keripik-2.jpg",
    ),
    Column(
        "sold_out",
        gettext_lazy("Habis"),
        read_yes_no,
        gettext_lazy("ya atau tidak."),
        "tidak",
    ),
    Column(
        "lead_days",
        gettext_lazy("Lama pesan (hari)"),
        _days(0, MOST_LEAD_DAYS),
        gettext_lazy("0 bila selalu siap, 3 untuk PO 3 hari."),
        "0",
    ),
    Column(
        "shop_url",
        gettext_lazy("Tautan marketplace"),
        parse_shop_link,
        gettext_lazy("Alamat halaman produk ini di Tokopedia, Shopee, dan lain-lain."),
        "",
    ),
    Column(
        "ingredients",
        gettext_lazy("Bahan"),
        _words(1000),
        gettext_lazy("Kuliner: semua bahan, yang terbanyak dulu."),
        "Singkong, minyak, garam",
    ),
    Column(
        "allergens",
        gettext_lazy("Alergen"),
        _read_allergens,
        gettext_lazy("Kuliner: dari lembar Pilihan, dengan titik koma di antaranya."),
        "Kedelai; Susu",
    ),
    Column(
        "other_allergens",
        gettext_lazy("Alergen lain"),
        _line(120),
        gettext_lazy("Kuliner: yang tidak ada di daftar."),
        "",
    ),
    Column(
        "shelf_life_days",
        gettext_lazy("Masa simpan (hari)"),
        _days(1, MOST_SHELF_DAYS),
        gettext_lazy("Kuliner: sejak dibuat."),
        "90",
    ),
    Column(
        "food_mark",
        gettext_lazy("Halal"),
        _one_of(FoodMark.choices),
        gettext_lazy("Kuliner: Halal hanya bila sertifikat usaha sudah disahkan di Berkas."),
        "Belum bersertifikat halal",
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


def cell_of(product: Product, key: str) -> str:
    """What the export says in this column; needs `photos` prefetched."""
    if key == "number":
        return f"P{product.pk}"
    if key == "photos":
        return "; ".join(photo_names(product))
    if key == "allergens":
        return "; ".join(str(Allergen(value).label) for value in product.allergens)
    if key == "sold_out":
        return _("ya") if product.sold_out else _("tidak")
    if key in {"category", "food_mark"}:
        return str(getattr(product, f"get_{key}_display")())
    value = getattr(product, key)
    return "" if value is None else str(value)


def photo_names(product: Product) -> list[str]:
    """File names for the pictures a product shows, each telling which picture it is."""
    return [
        f"P{product.pk}-{place}-{_mark(photo.name)}.webp"
        for place, photo in enumerate(product.photos.all(), 1)
    ]


def shows(product: Product, name: str) -> bool:
    """Whether this name is one of `photo_names`, and the product still shows that picture."""
    ours = _OURS.fullmatch(name)
    if not ours or int(ours[1]) != product.pk:
        return False
    return any(_mark(photo.name) == ours[2].lower() for photo in product.photos.all())


def _mark(name: str) -> str:
    return stem_of(name).rpartition("/")[2][:12]
