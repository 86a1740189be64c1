"""The public catalogue: search, filters, one product, its picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.actions.search_words import note_miss
from catalog.choices import Category
from catalog.forms.search import SORTS, chips, known_places, read_filters
from catalog.reports.search import RELEVANT, Filters, find_products
from members.models import Kecamatan


@dataclass(frozen=True)
class PriceField:
    """What the filter sheet asks of a field."""

    html_name: str
    label: Any
    value: int | None

    @property
    def id_for_label(self) -> str:
        return f"f-{self.html_name}"


@login_not_required
@require_safe
def product_list(request: HttpRequest, category: str = "") -> HttpResponse:
    """`X-Fragment: hasil` asks for the results alone, so that filters need not load the page."""
    if category and category not in Category.values:
        raise Http404
    places = list(Kecamatan.objects.all())
    filters = known_places(read_filters(request.GET, category=category), places)
    found = find_products(filters)
    if found.is_missed(filters):
        note_miss(filters.q, on=timezone.localdate())
    context = {
        "filters": filters,
        "found": found,
        "category": Category(category) if category else None,
        "chips": chips(filters, request.path, places),
        "sorts": ({RELEVANT: _("Paling cocok")} if filters.q else {}) | SORTS,
        "hidden": _kept(filters, request.path, without={"urut"}),
        "next_url": filters.next_url(request.path, found.next_token),
        "is_filtered": bool(request.GET),
        "meant_url": filters.url(request.path, q=found.meant) if found.meant else "",
        "header_open": True,
        **_sheet(filters, request.path, places),
    }
    fragment = "#hasil" if request.headers.get("X-Fragment") == "hasil" else ""
    return render(request, f"catalog/product_list.html{fragment}", context)


def _sheet(filters: Filters, path: str, places: list[Kecamatan]) -> dict[str, Any]:
    districts = [
        {"value": place.slug, "label": place.name, "checked": place.slug in filters.kecamatan}
        for place in places
    ]
    in_stock = {"value": "1", "label": _("Hanya yang tersedia"), "checked": filters.tersedia}
    own = {"kecamatan", "tersedia", "harga_min", "harga_maks"}
    return {
        "categories": [(each, filters.url(f"/katalog/{each.value}/")) for each in Category],
        "all_url": filters.url("/katalog/", kategori=""),
        "sheet_hidden": _kept(filters, path, without=own),
        "clear_url": path,
        "groups": [
            {"legend": _("Kecamatan"), "name": "kecamatan", "options": districts},
            {"legend": _("Persediaan"), "name": "tersedia", "options": [in_stock]},
        ],
        "prices": [
            PriceField("harga_min", _("Paling murah"), filters.harga_min),
            PriceField("harga_maks", _("Paling mahal"), filters.harga_maks),
        ],
    }


def _kept(filters: Filters, path: str, *, without: set[str]) -> list[tuple[str, str]]:
    """What a form must send along beside its own fields."""
    in_path = set() if path == "/katalog/" else {"kategori"}
    return [pair for pair in filters.pairs() if pair[0] not in without | in_path]
