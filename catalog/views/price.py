"""One question after a price that looks like a slip; everything is saved already."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.actions.listing import set_price
from catalog.choices import ProductStatus
from catalog.models import Product
from catalog.prices import likely_price
from members.choices import Right
from members.models import User
from members.views.working import workable
from umkm_portal.lib.http import local_path
from umkm_portal.lib.rupiah import rupiah

LIST = "/saya/produk/"


@require_http_methods(["GET", "HEAD", "POST"])
def price_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Rp50, or was Rp50.000 meant? Either answer goes on; so does leaving the page."""
    mine = Product.objects.within(workable(request, Right.CATALOGUE))
    product = get_object_or_404(mine.exclude(status=ProductStatus.TAKEN_DOWN), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    onward = local_path(asked.get("lanjut", "")[:500], under=LIST)
    meant = likely_price(product.price, product.category)
    if meant is None:
        return redirect(onward)
    if request.method != "POST":
        context = {"product": product, "meant": meant, "onward": onward}
        return render(request, "catalog/price_question.html", context)
    # The answer names the price it was given for: a page left open changes no newer one.
    if request.POST.get("harga") == str(meant):
        product = set_price(product, meant, by=cast(User, request.user), via="web")
        messages.success(request, _("Harga sekarang %s.") % rupiah(product.price))
    return redirect(onward)
