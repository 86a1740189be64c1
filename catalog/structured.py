"""What a page says to search engines, as schema.org's words (JSON-LD)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from catalog.choices import Category
from catalog.models import Product
from members.models import Business

CONTEXT = "https://schema.org"


def product_data(product: Product, *, image: str) -> dict[str, Any]:
    """`image` is an address below the portal; only a visible product may be told about."""
    there = "OutOfStock" if product.sold_out else "InStock"
    url = settings.SITE_URL + product.get_absolute_url()
    found = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": product.name,
        "description": product.description[:500] or product.name,
        "sku": f"P{product.pk}",
        "url": url,
        "category": str(Category(product.category).label),
        "offers": {
            "@type": "Offer",
            "price": str(product.price),
            "priceCurrency": "IDR",
            "availability": f"{CONTEXT}/{there}",
            "itemCondition": f"{CONTEXT}/NewCondition",
            "url": url,
            "seller": {
                "@type": "LocalBusiness",
                "name": product.seller_name,
                "url": f"{settings.SITE_URL}/usaha/{product.seller_slug}/",
            },
        },
    }
    return found | ({"image": [settings.SITE_URL + image]} if image else {})


def business_data(business: Business, *, image: str) -> dict[str, Any]:
    """Only what the owner shows on the page itself."""
    assert business.kelurahan  # noqa: S101  business_complete_once_submitted
    address = {
        "@type": "PostalAddress",
        "addressLocality": f"{business.kelurahan.name}, {business.kelurahan.kecamatan.name}",
        "addressRegion": "DKI Jakarta",
        "addressCountry": "ID",
    }
    if business.show_address and business.street:
        address |= {"streetAddress": business.street, "postalCode": business.postcode}
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "LocalBusiness",
        "name": business.name,
        "url": settings.SITE_URL + business.get_absolute_url(),
        "image": settings.SITE_URL + image,
        "address": address,
    }
    if business.description:
        found["description"] = business.description
    if business.show_phone and business.order_phone:
        found["telephone"] = business.order_phone
    links = [f"https://www.instagram.com/{business.instagram}/"] if business.instagram else []
    links += [business.shop_url] if business.shop_url else []
    return found | ({"sameAs": links} if links else {})


def breadcrumbs(*steps: tuple[str, str]) -> dict[str, Any]:
    """`steps` are (name, path) from the home page down; the home page itself is added."""
    trail: Sequence[tuple[str, str]] = [("Beranda", "/"), *steps]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": name,
                "item": settings.SITE_URL + path,
            }
            for place, (name, path) in enumerate(trail, 1)
        ],
    }
