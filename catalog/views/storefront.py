"""The businesses: their directory, and one with what it sells."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from catalog.badges import badges
from catalog.cards import card_page, without_seller
from catalog.models import Product
from catalog.models.product import not_withdrawn
from catalog.orders import question_text
from members.choices import Sector
from members.models import Business, Kecamatan
from umkm_portal.lib.paginate import keyset_page
from umkm_portal.lib.phone import whatsapp_link
from umkm_portal.lib.validators import clean_name

PAGE = 24
ORDER = ("sort_key", "pk")
NEWEST = ("-published_at", "-pk")


@login_not_required
@require_safe
def business_list(request: HttpRequest) -> HttpResponse:
    places = list(Kecamatan.objects.all())
    asked = _asked(request, places)
    businesses = (
        Business.objects.verified()
        .filter(not_withdrawn(owner="owner"), _wanted(asked))
        .select_related("kelurahan__kecamatan")
        .annotate(**badges(on=timezone.localdate()))
    )
    page = keyset_page(
        businesses, order=ORDER, token=request.GET.get("setelah", "")[:500], size=PAGE
    )
    context = {
        "page": page,
        "asked": asked,
        "places": places,
        "sectors": Sector.choices,
        "next_url": _next_url(request.path, asked, page.next_token),
        "is_filtered": any(asked.values()),
    }
    return render(request, "catalog/business_list.html", context)


@login_not_required
@require_safe
def business_detail(request: HttpRequest, slug: str) -> HttpResponse:
    business = get_object_or_404(
        Business.objects.verified()
        .filter(not_withdrawn(owner="owner"))
        .select_related("kelurahan__kecamatan")
        .annotate(**badges(on=timezone.localdate())),
        slug=slug,
    )
    products = Product.objects.visible().of(business)
    token = request.GET.get("setelah", "")[:500]
    cards, next_token = card_page(products, order=NEWEST, token=token, size=PAGE)
    context = {
        "business": business,
        "cards": without_seller(cards),
        "next_url": _next_url(request.path, {}, next_token),
        "ask_url": whatsapp_link(business.order_phone, question_text(business))
        if business.order_phone
        else "",
    }
    return render(request, "catalog/business_detail.html", context)


def _asked(request: HttpRequest, places: list[Kecamatan]) -> dict[str, str]:
    """What makes sense of what was asked; the rest is left out."""
    district, sector = request.GET.get("kecamatan", ""), request.GET.get("bidang", "")
    return {
        "q": clean_name(request.GET.get("q", "")[:100]),
        "kecamatan": district if any(place.slug == district for place in places) else "",
        "bidang": sector if sector in Sector.values else "",
    }


def _wanted(asked: dict[str, str]) -> Q:
    wanted = Q()
    for word in asked["q"].split():
        wanted &= Q(name__icontains=word)
    if asked["kecamatan"]:
        wanted &= Q(kelurahan__kecamatan__slug=asked["kecamatan"])
    if asked["bidang"]:
        wanted &= Q(sector=asked["bidang"])
    return wanted


def _next_url(path: str, asked: dict[str, str], token: str) -> str:
    if not token:
        return ""
    kept = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode({**kept, 'setelah': token})}"
