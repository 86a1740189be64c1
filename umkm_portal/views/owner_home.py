from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.choices import ProductStatus
from catalog.models import Product
from events.reports.mine import coming_places_of
from members.models import Business, DuesInvoice
from umkm_portal.next_step import next_step
from umkm_portal.notices.models import Notice


@require_safe
def owner_home(request: HttpRequest) -> HttpResponse:
    business = (
        Business.objects.owned_by(request.user)
        .select_related("owner", "kelurahan__kecamatan", "kadin", "jakpreneur")
        .order_by("-pk")
        .first()
    )
    context = _about(business) if business else {"step": next_step(None, invoice=None, products=0)}
    notices = Notice.objects.of(request.user)[:3]
    return render(request, "owner_home.html", {"business": business, "notices": notices, **context})


def _about(business: Business) -> dict[str, Any]:
    today = timezone.localdate()
    products = list(
        Product.objects.filter(business=business)
        .exclude(status=ProductStatus.ARCHIVED)
        .prefetch_related("photos")
        .order_by("-pk")[:4]
    )
    invoice = DuesInvoice.objects.filter(membership__business=business).open().first()
    kadin = getattr(business, "kadin", None)
    return {
        "products": products,
        "invoice": invoice,
        "kadin": kadin,
        "kadin_state": kadin.state(on=today) if kadin else None,
        "places": coming_places_of(business.owner, at=timezone.now()),
        "step": next_step(business, invoice=invoice, products=len(products)),
    }
