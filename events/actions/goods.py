"""What a seller brings to a day of an edition."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product
from events.choices import LIVING, EventStatus
from events.models import BoothPlace, BroughtProduct
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def list_goods(
    place: BoothPlace, products: Collection[int], *, by: User | None, via: str
) -> BoothPlace:
    """The seller brings these products (their keys) and no others; the same list again is nothing.

    The place is the lock: two who send a list at once follow one another.
    """
    place = (
        BoothPlace.objects.select_for_update(of=("self",))
        .select_related("booth", "day__event", "business")
        .get(pk=place.pk)
    )
    _refuse_late(place)
    wanted = set(products)
    if not wanted:
        raise ActionRefused(_("Pilih paling sedikit satu produk."))
    mine = Product.objects.visible().of(place.business).filter(pk__in=wanted)
    if set(mine.values_list("pk", flat=True)) != wanted:
        raise ActionRefused(_("Pilih dari produk Anda yang tayang. Muat ulang halaman ini."))
    rows = BroughtProduct.objects.filter(day=place.day).of(place.business)
    before = set(rows.values_list("product", flat=True))
    if wanted == before:
        return place
    rows.exclude(product__in=wanted).delete()
    BroughtProduct.objects.bulk_create(
        BroughtProduct(day=place.day, product_id=pk) for pk in sorted(wanted - before)
    )
    record(
        "place.goods_listed",
        place,
        by=by,
        via=via,
        added=sorted(wanted - before),
        removed=sorted(before - wanted),
    )
    return place


def _refuse_late(place: BoothPlace) -> None:
    if place.status not in LIVING:
        raise ActionRefused(_("Lapak ini sudah dibatalkan."))
    if place.day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini sudah dibatalkan."))
    closes = place.day.goods_close_at
    if timezone.now() >= closes:
        raise ActionRefused(
            _("Daftar produk ditutup %(day)s %(time)s. Hubungi petugas bila ada perubahan.")
            % {"day": tanggal(closes), "time": pukul(closes)}
        )
