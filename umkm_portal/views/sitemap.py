"""What search engines may list, in files of ranges of keys: no offset, no count, no huge file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.choices import Category
from catalog.models import Product
from events.choices import PUBLIC_KINDS
from events.models import Event
from members.models import Business

SPAN = 20_000
"""Keys in one file; the format's own limit is 50,000 addresses."""
PAGES = ("/", "/jumat/", "/jbl/", "/katalog/", "/usaha/", "/agenda/", "/daftar/", "/cek/")
WORDS = ("/bantuan/", "/tentang/", "/kontak/", "/privasi/", "/syarat/", "/statistik/")
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Which ranges of keys hold something to list: each is one look at the table's own index.
_RANGES = """
SELECT n FROM generate_series(0, (SELECT coalesce(max(id), 0) FROM {table}) / {span}) AS n
WHERE EXISTS (SELECT 1 FROM {table}
  WHERE {seen} AND id >= n * {span} AND id < (n + 1) * {span})
"""

PUBLIC_EVENT = "published AND kind IN ({})".format(
    ", ".join(f"'{kind.value}'" for kind in PUBLIC_KINDS)
)
Line = tuple[str, date | None]


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: which files there are."""
    files = [
        ("halaman", 0),
        *(("acara", number) for number in _ranges(Event, PUBLIC_EVENT)),
        *(("usaha", number) for number in _ranges(Business, "is_listed")),
        *(("produk", number) for number in _ranges(Product, "is_public")),
    ]
    entries = "".join(
        f"<sitemap><loc>{settings.SITE_URL}/sitemap-{name}-{number}.xml</loc></sitemap>\n"
        for name, number in files
    )
    return _xml(f'<sitemapindex xmlns="{NAMESPACE}">\n{entries}</sitemapindex>\n')


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """The addresses of one range of keys, each with the day it last changed."""
    # Beyond what a key can be, the database has no number for it.
    if section not in SECTIONS or number > 2**40:
        raise Http404
    lines = list(SECTIONS[section](number))
    if not lines:
        raise Http404
    entries = "".join(_entry(path, changed) for path, changed in lines)
    return _xml(f'<urlset xmlns="{NAMESPACE}">\n{entries}</urlset>\n')


def _pages(number: int) -> Iterable[Line]:
    paths = [*PAGES, *WORDS, *(f"/katalog/{each}/" for each in Category.values)]
    return [(path, None) for path in paths] if number == 0 else []


def _events(number: int) -> Iterable[Line]:
    span = Event.objects.public().filter(pk__gte=number * SPAN, pk__lt=(number + 1) * SPAN)
    return [(event.get_absolute_url(), None) for event in span.order_by("pk")]


def _businesses(number: int) -> Iterable[Line]:
    span = Business.objects.listed().filter(pk__gte=number * SPAN, pk__lt=(number + 1) * SPAN)
    rows = span.order_by("pk").values_list("slug", "decided_at")
    return [(f"/usaha/{slug}/", _day(changed)) for slug, changed in rows]


def _products(number: int) -> Iterable[Line]:
    span = Product.objects.visible().filter(pk__gte=number * SPAN, pk__lt=(number + 1) * SPAN)
    rows = span.order_by("pk").values_list("slug", "pk", "updated_at")
    return [(f"/produk/{slug}-{pk}/", _day(changed)) for slug, pk, changed in rows]


SECTIONS: dict[str, Callable[[int], Iterable[Line]]] = {
    "halaman": _pages,
    "acara": _events,
    "usaha": _businesses,
    "produk": _products,
}


def _ranges(model: type[Model], seen: str) -> list[int]:
    # Names from our own models and code only; nothing that anybody typed.
    sql = _RANGES.format(table=model._meta.db_table, span=SPAN, seen=seen)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [number for (number,) in cursor.fetchall()]


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _entry(path: str, changed: date | None) -> str:
    # Slugs hold letters, digits and hyphens, so that nothing needs escaping.
    when = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{settings.SITE_URL}{path}</loc>{when}</url>\n"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(_HEAD + body, content_type="application/xml")
