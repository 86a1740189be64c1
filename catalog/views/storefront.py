"""The businesses: their directory, and one with what it sells."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from catalog.badges import badges
from catalog.cards import card_page, without_seller
from catalog.models import Product
from catalog.orders import question_text
from catalog.pickups import pickups_of
from catalog.reports.directory import LETTERS, PAGE, Asked, find_businesses, places
from catalog.structured import breadcrumbs, business_data
from members.choices import Sector
from members.models import Business
from umkm_portal.lib.phone import whatsapp_link
from umkm_portal.lib.qr import qr_svg
from umkm_portal.lib.validators import clean_name

NEWEST = ("-published_at", "-pk")


@login_not_required
@require_safe
def business_list(request: HttpRequest) -> HttpResponse:
    asked = read_asked(request.GET)
    page = find_businesses(asked, on=timezone.localdate())
    context = {
        "page": page,
        "asked": asked,
        "places": places(),
        "sectors": Sector.choices,
        "letters": [(letter, _letter_url(asked, letter)) for letter in LETTERS],
        "next_url": _next_url(request.path, asked.filters, page.next_token),
        "is_filtered": bool(asked.filters),
    }
    return render(request, "catalog/business_list.html", context)


@login_not_required
@require_safe
def business_detail(request: HttpRequest, slug: str) -> HttpResponse:
    business = get_object_or_404(
        Business.objects.listed()
        .select_related("kelurahan__kecamatan")
        .annotate(**badges(on=timezone.localdate())),
        slug=slug,
    )
    products = Product.objects.visible().of(business)
    token = request.GET.get("setelah", "")[:500]
    cards, next_token = card_page(products, order=NEWEST, token=token, size=PAGE)
    card_url = reverse("catalog:business_card", args=[business.slug])
    context = {
        "business": business,
        "card_url": card_url,
        "data": business_data(business, image=card_url),
        "trail": breadcrumbs(("Usaha", "/usaha/"), (business.name, business.get_absolute_url())),
        "cards": without_seller(cards),
        "next_url": _next_url(request.path, {}, next_token),
        "pickup": pickups_of([business.pk]).get(business.pk),
        "qr": _qr(settings.SITE_URL + business.get_absolute_url()),
        "ask_url": whatsapp_link(business.order_phone, question_text(business))
        if business.order_phone
        else "",
    }
    return render(request, "catalog/business_detail.html", context)


def read_asked(data: QueryDict) -> Asked:
    district, sector, letter = (data.get(name, "") for name in ("kecamatan", "bidang", "huruf"))
    return Asked(
        q=clean_name(data.get("q", "")[:100]),
        kecamatan=district if any(place.slug == district for place in places()) else "",
        bidang=sector if sector in Sector.values else "",
        huruf=letter if letter in LETTERS else "",
        setelah=data.get("setelah", "")[:500],
    )


@lru_cache(maxsize=512)
def _qr(address: str) -> SafeString:
    """For the printed page; drawing it costs more than the rest of the page."""
    return qr_svg(address)


def _letter_url(asked: Asked, letter: str) -> str:
    kept = {name: value for name, value in asked.filters.items() if name not in {"q", "huruf"}}
    return f"?{urlencode({**kept, 'huruf': letter})}"


def _next_url(path: str, kept: dict[str, str], token: str) -> str:
    return f"{path}?{urlencode({**kept, 'setelah': token})}" if token else ""
