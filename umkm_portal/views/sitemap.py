from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.choices import Category
from catalog.models import Product
from catalog.models.product_query import not_withdrawn
from events.models import Event
from members.models import Business

# The format's own limit is 50,000 addresses a file.
MOST = 20_000
PAGES = ("/", "/jumat/", "/jbl/", "/katalog/", "/usaha/", "/agenda/", "/daftar/", "/cek/")


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """What search engines may list: pages, events, products and businesses that are seen."""
    products = Product.objects.visible().newest().values_list("slug", "pk", "updated_at")[:MOST]
    businesses = (
        Business.objects.verified()
        .filter(not_withdrawn(owner="owner"))
        .values_list("slug", flat=True)[:MOST]
    )
    events = [event.get_absolute_url() for event in Event.objects.public()[:MOST]]
    context = {
        "site": settings.SITE_URL,
        "pages": [*PAGES, *(f"/katalog/{each}/" for each in Category.values), *events],
        "products": products,
        "businesses": businesses,
    }
    return render(request, "sitemap.xml", context, content_type="application/xml")
