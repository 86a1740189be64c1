from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.listing import lock_product, queue_again
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.models.photo import WIDTHS, photo_path
from members.models import Document, DuesProof, User
from umkm_portal.audit.models import record
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import content_name
from umkm_portal.lib.images import EncodedPhoto

MOST_PHOTOS = 5


@transaction.atomic
def set_photo(
    product: Product,
    photo: EncodedPhoto,
    *,
    by: User | None,
    via: str,
    position: int = 0,
) -> Product:
    """The product shows this picture at this place; a live one is looked at again."""
    product = lock_product(product)
    if product.status == ProductStatus.TAKEN_DOWN:
        raise ActionRefused(_("Produk yang diturunkan tidak bisa diubah. Hubungi kurator."))
    if not 0 <= position < MOST_PHOTOS:
        raise ActionRefused(_("Paling banyak %d foto untuk satu produk.") % MOST_PHOTOS)
    old = product.photos.filter(position=position).first()
    name = content_name(photo.widths[max(WIDTHS)], "webp")
    if old is not None and old.name == name:
        return product
    _refuse_over_limit(product, adding=photo.size - (old.size if old else 0))
    _store(photo, name)
    ProductPhoto.objects.update_or_create(
        product=product,
        position=position,
        defaults={
            "name": name,
            "width": photo.width,
            "height": photo.height,
            "size": photo.size,
            "colour": photo.colour,
        },
    )
    product.updated_at = timezone.now()
    product.save(update_fields=["updated_at"])
    record("product.photo_set", product, by=by, via=via, photo=name, before=old.name if old else "")
    queue_again(product, by=by, via=via)
    if old is not None:
        transaction.on_commit(partial(remove_unused, old.name))
    return product


@transaction.atomic
def remove_photo(photo: ProductPhoto, *, by: User | None, via: str) -> Product:
    """A second or later picture goes; the first stays, since a product without one is not seen."""
    product = lock_product(photo.product)
    if photo.position == 0:
        raise ActionRefused(_("Foto utama tidak bisa dihapus. Ganti dengan foto lain."))
    removed, _by_model = product.photos.filter(pk=photo.pk).delete()
    if removed:
        record("product.photo_removed", product, by=by, via=via, photo=photo.name)
        transaction.on_commit(partial(remove_unused, photo.name))
    return product


def remove_unused(name: str) -> None:
    """Delete the files of a picture no product shows any more."""
    with transaction.atomic():
        _hold(name)
        if not ProductPhoto.objects.filter(name=name).exists():
            for width in WIDTHS:
                default_storage.delete(photo_path(name, width))


def bytes_used_by(owner: User) -> int:
    """Everything an account's businesses keep here: photos, documents and proofs."""
    sums = (
        ProductPhoto.objects.filter(product__business__owner=owner),
        Document.objects.filter(business__owner=owner),
        DuesProof.objects.filter(invoice__membership__business__owner=owner),
    )
    return sum(rows.aggregate(total=Sum("size"))["total"] or 0 for rows in sums)


def _refuse_over_limit(product: Product, *, adding: int) -> None:
    used = bytes_used_by(product.business.owner)
    if adding > 0 and used + adding > settings.MEMBER_STORAGE_BYTES:
        raise ActionRefused(
            _("Ruang berkas Anda penuh (%d MB). Arsipkan produk lama atau ganti fotonya.")
            % (settings.MEMBER_STORAGE_BYTES // 1024 // 1024)
        )


def _store(photo: EncodedPhoto, name: str) -> None:
    _hold(name)
    for width in WIDTHS:
        path = photo_path(name, width)
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(photo.widths[width]))


def _hold(name: str) -> None:
    # Equal pictures share files: nobody may delete them between our writing and our commit.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
