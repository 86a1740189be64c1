"""The seller says where else a product is sold."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.shop_link import set_shop_link
from catalog.forms.shop_link import ShopLinkForm
from catalog.models import Product
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.errors import ActionRefused


@require_http_methods(["GET", "HEAD", "POST"])
def product_shop(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product.objects.within(workable(request, Right.CATALOGUE)), pk=pk)
    heard = request.POST if request.method == "POST" else None
    form = ShopLinkForm(heard, initial={"tautan": product.shop_url})
    if form.is_valid():
        try:
            set_shop_link(
                product, form.cleaned_data["tautan"], by=cast(User, request.user), via="web"
            )
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Tautan tersimpan dan langsung tampil."))
        return redirect("catalog:product_edit", pk=pk)
    return render(request, "catalog/product_shop.html", {"form": form, "product": product})
