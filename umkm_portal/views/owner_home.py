from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.choices import ProductStatus
from catalog.models import Product
from events.reports.mine import coming_places_of
from events.reports.pressing import Pressing, most_pressing
from members.choices import Right
from members.models import Business, DuesInvoice
from members.views.working import Place, desk, is_companion
from umkm_portal.next_step import next_step, next_step_of_helper
from umkm_portal.notices.models import Notice

PAGE = "owner_home.html"


@require_safe
def owner_home(request: HttpRequest) -> HttpResponse:
    place = desk(request).chosen
    if place is None and is_companion(request.user):
        return redirect("companion_home")
    fills_form = desk(request).helping is not None
    context = _about(place, fills_form=fills_form) if place else {"step": next_step(None)}
    context |= {"place": place, "business": place.business if place else None}
    notices = Notice.objects.of(request.user)[:3]
    return render(request, PAGE, {"notices": notices, **context})


def _about(place: Place, *, fills_form: bool) -> dict[str, Any]:
    """What this person may know: who only works here sees nothing of money or membership."""
    business = place.business
    products = list(
        Product.objects.filter(business=business)
        .exclude(status=ProductStatus.ARCHIVED)
        .prefetch_related("photos")
        .order_by("-pk")[:4]
    )
    here = Business.objects.filter(pk=business.pk)
    context = {
        "products": products,
        "places": coming_places_of(here, at=timezone.now()),
        "may_catalogue": Right.CATALOGUE in place.rights,
        "may_market": Right.MARKET in place.rights,
    }
    pressing = most_pressing(business, at=timezone.now())
    if not place.is_own:
        step = next_step_of_helper(business, place.rights, fills_form=fills_form, pressing=pressing)
        return {**context, "step": step}
    return {**context, **_membership(business, len(products), pressing)}


def _membership(business: Business, products: int, pressing: Pressing | None) -> dict[str, Any]:
    invoice = DuesInvoice.objects.filter(membership__business=business).open().first()
    kadin = getattr(business, "kadin", None)
    return {
        "invoice": invoice,
        "kadin": kadin,
        "kadin_state": kadin.state(on=timezone.localdate()) if kadin else None,
        "step": next_step(business, invoice=invoice, products=products, pressing=pressing),
    }
