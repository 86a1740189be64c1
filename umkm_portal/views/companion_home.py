"""The companion's first page: whom she helps, until when, and what each still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.choices import ProductStatus
from catalog.models import Product
from events.models import BoothPlace
from members.application import LABELS, missing
from members.choices import ApplicationStatus
from members.models import CompanionAccess, Owner
from members.views.working import companion_only


@dataclass(frozen=True)
class Helped:
    """`lacks` are short words, in the order in which they are usually mended."""

    access: CompanionAccess
    lacks: list[str]
    may_reprint: bool


@require_safe
@companion_only
def companion_home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    standing = CompanionAccess.objects.of(request.user).standing(at=now)
    rows = list(standing.select_related("business__owner__owner", "business__kelurahan"))
    products = _products_of(rows)
    stalls = set(
        BoothPlace.objects.standing()
        .filter(business__in=[row.business_id for row in rows])
        .values_list("business_id", flat=True)
    )
    helped = [
        Helped(
            row,
            _lacks(row, products.get(row.business_id, 0), has_stall=row.business_id in stalls),
            row.offered_by_id == request.user.pk and _is_unused(row),
        )
        for row in rows
    ]
    return render(request, "umkm_portal/companion_home.html", {"helped": helped})


def _products_of(rows: list[CompanionAccess]) -> dict[int, int]:
    live = ~Q(status=ProductStatus.ARCHIVED)
    counted = Product.objects.filter(live, business__in=[row.business_id for row in rows])
    return dict(counted.values_list("business").annotate(n=Count("pk")).order_by())


def _lacks(row: CompanionAccess, products: int, *, has_stall: bool) -> list[str]:
    business = row.business
    if business.status == ApplicationStatus.NEEDS_REPAIR:
        names = business.repair_fields
    elif business.status == ApplicationStatus.DRAFT:
        names = missing(business, getattr(business.owner, "owner", None) or Owner())
    else:
        names = []
    lacks = [str(LABELS[name]) for name in names]
    if business.status == ApplicationStatus.SUBMITTED:
        lacks.append(_("menunggu diperiksa petugas"))
    if not products:
        lacks.append(_("belum ada produk"))
    if business.is_verified and not has_stall:
        lacks.append(_("belum pernah ikut JBL"))
    return lacks


def _is_unused(row: CompanionAccess) -> bool:
    owner = row.business.owner
    return owner.last_login is None and not owner.has_usable_password()
