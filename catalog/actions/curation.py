"""What a curator decides: live, back to the owner with reasons, or down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product
from catalog.actions.looks import keep_look
from catalog.choices import ProductStatus, ReturnReason
from catalog.models import Product
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def approve_product(
    product: Product,
    *,
    by: User | None,
    via: str,
    checks: Sequence[str] = (),
    seen: datetime | None = None,
) -> Product:
    """The product is live, its owner is told. `seen` is the `updated_at` the curator looked at."""
    product = lock_product(product)
    if product.status == ProductStatus.LIVE:
        return product
    _refuse_own(product, by)
    _refuse_unless(product, ProductStatus.WAITING, seen=seen)
    if not product.business.may_list:
        raise ActionRefused(_("Usaha ini belum disetujui atau sedang ditangguhkan."))
    if not product.photos.exists():
        raise ActionRefused(_("Produk tanpa foto tidak bisa tayang."))
    if product.needs_food_facts:
        raise ActionRefused(_("Keterangan pangan belum lengkap. Kembalikan ke penjual."))
    old = product.status
    _decide(product, ProductStatus.LIVE, by=by)
    keep_look(product)
    record(
        "product.approved",
        product,
        by=by,
        via=via,
        old=old,
        new=product.status,
        checks=list(checks),
    )
    send_later(
        "product_live",
        to=product.business.owner,
        about=product,
        key=_round(product),
        link=product.get_absolute_url(),
    )
    return product


@transaction.atomic
def return_product(  # noqa: PLR0913  a decision has its reasons, note and what was seen
    product: Product,
    *,
    reasons: Sequence[str],
    by: User | None,
    via: str,
    note: str = "",
    seen: datetime | None = None,
) -> Product:
    """The owner gets it back with reasons; also the way back for one that was taken down."""
    product = lock_product(product)
    if product.status == ProductStatus.NEEDS_REPAIR:
        return product
    _refuse_own(product, by)
    _refuse_unless(product, ProductStatus.WAITING, ProductStatus.TAKEN_DOWN, seen=seen)
    _refuse_without_reason(reasons, note)
    old = product.status
    _decide(product, ProductStatus.NEEDS_REPAIR, by=by, reasons=reasons, note=note)
    _record("product.returned", product, by=by, via=via, old=old)
    _tell_why(product, purpose="product_returned")
    return product


@transaction.atomic
def take_down(
    product: Product, *, reasons: Sequence[str], by: User | None, via: str, note: str = ""
) -> Product:
    """Gone from the catalogue by the curator's decision; only he can give it back."""
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        return product
    _refuse_unless(product, ProductStatus.WAITING, ProductStatus.LIVE)
    _refuse_without_reason(reasons, note)
    old = product.status
    _decide(product, ProductStatus.TAKEN_DOWN, by=by, reasons=reasons, note=note)
    _record("product.taken_down", product, by=by, via=via, old=old)
    _tell_why(product, purpose="product_taken_down")
    return product


def _decide(
    product: Product,
    status: ProductStatus,
    *,
    by: User | None,
    reasons: Sequence[str] = (),
    note: str = "",
) -> None:
    product.status = status
    product.decided_at = timezone.now()
    product.decided_by = by
    product.return_reasons = list(reasons)
    product.return_note = note
    product.published_at = product.published_at or (
        product.decided_at if status == ProductStatus.LIVE else None
    )
    product.save(
        update_fields=[
            "status",
            "decided_at",
            "decided_by",
            "return_reasons",
            "return_note",
            "published_at",
        ]
    )


def _record(verb: str, product: Product, *, by: User | None, via: str, old: str) -> None:
    said = {"reasons": product.return_reasons, "note": product.return_note}
    record(verb, product, by=by, via=via, old=old, new=product.status, **said)


def _tell_why(product: Product, *, purpose: str) -> None:
    send_later(
        purpose,
        to=product.business.owner,
        about=product,
        key=_round(product),
        link=reverse("catalog:product_edit", args=[product.pk]),
        reasons=product.return_sentences,
    )


def _refuse_own(product: Product, by: User | None) -> None:
    if by is not None and by.pk == product.business.owner_id:
        raise ActionRefused(_("Produk Anda sendiri diperiksa oleh kurator lain."))


def _refuse_unless(
    product: Product, *statuses: ProductStatus, seen: datetime | None = None
) -> None:
    if product.status not in statuses or (seen is not None and seen != product.updated_at):
        raise ActionRefused(
            _("Data ini baru saja diubah orang lain. Muat ulang, lalu ulangi keputusan Anda.")
        )


def _refuse_without_reason(reasons: Sequence[str], note: str) -> None:
    if not set(reasons) <= set(ReturnReason.values):
        raise ActionRefused(_("Pilih alasan dari daftar."))
    if not reasons and not note:
        raise ActionRefused(_("Pilih paling sedikit satu alasan, atau tulis catatan."))


def _round(product: Product) -> str:
    """Each decision is told once; the next one about the same product is another message."""
    return f"{product.decided_at:%Y%m%d%H%M%S%f}"
