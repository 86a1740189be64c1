"""One product for a shopper, and its picture."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.cards import make_cards, without_seller
from catalog.choices import Category, ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.models.photo import names_of, stem_of
from catalog.orders import product_order, read_quantity
from catalog.pickups import pickups_of
from catalog.reports.facts import food_of, lead_of
from catalog.reports.shown import product_shown
from catalog.structured import breadcrumbs, product_data
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.files import public_response
from umkm_portal.lib.tags.url import address_of

MORE = 4
# Once shown and no more: whoever follows an old link is told, and shown what is like it.
WITHDRAWN = (ProductStatus.ARCHIVED, ProductStatus.TAKEN_DOWN, ProductStatus.LIVE)


@login_not_required
@require_safe
def product_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    shown = product_shown(pk, on=timezone.localdate(), others=MORE)
    if shown is None:
        raise Http404
    product = shown.product
    if not product.is_public:
        return _gone(request, product)
    if slug != product.slug:
        return redirect(product, permanent=True)
    context = {
        "product": product,
        "category": Category(product.category),
        "is_kadin": shown.is_kadin,
        "is_jakpreneur": shown.is_jakpreneur,
        "photos": shown.photos,
        "licences": shown.licences,
        "others": without_seller(shown.others),
        **_order(product, read_quantity(request.GET.get("jumlah", ""))),
        **_told(product),
    }
    return render(request, "catalog/product_detail.html", context)


def _order(product: Product, quantity: int) -> dict[str, Any]:
    """The message to the seller, and where it can be fetched once it is ready."""
    today = timezone.localdate()
    pickup = pickups_of([product.business_id]).get(product.business_id)
    return {
        "quantity": quantity,
        "pickup": pickup if pickup and pickup.is_for(product, today=today) else None,
        "lead": lead_of(product, pickup, today=today),
        "order_text": product_order(product, quantity=quantity, pickup=pickup),
        "order_url": _order_url(product, quantity) if product.business.order_phone else "",
    }


def _told(product: Product) -> dict[str, Any]:
    """What is known of it, for people and for search engines."""
    today = timezone.localdate()
    category = Category(product.category)
    card_url = address_of("catalog:product_card", product.pk)
    steps = (
        (str(category.label), f"/katalog/{category.value}/"),
        (product.name, product.get_absolute_url()),
    )
    return {
        "food": food_of(product, on=today),
        "card_url": card_url,
        "data": product_data(product, image=card_url),
        "trail": breadcrumbs(*steps),
    }


def _order_url(product: Product, quantity: int) -> str:
    """Through our own address, which counts how many went to WhatsApp, and not who."""
    path = address_of("catalog:product_whatsapp", product.pk)
    return path if quantity == 1 else f"{path}?jumlah={quantity}"


def _gone(request: HttpRequest, product: Product) -> HttpResponse:
    if product.published_at is None or product.status not in WITHDRAWN:
        raise Http404
    similar = Product.objects.visible().in_category(product.category).newest()
    context = {"product": product, "similar": make_cards(similar, limit=MORE, eager=0)}
    return render(request, "catalog/product_gone.html", context, status=410)


@login_not_required
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of a product anybody may see; before that for its sellers and curators."""
    response = public_response(name)
    photos = ProductPhoto.objects.filter(name__in=names_of(stem_of(name.split("/", 2)[-1])))
    if photos.filter(product__in=Product.objects.visible()).exists():
        return response
    user = cast(User, request.user)
    is_own = user.is_authenticated and (
        photos.filter(product__business__in=workable(request, Right.CATALOGUE)).exists()
        or user.has_perm("catalog.view_product")
    )
    if not is_own:
        raise Http404
    response["Cache-Control"] = "no-store, private"
    return response
