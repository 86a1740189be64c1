"""The browser says that it shows a product; a sum goes up, and nothing of the visitor stays."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog import interest
from catalog.views.ordering import from_our_pages
from catalog.views.visitors import is_shopper


@csrf_exempt
@login_not_required
@require_POST
@from_our_pages
def product_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers the same whether it counted or not, and reads no table for a visitor."""
    if is_shopper(request, pk):
        interest.count_view(pk)
    return HttpResponse(status=204)
