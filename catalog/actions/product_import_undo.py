"""Taking a sheet of goods back within a day: what it made goes, what it changed is as before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.food import FoodFacts, set_food_facts, set_lead_days
from catalog.actions.listing import ProductValues, change_product, lock_product, set_sold_out
from catalog.actions.shop_link import set_shop_link
from catalog.choices import Category, ProductStatus
from catalog.models import Product, ProductImport
from catalog.photo_files import remove_unused
from members.actions.sheet_work import drop_files, lock_sheet
from members.choices import ImportState
from members.models import User
from umkm_portal.audit.models import AuditEntry, record
from umkm_portal.lib.errors import ActionRefused

UNDO_WITHIN = timedelta(days=1)
WORDS = ("name", "price", "unit", "category", "description")
FOOD = ("food_mark", "ingredients", "allergens", "shelf_life_days", "other_allergens")
NEVER_SEEN = (ProductStatus.DRAFT, ProductStatus.WAITING)


def may_undo(batch: ProductImport, *, at: datetime) -> bool:
    if batch.state != ImportState.DONE or batch.finished_at is None:
        return False
    return bool(batch.written) and at - batch.finished_at < UNDO_WITHIN


@transaction.atomic
def undo_product_import(batch: ProductImport, *, by: User, via: str) -> ProductImport:
    """`problems` then names what stays and why: somebody went on with it, or a photo is gone."""
    batch = lock_sheet(batch)
    if batch.state == ImportState.UNDONE:
        return batch
    if not may_undo(batch, at=timezone.now()):
        raise ActionRefused(_("Impor hanya bisa ditarik kembali dalam satu hari setelah selesai."))
    if ProductImport.objects.at_work().filter(business=batch.business).exists():
        raise ActionRefused(_("Impor lain masih dikerjakan. Tunggu sampai selesai."))
    kept: list[list[Any]] = []
    touched = _touched(batch)
    for line, pk, before in batch.written:
        product = Product.objects.filter(pk=pk, business=batch.business).first()
        if product is None:
            continue
        try:
            with transaction.atomic():
                _take_back(product, before, is_touched=pk in touched, by=by, via=via)
        except ActionRefused as refusal:
            kept.append([line, f"{product.name}: {refusal}"])
            continue
        if before and "photos" in before:
            kept.append([line, _("%s: foto barunya tetap dipakai.") % product.name])
    batch.state = ImportState.UNDONE
    batch.problems, batch.refused = kept, len(kept)
    drop_files(batch, batch.FILES)
    batch.save(update_fields=["state", "problems", "refused", *batch.FILES])
    back = len(batch.written) - len(kept)
    record("product_import.undone", batch, by=by, via=via, taken_back=back, kept=len(kept))
    return batch


def _touched(batch: ProductImport) -> set[int]:
    """Goods that have a line in the trail since."""
    entries = AuditEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Product),
        object_id__in=[pk for _line, pk, _before in batch.written],
        at__gt=batch.finished_at,
    )
    return set(entries.order_by().values_list("object_id", flat=True))


def _take_back(
    product: Product, before: Mapping[str, Any] | None, *, is_touched: bool, by: User, via: str
) -> None:
    product = lock_product(product)
    if is_touched:
        raise ActionRefused(_("sudah diubah atau diputuskan setelah impor."))
    if before is None:
        _remove(product, by=by, via=via)
    else:
        _restore(product, before, by=by, via=via)


def _remove(product: Product, *, by: User, via: str) -> None:
    if product.status not in NEVER_SEEN:
        raise ActionRefused(_("sudah dilihat kurator."))
    names = list(product.photos.values_list("name", flat=True))
    record("product.taken_back", product, by=by, via=via, name=product.name)
    product.delete()
    for name in names:
        transaction.on_commit(partial(remove_unused, name))


def _restore(product: Product, before: Mapping[str, Any], *, by: User, via: str) -> Product:
    if any(key in before for key in WORDS):
        values = {key: before.get(key, getattr(product, key)) for key in WORDS}
        product = change_product(product, ProductValues(**values), by=by, via=via)
    if any(key in before for key in FOOD) and product.category == Category.KULINER:
        values = {key: before.get(key, getattr(product, key)) for key in FOOD}
        product = set_food_facts(product, FoodFacts(**values), by=by, via=via)
    if "sold_out" in before:
        product = set_sold_out(product, sold_out=before["sold_out"], by=by, via=via)
    if "lead_days" in before:
        product = set_lead_days(product, before["lead_days"], by=by, via=via)
    if "shop_url" in before:
        product = set_shop_link(product, before["shop_url"], by=by, via=via)
    return product
