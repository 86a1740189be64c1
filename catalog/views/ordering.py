"""The way to a seller's WhatsApp: for one product, and for what was put on the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from catalog import interest
from catalog.models import Product
from catalog.orders import product_order, read_quantity
from catalog.pickups import pickups_of
from catalog.reports.shopping import shopping_page
from catalog.shopping import read_list, write_list
from catalog.views.visitors import is_shopper
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.phone import whatsapp_link


def from_our_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Instead of a CSRF token, which would be a cookie on every product page.

    Only the shopper's own list can change here. A form on another site names that site, and is
    refused; a client that names none has no cookies that could be abused.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: int, **kwargs: int) -> HttpResponse:
        named = request.headers.get("Origin") or request.headers.get("Referer") or ""
        if named and urlsplit(named).netloc != request.get_host():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@login_not_required
@never_cache
@require_safe
def product_whatsapp(request: HttpRequest, pk: int) -> HttpResponse:
    """Counted, by product and week only, and on to WhatsApp; the sending is the shopper's."""
    product = get_object_or_404(Product.objects.visible().select_related("business"), pk=pk)
    if not product.business.order_phone:
        return redirect(product)
    text = product_order(
        product,
        quantity=read_quantity(request.GET.get("jumlah", "")),
        pickup=pickups_of([product.business_id]).get(product.business_id),
    )
    if request.method == "GET" and is_shopper(request, pk):
        interest.count_click(pk)
    return redirect(whatsapp_link(product.business.order_phone, text))


@login_not_required
@never_cache
@require_safe
def shopping_list(request: HttpRequest) -> HttpResponse:
    kept = read_list(request)
    context = {
        "page": shopping_page(kept),
        "is_full": request.GET.get("penuh") == "1",
        "is_new": request.GET.get("baru") == "1",
    }
    return render(request, "catalog/shopping_list.html", context)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@from_our_pages
def shopping_add(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible(), pk=pk)
    kept = read_list(request)
    try:
        kept = kept.adding(product.pk, read_quantity(request.POST.get("jumlah", "")))
    except ActionRefused:
        return redirect(_list_url(penuh="1"))
    return write_list(redirect(_list_url(baru="1")), kept)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
@from_our_pages
def shopping_change(request: HttpRequest) -> HttpResponse:
    """New numbers, or one row out (`hapus`), or all of it (`hapus=semua`)."""
    kept = read_list(request)
    removed = request.POST.get("hapus", "")
    wanted = {
        pk: read_quantity(request.POST.get(f"jumlah-{pk}", str(quantity)))
        for pk, quantity in kept.rows.items()
    }
    gone = {pk: 0 for pk in kept.rows if removed in {str(pk), "semua"}}
    return write_list(redirect(_list_url()), kept.with_quantities(wanted | gone))


@login_not_required
@never_cache
@require_safe
def shopping_whatsapp(request: HttpRequest, pk: int) -> HttpResponse:
    """What is wanted of one seller, as one message."""
    sellers = shopping_page(read_list(request)).sellers
    seller = next((seller for seller in sellers if seller.business_id == pk), None)
    if seller is None or not seller.whatsapp:
        return redirect(_list_url())
    wanted = [row.product.pk for row in seller.orderable]
    if request.method == "GET" and is_shopper(request, wanted[0]):
        for product in wanted:
            interest.count_click(product)
    return redirect(seller.whatsapp)


def _list_url(**asked: str) -> str:
    path = reverse("catalog:shopping_list")
    return f"{path}?{urlencode(asked)}" if asked else path
