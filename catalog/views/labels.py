"""Price labels and the sign of a stall, for the owner and who keeps her goods."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from catalog.reports.labels import MOST_LABELS, SIZES, SMALL, booth_sign, price_labels
from members.choices import Right
from members.models import Business
from members.views.working import desk, workable
from umkm_portal.lib.files import private_response


@require_safe
def label_choose(request: HttpRequest) -> HttpResponse:
    """Which goods get a label; all are ticked."""
    place = desk(request).at(Right.CATALOGUE)
    business = place.business if place else None
    context = {
        "products": _goods(business)[:MOST_LABELS] if business else [],
        "business": business if business and business.is_listed else None,
    }
    return render(request, "catalog/label_choose.html", context)


@require_safe
def label_sheet(request: HttpRequest) -> HttpResponse:
    asked = [int(pk) for pk in request.GET.getlist("p")[:MOST_LABELS] if _is_key(pk)]
    place = desk(request).at(Right.CATALOGUE)
    goods = _goods(place.business) if place else Product.objects.none()
    products = list((goods.filter(pk__in=asked) if asked else goods)[:MOST_LABELS])
    if not products:
        messages.warning(request, _("Belum ada produk tayang untuk dibuatkan label."))
        return redirect("catalog:product_manage")
    size = request.GET.get("ukuran", SMALL)
    made = price_labels(products, size=size if size in SIZES else SMALL, on=timezone.localdate())
    return private_response(made, filename="label-harga.pdf")


@require_safe
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    mine = workable(request, Right.CATALOGUE).filter(is_listed=True)
    business = get_object_or_404(mine.select_related("kelurahan__kecamatan"), pk=pk)
    return private_response(booth_sign(business), filename="papan-lapak.pdf")


def _goods(business: Business) -> ProductQuerySet:
    return Product.objects.visible().of(business).order_by("name", "pk")


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
