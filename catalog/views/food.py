"""The second screen of a dish, and how long ahead a product has to be asked for."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.actions.food import set_food_facts, set_lead_days
from catalog.actions.listing import submit_product
from catalog.badges import may_claim_halal
from catalog.choices import Category, ProductStatus
from catalog.forms.food import FoodForm, LeadForm, initial_facts
from catalog.models import Product
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.errors import ActionRefused


@require_http_methods(["GET", "HEAD", "POST"])
def product_food(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Product.objects.within(workable(request, Right.CATALOGUE)).in_category(Category.KULINER)
    product = get_object_or_404(mine.select_related("business"), pk=pk)
    certified = may_claim_halal(product.business, on=timezone.localdate())
    if request.method != "POST":
        form = FoodForm(initial=initial_facts(product), may_claim_halal=certified)
        return _show(request, form, product)
    form = FoodForm(request.POST, may_claim_halal=certified)
    if not form.is_valid():
        return _show(request, form, product)
    return _save(request, form, product)


@require_POST
def product_lead(request: HttpRequest, pk: int) -> HttpResponse:
    mine = Product.objects.within(workable(request, Right.CATALOGUE))
    product = get_object_or_404(mine, pk=pk)
    form = LeadForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["hari"][0]))
        return redirect("catalog:product_edit", pk=pk)
    try:
        product = set_lead_days(
            product, form.cleaned_data["hari"], by=cast(User, request.user), via="web"
        )
        messages.success(request, _lead_said(product))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("catalog:product_edit", pk=pk)


def _show(request: HttpRequest, form: FoodForm, product: Product) -> HttpResponse:
    context = {"form": form, "product": product, "is_live": product.status == ProductStatus.LIVE}
    return render(request, "catalog/product_food.html", context)


def _save(request: HttpRequest, form: FoodForm, product: Product) -> HttpResponse:
    user = cast(User, request.user)
    try:
        product = set_food_facts(product, form.facts, by=user, via="web")
        if form.is_without_certificate:
            messages.warning(request, _without_certificate())
        if request.POST.get("aksi") == "kirim":
            product = submit_product(product, by=user, via="web")
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("catalog:product_edit", pk=product.pk)
    messages.success(request, _said(product))
    return redirect("catalog:product_manage")


def _said(product: Product) -> str:
    if product.status == ProductStatus.WAITING:
        return _("%s tersimpan dan menunggu kurasi, paling lama 3 hari kerja.") % product.name
    return _("Keterangan pangan %s tersimpan.") % product.name


def _lead_said(product: Product) -> str:
    if product.lead_days:
        return _("Tersimpan. Pembeli membaca PO %d hari.") % product.lead_days
    return _("Tersimpan. Produk ini selalu siap.")


def _without_certificate() -> str:
    return _(
        "Sertifikat halal usaha Anda belum disahkan petugas, jadi produk ini tersimpan sebagai "
        "belum bersertifikat halal. Unggah sertifikatnya di Berkas usaha (nomor yang diawali ID, "
        "bukan KH), lalu pilih Halal di sini setelah disahkan."
    )
