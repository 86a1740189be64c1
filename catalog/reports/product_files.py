"""The template of goods to fill, and a business's goods as a file of the same columns."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from tempfile import TemporaryFile

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from catalog.choices import UNITS, Allergen, Category, FoodMark
from catalog.models import Product, ProductPhoto
from catalog.models.photo import WIDTHS, photo_path
from catalog.product_sheet import COLUMNS, REQUIRED, cell_of, photo_names
from members.member_sheet import Column
from members.models import Business
from umkm_portal.lib.xlsx import write_sheets

CHUNK = 200


def template() -> bytes:
    """Return an empty XLSX of the importer's own columns, with choices and a sheet of guidance."""
    return write_sheets(
        {
            _("Produk"): ([_header(column) for column in COLUMNS], []),
            _("Penjelasan"): (
                [_("Kolom"), _("Wajib?"), _("Cara mengisi"), _("Contoh")],
                [*_explained(), *_rules()],
            ),
            _("Pilihan"): (
                [_("Alergen"), _("Satuan"), _("Halal")],
                _columns_of_words(Allergen.labels, UNITS, FoodMark.labels),
            ),
        },
        choices={_("Produk"): _choices()},
    )


def export(business: Business) -> bytes:
    """Return all goods as text cells; imported again it changes nothing."""
    return write_sheets(
        {_("Produk"): ([_header(column) for column in COLUMNS], _lines(business))},
        choices={_("Produk"): _choices()},
    )


def export_photos(business: Business) -> Iterator[bytes]:
    """Yield a ZIP of every picture under the name the export gives it."""
    with TemporaryFile() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for product in _products(business):
                for name, photo in zip(photo_names(product), product.photos.all(), strict=True):
                    _pack(archive, name, photo)
        packed.seek(0)
        while chunk := packed.read(2**16):
            yield chunk


def _pack(archive: zipfile.ZipFile, name: str, photo: ProductPhoto) -> None:
    """A file that is not there any more is left out; the sheet still names it."""
    try:
        with default_storage.open(photo_path(photo.name, max(WIDTHS)), "rb") as file:
            archive.writestr(name, file.read())
    except FileNotFoundError:
        return


def _products(business: Business) -> Iterator[Product]:
    products = Product.objects.of(business).prefetch_related("photos").order_by("pk")
    return products.iterator(chunk_size=CHUNK)


def _lines(business: Business) -> Iterator[list[str]]:
    for product in _products(business):
        yield [cell_of(product, column.key) for column in COLUMNS]


def _header(column: Column) -> str:
    return f"{column.header} *" if column.key in REQUIRED else str(column.header)


def _choices() -> dict[int, list[str]]:
    """By column the words its cells offer; others than units are refused by Excel itself too."""
    words = {
        "category": [str(label) for label in Category.labels],
        "unit": list(UNITS),
        "sold_out": [_("ya"), _("tidak")],
        "food_mark": [str(label) for label in FoodMark.labels],
    }
    return {place: words[column.key] for place, column in enumerate(COLUMNS) if column.key in words}


def _explained() -> list[tuple[str, ...]]:
    needed, free = _("wajib untuk produk baru"), _("boleh kosong")
    return [
        (
            str(column.header),
            needed if column.key in REQUIRED else free,
            str(column.help),
            column.example,
        )
        for column in COLUMNS
    ]


def _rules() -> list[tuple[str]]:
    return [
        ("",),
        (_("Satu baris satu produk, paling banyak 300 baris. Isian kosong berarti tidak diubah."),),
        (_("Baris yang benar masuk. Baris yang salah bisa diunduh, diperbaiki, dikirim lagi."),),
        (_("Berkas yang sama dua kali tidak menambah apa pun."),),
        (_("Harga dan Habis langsung berubah. Nama, foto, keterangan diperiksa kurator dulu."),),
        (_("Foto dikirim bersama berkas ini: satu ZIP, atau beberapa berkas foto sekaligus."),),
    ]


def _columns_of_words(*columns: object) -> list[list[str]]:
    lists = [[str(word) for word in column] for column in columns]  # type: ignore[attr-defined]
    longest = max(map(len, lists))
    return [
        [words[place] if place < len(words) else "" for words in lists] for place in range(longest)
    ]
