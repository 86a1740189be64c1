"""The up to eight pictures of a product: add, put in order, replace, remove."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Sum, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product, queue_again
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.models.photo import MOST_PHOTOS, names_of, stem_of
from catalog.photo_files import content_name_of, hold, remove_unused, store
from catalog.photo_job import lighten_photo
from members.models import Document, DuesProof, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.images import EncodedPhoto


@transaction.atomic
def add_photo(product: Product, photo: EncodedPhoto, *, by: User | None, via: str) -> Product:
    """One more picture, at the end; a live product is looked at again.

    The same picture a second time changes nothing.
    """
    product = _lock_changeable(product)
    if _shown(product, photo):
        return product
    place = product.photos.count()
    if place >= MOST_PHOTOS:
        raise ActionRefused(
            _("Paling banyak %d foto untuk satu produk. Hapus satu dulu.") % MOST_PHOTOS
        )
    return _show(product, photo, place=place, old=None, by=by, via=via)


@transaction.atomic
def set_photo(
    product: Product,
    photo: EncodedPhoto,
    *,
    by: User | None,
    via: str,
    position: int = 0,
) -> Product:
    """The product shows this picture at this place, or at the end when that is before it."""
    product = _lock_changeable(product)
    if not 0 <= position < MOST_PHOTOS:
        raise ActionRefused(_("Paling banyak %d foto untuk satu produk.") % MOST_PHOTOS)
    old = product.photos.filter(position=position).first()
    if old is not None and stem_of(old.name) == stem_of(content_name_of(photo)):
        return product
    place = min(position, product.photos.count())
    return _show(product, photo, place=place, old=old, by=by, via=via)


@transaction.atomic
def place_photo(photo: ProductPhoto, *, to: int, by: User | None, via: str) -> Product:
    """The picture moves to this place (0 is the one on cards), the others close up.

    No curator is asked: all of them have been seen.
    """
    product = _lock_changeable(photo.product)
    order = list(product.photos.values_list("pk", flat=True))
    to = min(max(to, 0), len(order) - 1)
    if photo.pk not in order or order.index(photo.pk) == to:
        return product
    before = order.index(photo.pk)
    order.insert(to, order.pop(before))
    _put_in_order(order)
    _touch(product)
    record("product.photo_moved", product, by=by, via=via, photo=photo.name, before=before, to=to)
    return product


@transaction.atomic
def remove_photo(photo: ProductPhoto, *, by: User | None, via: str) -> Product:
    """The picture goes and the next take its place; the last one of a seen product stays."""
    product = _lock_changeable(photo.product)
    order = list(product.photos.values_list("pk", flat=True))
    if photo.pk not in order:
        return product
    if len(order) == 1 and product.status in {ProductStatus.WAITING, ProductStatus.LIVE}:
        raise ActionRefused(_("Foto satu-satunya tidak bisa dihapus. Tambahkan foto lain dulu."))
    product.photos.filter(pk=photo.pk).delete()
    _put_in_order([pk for pk in order if pk != photo.pk])
    _touch(product)
    record("product.photo_removed", product, by=by, via=via, photo=photo.name)
    transaction.on_commit(partial(remove_unused, photo.name))
    return product


def bytes_used_by(owner: User) -> int:
    """Everything an account's businesses keep here: photos, documents and proofs."""
    sums = (
        ProductPhoto.objects.filter(product__business__owner=owner),
        Document.objects.filter(business__owner=owner),
        DuesProof.objects.filter(invoice__membership__business__owner=owner),
    )
    return sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in sums)


def _show(  # noqa: PLR0913  one row's worth
    product: Product,
    photo: EncodedPhoto,
    *,
    place: int,
    old: ProductPhoto | None,
    by: User | None,
    via: str,
) -> Product:
    _refuse_over_limit(product, adding=photo.size - (old.size if old else 0))
    name = store(photo)
    ProductPhoto.objects.update_or_create(
        product=product,
        position=place,
        defaults={
            "name": name,
            "width": photo.width,
            "height": photo.height,
            "size": photo.size,
            "colour": photo.colour,
        },
    )
    _touch(product)
    record("product.photo_set", product, by=by, via=via, photo=name, before=old.name if old else "")
    lighten_photo.enqueue(name)
    queue_again(product, by=by, via=via)
    if old is not None:
        transaction.on_commit(partial(remove_unused, old.name))
    return product


def _lock_changeable(product: Product) -> Product:
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
    return product


def _shown(product: Product, photo: EncodedPhoto) -> bool:
    names = names_of(stem_of(content_name_of(photo)))
    return product.photos.filter(name__in=names).exists()


def _put_in_order(pks: list[int]) -> None:
    # In one statement: the places are unique, and checked at the end of the transaction.
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(pks)]
    if places:
        ProductPhoto.objects.filter(pk__in=pks).update(position=Case(*places))


def _touch(product: Product) -> None:
    product.updated_at = timezone.now()
    product.save(update_fields=["updated_at"])


def _refuse_over_limit(product: Product, *, adding: int) -> None:
    # Over all her businesses: two uploads at once must not both take the last room.
    hold(f"ruang:{product.business.owner_id}")
    used = bytes_used_by(product.business.owner)
    if adding > 0 and used + adding > settings.MEMBER_STORAGE_BYTES:
        raise ActionRefused(
            _("Ruang berkas Anda penuh (%d MB). Arsipkan produk lama atau ganti fotonya.")
            % (settings.MEMBER_STORAGE_BYTES // 1024 // 1024)
        )
