"""An owner's list of her goods, and the switch in each row."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from catalog.actions.listing import set_sold_out
from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from catalog.reports.own_products import FILTERED_FROM, choose, filters, sums_of
from members.choices import Right
from members.models import User
from members.views.working import desk, workable
from umkm_portal.lib.http import is_htmx, local_path
from umkm_portal.lib.paginate import KeysetPage, keyset_page

PAGE = 24
LIST = "/saya/produk/"


@require_safe
def product_manage(request: HttpRequest) -> HttpResponse:
    place = desk(request).at(Right.CATALOGUE)
    if place is None and desk(request).places:
        return render(request, "catalog/product_no_business.html", {"is_hired": True})
    business = place.business if place else None
    products = Product.objects.filter(business=business) if business else Product.objects.none()
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("keadaan", "")
    page = _page(request, choose(products, text=text, state=state))
    context = {
        "page": _with_sums(page),
        "business": business,
        "is_verified": business is not None and business.may_list,
        "asked": {"q": text, "keadaan": state},
        "filters": filters() if text or state or _has_many(page) else [],
        "here": request.get_full_path(),
        **_ways(page, {"q": text, "keadaan": state}),
    }
    return render(request, "catalog/product_manage.html", context)


@require_POST
def product_sold_out(request: HttpRequest, pk: int) -> HttpResponse:
    """`habis` says the state wanted, so that a second press changes nothing."""
    user = cast(User, request.user)
    product = get_object_or_404(Product.objects.within(workable(request, Right.CATALOGUE)), pk=pk)
    product = set_sold_out(product, sold_out=request.POST.get("habis") == "1", by=user, via="web")
    back = local_path(request.POST.get("dari", "")[:500], under=LIST)
    if is_htmx(request):
        _with_sums([product])
        return render(
            request, "catalog/product_manage.html#baris", {"product": product, "here": back}
        )
    return redirect(f"{back}#produk-{product.pk}")


def _page(request: HttpRequest, products: ProductQuerySet) -> KeysetPage[Product]:
    return keyset_page(
        products.select_related("business").prefetch_related("photos"),
        order=("-pk",),
        token=request.GET.get("setelah", "")[:500],
        before=request.GET.get("sebelum", "")[:500],
        size=PAGE,
    )


def _has_many(page: KeysetPage[Product]) -> bool:
    return bool(page.next_token or page.previous_token or len(page) > FILTERED_FROM)


def _with_sums(page: KeysetPage[Product] | list[Product]) -> KeysetPage[Product] | list[Product]:
    """The same rows, each with `sums`."""
    rows = page if isinstance(page, list) else page.rows
    sums = sums_of(rows, on=timezone.localdate())
    for product in rows:
        product.sums = sums[product.pk]  # type: ignore[attr-defined]  # for the template
    return page


def _ways(page: KeysetPage[Product], asked: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in asked.items() if value}

    def way(name: str, token: str) -> str:
        return f"?{urlencode(kept | {name: token})}" if token else ""

    return {
        "next_url": way("setelah", page.next_token),
        "previous_url": way("sebelum", page.previous_token),
    }
