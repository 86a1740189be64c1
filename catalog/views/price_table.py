"""Price and stock of twenty goods on one page; a wrong row is marked, the right ones are saved."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from catalog.actions.pricing import reprice_product
from catalog.choices import ProductStatus
from catalog.forms.prices import PriceRow, rows_of
from catalog.models import Product
from catalog.models.product_query import ProductQuerySet
from members.choices import Right
from members.models import User
from members.views.working import desk, workable
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.paginate import keyset_page

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def price_table(request: HttpRequest) -> HttpResponse:
    place = desk(request).at(Right.CATALOGUE)
    if place is None:
        return redirect("catalog:product_manage")
    mine = Product.objects.within(workable(request, Right.CATALOGUE))
    mine = mine.exclude(status__in=[ProductStatus.TAKEN_DOWN, ProductStatus.ARCHIVED])
    if request.method == "POST":
        return _save(request, mine)
    page = keyset_page(
        mine.of(place.business).select_related("business"),
        order=("name", "pk"),
        token=request.GET.get("setelah", "")[:500],
        before=request.GET.get("sebelum", "")[:500],
        size=PAGE,
    )
    context = {
        "rows": rows_of(page.rows),
        "business": place.business,
        "next_url": f"?{urlencode({'setelah': page.next_token})}" if page.next_token else "",
        "previous_url": (
            f"?{urlencode({'sebelum': page.previous_token})}" if page.previous_token else ""
        ),
    }
    return render(request, "catalog/price_table.html", context)


def _save(request: HttpRequest, mine: ProductQuerySet) -> HttpResponse:
    """What is not hers is not among the rows, whatever the form names."""
    named = [pk for pk in request.POST.getlist("produk") if pk.isdecimal() and len(pk) < 19]
    products = mine.filter(pk__in=named[:PAGE]).select_related("business").order_by("name", "pk")
    rows = [row for row in rows_of(products, request.POST) if row.was_shown]
    saved = sum(_save_row(row, cast(User, request.user)) for row in rows)
    said = ngettext("%d produk tersimpan.", "%d produk tersimpan.", saved) % saved
    if not any(row.errors for row in rows):
        messages.success(request, said if saved else _("Tidak ada yang berubah."))
        return redirect("catalog:price_table")
    wrong = [row for row in rows if row.errors]
    context = {
        "rows": rows,
        "wrong": wrong,
        "saved_text": said if saved else "",
        "business": rows[0].product.business,
        "next_url": "",
        "previous_url": "",
    }
    return render(request, "catalog/price_table.html", context)


def _save_row(row: PriceRow, user: User) -> bool:
    """Whether something was saved; what was wrong is said in the row."""
    if not row.is_valid():
        return False
    changes = row.changes()
    if not changes:
        return False
    typed = row.cleaned_data
    try:
        row.product = reprice_product(
            row.product,
            price=changes.get("price"),
            sold_out=changes.get("sold_out"),
            old_price=typed["harga_lama"] or 0,
            old_sold_out=typed["habis_lama"],
            by=user,
            via="web",
        )
    except ActionRefused as refusal:
        row.product.refresh_from_db(fields=["price", "sold_out"])
        row.add_error("harga", str(refusal))
        row.show_anew()
        return False
    row.show_anew()
    return True
