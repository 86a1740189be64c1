"""The picture that a shared link shows in WhatsApp: of a product, and of a storefront."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from catalog.models import Product
from catalog.models.photo import photo_path
from members.choices import Sector
from members.models import Business
from umkm_portal.lib.rupiah import rupiah
from umkm_portal.lib.share_card import CardWords, draw_card

GROUNDS = {Sector.KULINER: "#ffecd9", Sector.FASHION: "#fbe6f1"}
OTHER_GROUND = "#e7ebfa"
COLUMNS = ("name", "price", "unit", "seller_name", "kecamatan_name", "cover_name", "category")
KEPT = 48
"""Cards a worker remembers, at most 100 kB each: one that is shared is asked for many times."""


@login_not_required
@require_safe
def product_card(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.visible().only(*COLUMNS), pk=pk)
    words = CardWords(
        heading=product.name,
        price=f"{rupiah(product.price)} / {product.unit}",
        by=product.seller_name,
        place=product.kecamatan_name,
        ground=_ground(product.category),
    )
    return _answer(request, words, product.cover_name)


@login_not_required
@require_safe
def business_card(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Business.objects.listed().select_related("kelurahan__kecamatan")
    business = get_object_or_404(shown, slug=slug)
    newest = Product.objects.visible().of(business).newest().only("cover_name").first()
    place = business.kelurahan.kecamatan.name if business.kelurahan else ""
    words = CardWords(
        heading=business.name,
        price="",
        by=str(business.get_sector_display()),
        place=place,
        ground=_ground(business.sector),
    )
    return _answer(request, words, newest.cover_name if newest else "")


def _answer(request: HttpRequest, words: CardWords, cover: str) -> HttpResponse:
    return card_answer(request, words, lambda: _drawn(words, cover), cover=cover)


def card_answer(
    request: HttpRequest, words: CardWords, draw: Callable[[], bytes], *, cover: str = ""
) -> HttpResponse:
    """Who has the card already is told so before anything is drawn."""
    etag = f'"{sha256(repr((words, cover)).encode()).hexdigest()[:32]}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        known["ETag"] = etag
        return known
    response = HttpResponse(draw(), content_type="image/jpeg")
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    return response


@lru_cache(maxsize=KEPT)
def _drawn(words: CardWords, cover: str) -> bytes:
    return draw_card(words, _photo(cover))


def _photo(cover: str) -> bytes | None:
    path = photo_path(cover, 800) if cover else ""
    if not path or not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return bytes(file.read())


def _ground(sector: str) -> str:
    return GROUNDS.get(Sector(sector), OTHER_GROUND)
