"""Sheets of goods, and a job that looks at them and writes them."""

from __future__ import annotations

import io
import zipfile

from catalog.actions.product_import import (
    confirm_product_import,
    upload_products,
)
from catalog.models import ProductImport
from catalog.product_import import work_on
from umkm_portal.lib.xlsx import write_rows

HEADERS = ["Nama produk", "Harga", "Kategori", "Satuan", "Keterangan", "Foto"]
TRAY = ["Nampan rotan", "15.000", "Kerajinan", "buah", "Anyaman tangan.", ""]


def zipped(files: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def checked(business, rows, *, headers=HEADERS, photos=None, **more) -> ProductImport:
    """A sheet that a job has looked at."""
    content = rows if isinstance(rows, bytes) else write_rows(headers, rows)
    batch = upload_products(
        business, content, name="produk.xlsx", photos=photos, by=business.owner, via="web", **more
    )
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def written(batch: ProductImport) -> ProductImport:
    confirm_product_import(batch, by=batch.uploaded_by, via="web")
    work_on(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: ProductImport) -> tuple[int, int, int, int]:
    return batch.created, batch.updated, batch.unchanged, batch.refused
