"""The pictures of a product of hers: several at once, in an order of one tap."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.photos import add_photo, place_photo, remove_photo
from catalog.choices import ProductStatus
from catalog.forms.photos import PhotosForm
from catalog.models import Product, ProductPhoto
from catalog.models.photo import MOST_PHOTOS
from catalog.models.product_query import ProductQuerySet
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull


@require_http_methods(["GET", "HEAD", "POST"])
def product_photos(request: HttpRequest, pk: int) -> HttpResponse:
    """Good pictures are kept though others of the same sending were not."""
    product = get_object_or_404(_own(request).select_related("business"), pk=pk)
    form = PhotosForm(request.POST, request.FILES) if request.method == "POST" else PhotosForm()
    if form.is_bound:
        form.full_clean()
        added = _add(request, form, product)
        if added:
            said = ngettext("%d foto tersimpan.", "%d foto tersimpan.", added) % added
            messages.success(request, said)
        if not form.errors:
            return redirect("catalog:product_photos", pk=pk)
    photos = list(product.photos.all())
    context = {
        "product": product,
        "form": form,
        "photos": photos,
        "most": MOST_PHOTOS,
        "is_full": len(photos) >= MOST_PHOTOS,
        "may_change": product.status != ProductStatus.TAKEN_DOWN,
    }
    return render(request, "catalog/product_photos.html", context)


@require_POST
def photo_place(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """`ke` says the place wanted, so that a second press changes nothing."""
    to = request.POST.get("ke", "")
    row = _photo(request, pk, photo)
    if to.isascii() and to.isdecimal() and len(to) == 1:
        _try(request, lambda: place_photo(row, to=int(to), by=_user(request), via="web"))
    return redirect(f"{reverse('catalog:product_photos', args=[pk])}#foto-{photo}")


@require_POST
def photo_remove(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    row = _photo(request, pk, photo)
    _try(request, lambda: remove_photo(row, by=_user(request), via="web"))
    return redirect("catalog:product_photos", pk=pk)


def _own(request: HttpRequest) -> ProductQuerySet:
    return Product.objects.within(workable(request, Right.CATALOGUE))


def _photo(request: HttpRequest, pk: int, photo: int) -> ProductPhoto:
    rows = ProductPhoto.objects.select_related("product")
    return get_object_or_404(rows, pk=photo, product__in=_own(request).filter(pk=pk))


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _try(request: HttpRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except ActionRefused as refusal:
        messages.error(request, str(refusal))


def _add(request: HttpRequest, form: PhotosForm, product: Product) -> int:
    """Keep one after the other until one is refused; return how many are kept."""
    for kept, photo in enumerate(form.photos):
        try:
            add_photo(product, photo, by=_user(request), via="web")
        except (ActionRefused, StorageFull) as refusal:
            form.add_error("foto", str(refusal))
            return kept
    return len(form.photos)
