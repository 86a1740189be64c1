"""One row of a sheet of goods: which product it speaks of, what it changes, and writing that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.food import FoodFacts, set_food_facts, set_lead_days
from catalog.actions.listing import (
    MOST_PRODUCTS,
    ProductValues,
    change_product,
    draft_product,
    set_sold_out,
    submit_product,
)
from catalog.actions.photos import set_photo
from catalog.actions.product_import import note_written
from catalog.actions.shop_link import set_shop_link
from catalog.badges import may_claim_halal
from catalog.choices import Category, FoodMark, ProductStatus
from catalog.models import Product, ProductImport
from catalog.product_sheet import BY_KEY, COLUMNS, FOOD, REQUIRED, WORDS, cell_of, shows
from members.models import Business
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.images import encode_photo, inspect_photo
from umkm_portal.lib.picture_zip import PictureZip
from umkm_portal.lib.rupiah import rupiah
from umkm_portal.lib.uploads import ImageRefused


class RowRefused(ValueError):
    """This row cannot be imported; the message is for the user."""


@dataclass
class Row:
    """`values` are the cells that change something; `photos` the new ones with their place."""

    line: int
    product: Product | None
    values: dict[str, Any] = field(default_factory=dict)
    photos: list[tuple[int, str]] = field(default_factory=list)

    @property
    def changes_something(self) -> bool:
        return self.product is None or bool(self.values or self.photos)

    @property
    def name(self) -> str:
        return str(self.values.get("name") or (self.product.name if self.product else ""))

    def said(self) -> str:
        """What would change, in a few words."""
        if self.product is None:
            return _("produk baru")
        words = [str(BY_KEY[key].header).lower() for key in self.values if key != "price"]
        if "price" in self.values:
            words.insert(0, f"{rupiah(self.product.price)} → {rupiah(self.values['price'])}")
        return ", ".join([*words, *([_("foto")] if self.photos else [])])


class Known:
    """What the business has already, and what earlier rows of the same sheet said."""

    def __init__(self, business: Business, pictures: PictureZip | None) -> None:
        self.business, self.pictures = business, pictures
        products = Product.objects.of(business).prefetch_related("photos").order_by("pk")
        self.by_pk = {product.pk: product for product in products}
        self.by_name: dict[str, list[Product]] = {}
        for product in self.by_pk.values():
            self.by_name.setdefault(_plain(product.name), []).append(product)
        self.room = MOST_PRODUCTS - len(self.by_pk)
        self.may_claim_halal = may_claim_halal(business, on=timezone.localdate())
        self.lines: dict[int | str, int] = {}

    def find(self, cells: Mapping[str, str]) -> Product | None:
        """The product a row speaks of, by its number or else its name. Raises RowRefused."""
        try:
            number = BY_KEY["number"].clean(cells.get("number", ""))
        except ValueError as error:
            raise RowRefused(_said("number", error)) from error
        if number is not None:
            product = self.by_pk.get(number)
            if product is None:
                raise RowRefused(
                    _("P%d tidak ada di usaha ini. Kosongkan nomornya untuk produk baru.") % number
                )
            return product
        same = self.by_name.get(_plain(cells.get("name", "")), [])
        if len(same) > 1:
            raise RowRefused(_("Ada %d produk dengan nama ini. Tulis nomor produknya.") % len(same))
        return same[0] if same else None

    def note(self, line: int, key: int | str) -> None:
        """Raises RowRefused when an earlier row spoke of the same product."""
        before = self.lines.setdefault(key, line)
        if before != line:
            raise RowRefused(_("Produk ini sudah ada di baris %d.") % before)


def read_row(line: int, cells: Mapping[str, str], known: Known) -> Row:
    """Find what the row changes. Raises RowRefused with everything that is wrong with it."""
    product = known.find(cells)
    row = Row(line, product)
    problems = [*_read_cells(row, cells), *_read_photos(row, cells, known.pictures)]
    if product is None:
        missing = [key for key in REQUIRED if not cells.get(key, "").strip()]
        problems += [_said(key, _("belum diisi.")) for key in missing]
    if not problems:
        problems += _problems_of(row, known)
    if problems:
        raise RowRefused(" ".join(problems))
    known.note(line, product.pk if product else _plain(row.name))
    if product is None:
        known.room -= 1
        if known.room < 0:
            raise RowRefused(_("Paling banyak %d produk untuk satu usaha.") % MOST_PRODUCTS)
    return row


def write_row(row: Row, batch: ProductImport, pictures: PictureZip | None) -> Product:
    """Write a checked row as a whole. Raises ActionRefused or ImageRefused with a sentence."""
    by, via = batch.uploaded_by, "impor"
    # Before the transaction: this takes most of the time, and holds nobody up.
    photos = [(place, encode_photo(_picture(pictures, name))) for place, name in row.photos]
    before = _before(row)
    with transaction.atomic():
        product = _write_words(row, batch)
        if "sold_out" in row.values:
            product = set_sold_out(product, sold_out=row.values["sold_out"], by=by, via=via)
        if "lead_days" in row.values:
            product = set_lead_days(product, row.values["lead_days"], by=by, via=via)
        if "shop_url" in row.values:
            product = set_shop_link(product, row.values["shop_url"], by=by, via=via)
        if facts := _facts(row):
            product = set_food_facts(product, facts, by=by, via=via)
        for place, photo in photos:
            product = set_photo(product, photo, by=by, via=via, position=place)
        note_written(batch, row.line, product, before)
        return _send(product, row, batch)


def _before(row: Row) -> dict[str, Any] | None:
    """What the cells that change said, for taking the sheet back; None for new goods."""
    if row.product is None:
        return None
    found = {key: getattr(row.product, key) for key in row.values}
    if "category" in found:
        # Other than a dish has no mark: a new category takes it away.
        found["food_mark"] = row.product.food_mark
    return found | ({"photos": True} if row.photos else {})


def _write_words(row: Row, batch: ProductImport) -> Product:
    by, via = batch.uploaded_by, "impor"
    if row.product is None:
        values = ProductValues(**{key: row.values.get(key, "") for key in WORDS})
        # A job that died and began again finds what it drafted.
        key = f"impor-{batch.pk}-{row.line}"
        return draft_product(batch.business, values, by=by, via=via, key=key)
    if not any(key in row.values for key in WORDS):
        return row.product
    now = {key: getattr(row.product, key) for key in WORDS}
    values = ProductValues(**{key: row.values.get(key, now[key]) for key in WORDS})
    return change_product(row.product, values, by=by, via=via)


def _send(product: Product, row: Row, batch: ProductImport) -> Product:
    """New goods go to the curator when they are ready; what is not stays a draft, and says why."""
    if row.product is not None or not batch.submits or product.status != ProductStatus.DRAFT:
        return product
    try:
        return submit_product(product, by=batch.uploaded_by, via="impor")
    except ActionRefused:
        return product


def _read_cells(row: Row, cells: Mapping[str, str]) -> Iterable[str]:
    for column in COLUMNS:
        text = cells.get(column.key, "").strip()
        if not text or column.key in {"number", "photos"}:
            continue
        if row.product is not None and text == cell_of(row.product, column.key).strip():
            continue
        try:
            value = column.clean(text)
        except ValueError as error:
            yield _said(column.key, error)
            continue
        before = getattr(row.product, column.key) if row.product else None
        if value is not None and value != before:
            row.values[column.key] = value


def _read_photos(row: Row, cells: Mapping[str, str], pictures: PictureZip | None) -> Iterable[str]:
    try:
        names = BY_KEY["photos"].clean(cells.get("photos", "")) or []
    except ValueError as error:
        yield _said("photos", error)
        return
    for place, name in enumerate(names):
        if row.product is not None and shows(row.product, name):
            continue
        try:
            inspect_photo(_picture(pictures, name))
        except ImageRefused as refusal:
            yield str(refusal)
        else:
            row.photos.append((place, name))


def _picture(pictures: PictureZip | None, name: str) -> File[bytes]:
    if pictures is None:
        raise ImageRefused(_("Foto %s belum dikirim. Kirim juga ZIP atau berkas fotonya.") % name)
    return pictures.open(name)


def _problems_of(row: Row, known: Known) -> Iterable[str]:
    if row.product and row.product.status == ProductStatus.TAKEN_DOWN and row.changes_something:
        yield _("Produk yang diturunkan tidak bisa diubah. Hubungi kurator.")
    if not _says_food(row):
        return
    if _now(row, "category") != Category.KULINER:
        yield _("Bahan, alergen, masa simpan, dan halal hanya untuk produk kuliner.")
    elif not all(_now(row, key) for key in FOOD):
        yield _("Isi Bahan, Alergen, Masa simpan, dan Halal semuanya, atau kosongkan semuanya.")
    elif row.values.get("food_mark") == FoodMark.HALAL and not known.may_claim_halal:
        yield _("Sertifikat halal usaha Anda belum disahkan. Unggah dulu di Berkas usaha.")


def _says_food(row: Row) -> bool:
    return any(key in row.values for key in (*FOOD, "other_allergens"))


def _facts(row: Row) -> FoodFacts | None:
    if not _says_food(row):
        return None
    return FoodFacts(
        food_mark=_now(row, "food_mark"),
        ingredients=_now(row, "ingredients"),
        allergens=_now(row, "allergens"),
        shelf_life_days=_now(row, "shelf_life_days"),
        other_allergens=_now(row, "other_allergens") or "",
    )


def _now(row: Row, key: str) -> Any:
    """The value the product will have."""
    return row.values.get(key, getattr(row.product, key) if row.product else None)


def _said(key: str, what: object) -> str:
    return f"{BY_KEY[key].header}: {what}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
