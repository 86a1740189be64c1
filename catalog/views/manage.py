"""What an owner, or who works for her, does with her products; anybody else's are not found."""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.listing import (
    archive_product,
    change_product,
    draft_product,
    submit_product,
)
from catalog.actions.photos import set_photo
from catalog.choices import ProductStatus
from catalog.forms.product import ProductForm, initial_of
from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from catalog.prices import likely_price
from members.choices import Right
from members.models import Business, User
from members.models.business import BusinessQuerySet
from members.views.working import desk, workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull


@require_http_methods(["GET", "HEAD", "POST"])
def product_add(request: HttpRequest) -> HttpResponse:
    """One screen saves and sends; when only the photo failed, the rest is kept as a draft."""
    business = _business_for_new(request)
    if business is None:
        return render(
            request, "catalog/product_no_business.html", {"is_hired": bool(desk(request).places)}
        )
    if request.method != "POST":
        initial = {"kunci": uuid4(), "usaha": business}
        return _show_new(request, _form(request, initial=initial), business)
    form = _form(request, request.POST, request.FILES)
    if not form.is_valid() and not form.only_photo_failed:
        return _show_new(request, form, business)
    chosen, key = form.cleaned_data.get("usaha", business), form.cleaned_data["kunci"]
    try:
        by = cast(User, request.user)
        product = draft_product(chosen, form.values, by=by, via="web", key=key)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return _show_new(request, form, business)
    return _save(request, form, product)


@require_http_methods(["GET", "HEAD", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _own(request).select_related("business").prefetch_related("photos")
    product = get_object_or_404(mine, pk=pk)
    if request.method != "POST":
        form = _form(request, product=product, initial=initial_of(product))
        return _show(request, form, product)
    form = _form(request, request.POST, request.FILES, product=product)
    if not form.is_valid() and not form.only_photo_failed:
        return _show(request, form, product)
    # A draft whose photo failed was saved without being asked.
    asked = product.price if product.submitted_at else 0
    return _save(request, form, product, old_price=asked)


@require_POST
def product_archive(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(_own(request), pk=pk)
    try:
        archive_product(product, by=cast(User, request.user), via="web")
        messages.success(request, _("%s diarsipkan dan tidak tampil lagi.") % product.name)
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("catalog:product_manage")


def _own(request: HttpRequest) -> ProductQuerySet:
    return Product.objects.within(workable(request, Right.CATALOGUE))


def _named(request: HttpRequest) -> BusinessQuerySet:
    return workable(request, Right.CATALOGUE).exclude(name="")


def _business_for_new(request: HttpRequest) -> Business | None:
    """The chosen business, or another one with a name when that has none yet."""
    place = desk(request).at(Right.CATALOGUE)
    if place is not None and place.business.name:
        return place.business
    return _named(request).first()


def _form(request: HttpRequest, *args: Any, **kwargs: Any) -> ProductForm:
    return ProductForm(*args, businesses=_named(request), **kwargs)


def _show_new(request: HttpRequest, form: ProductForm, business: Business) -> HttpResponse:
    return render(request, "catalog/product_form.html", {"form": form, "business": business})


def _show(request: HttpRequest, form: ProductForm, product: Product) -> HttpResponse:
    context = {
        "form": form,
        "product": product,
        "business": product.business,
        "photos": product.photos.all(),
    }
    return render(request, "catalog/product_form.html", context)


def _save(
    request: HttpRequest, form: ProductForm, product: Product, *, old_price: int = 0
) -> HttpResponse:
    """The words first: what was typed is kept whatever happens to the photo."""
    user = cast(User, request.user)
    try:
        product = change_product(product, form.values, by=user, via="web")
        if photo := form.cleaned_data.get("foto"):
            product = set_photo(product, photo, by=user, via="web")
        if form.errors:
            return _show(request, form, product)
        lacks_facts = request.POST.get("aksi") == "kirim" and product.needs_food_facts
        if request.POST.get("aksi") == "kirim" and not lacks_facts:
            product = submit_product(product, by=user, via="web")
    except (ActionRefused, StorageFull) as refusal:
        messages.warning(request, str(refusal))
        return redirect("catalog:product_edit", pk=product.pk)
    if lacks_facts:
        messages.warning(request, _("Tersimpan. Tinggal keterangan pangan, lalu kirim."))
        return _on(product, reverse("catalog:product_food", args=[product.pk]), old_price)
    messages.success(request, _said(product))
    return _on(product, reverse("catalog:product_manage"), old_price)


def _on(product: Product, where: str, old_price: int) -> HttpResponse:
    """Go on; a new price that looks like a slip is asked about on the way."""
    if product.price == old_price or likely_price(product.price, product.category) is None:
        return redirect(where)
    question = reverse("catalog:price_question", args=[product.pk])
    return redirect(f"{question}?{urlencode({'lanjut': where})}")


def _said(product: Product) -> str:
    if product.status == ProductStatus.WAITING:
        return _("%s tersimpan dan menunggu kurasi, paling lama 3 hari kerja.") % product.name
    if product.status == ProductStatus.LIVE:
        return _("%s tersimpan dan tampil di katalog.") % product.name
    return _("%s tersimpan dan belum dikirim ke kurator.") % product.name
