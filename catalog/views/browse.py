"""The public catalogue: search and filters."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from catalog.actions.search_words import note_miss
from catalog.choices import Category
from catalog.filters import LIST_PATH, RELEVANT, Filters
from catalog.forms import sheet
from catalog.forms.search import SORTS, read_filters
from catalog.reports.places import Places, known_places
from catalog.reports.search import Found, find_products


@login_not_required
@require_safe
def product_list(request: HttpRequest, category: str = "") -> HttpResponse:
    """`X-Fragment: hasil` asks for results and filters alone, to be put into the page."""
    if category and category not in Category.values:
        raise Http404
    places = known_places()
    filters = read_filters(request.GET, places, category=category)
    found = find_products(filters, places)
    if found.is_missed(filters):
        note_miss(filters.q, at=timezone.now())
    context = _results(filters, request.path, found, places)
    context |= _around(filters, request.path, found, places)
    fragment = "#hasil" if request.headers.get("X-Fragment") == "hasil" else ""
    return render(request, f"catalog/product_list.html{fragment}", context)


def _results(filters: Filters, path: str, found: Found, places: Places) -> dict[str, Any]:
    return {
        "filters": filters,
        "found": found,
        "chips": sheet.chips(filters, path, places),
        "sorts": ({RELEVANT: _("Paling cocok")} if filters.q else {}) | SORTS,
        "hidden": sheet.kept(filters, path, without={"urut"}),
        "next_url": filters.page_url(path, "setelah", found.next_token),
        "previous_url": filters.page_url(path, "sebelum", found.previous_token),
        "meant_url": filters.url(path, q=found.meant) if found.meant else "",
    }


def _around(filters: Filters, path: str, found: Found, places: Places) -> dict[str, Any]:
    """Categories and the sheet: they carry the other filters, so they change with each of them."""
    return {
        "category": Category(filters.kategori) if path != LIST_PATH else None,
        "categories": sheet.categories(filters),
        "all_url": filters.url(LIST_PATH, kategori=""),
        "shortcuts": sheet.shortcuts(filters, path),
        "sheet_hidden": sheet.kept(filters, path, without=sheet.OWN),
        "clear_url": path,
        "groups": sheet.groups(filters, places, found.options, are_least=found.options_are_least),
        "prices": sheet.prices(filters),
        # A category is worth finding in a search engine, a choice of filters is not.
        "is_filtered": bool(filters.applied or filters.q or filters.urut or filters.is_later_page),
        "header_open": True,
    }
