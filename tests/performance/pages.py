"""Which pages are measured, what peers do in their place, and the goal (performance.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalog.models import Product
from catalog.reports.listing import SORTED, Row
from members.models import KadinMembership
from umkm_portal.demo.load_words import COMMON, IN_HASTE, MISTYPED, RARE
from umkm_portal.lib.paginate import encode_token

DEEP = 120_000


@dataclass(frozen=True)
class Page:
    """`kept` asks the server that keeps public pages; `known` sends the ETag along; `crowd`:
    each request comes from another address."""

    name: str
    path: str
    peer: str = "–"
    goal: str = ""
    kept: bool = False
    known: bool = False
    crowd: bool = False


def pages_of_catalogue(products: int) -> list[Page]:
    """Those whose cost may grow with the catalogue."""
    deep = min(DEEP, products * 8 // 10)
    filtered = "?kategori=kuliner&kecamatan=tebet&kecamatan=jagakarsa&harga_min=20000"
    oscar = "oscar 0.003; 0.0012 at 100,000"
    return [
        Page("list", "/katalog/", oscar, "0.20"),
        Page("page 2", f"/katalog/?setelah={_token_after(24)}", oscar),
        Page(f"page after row {deep:,}", f"/katalog/?setelah={_token_after(deep)}"),
        Page("filter, with counts", f"/katalog/{filtered}&harga_maks=60000", "oscar 0.002", "0.12"),
        Page("search, 0.5 % of products", f"/katalog/?q={RARE}", "oscar 0.010; 0.008", "0.15"),
        Page("search, 60 %", f"/katalog/?q={COMMON}", "oscar 0.007; 0.002", "0.10"),
        Page("search, mistyped", f"/katalog/?q={MISTYPED}", "–", "p99 120 ms"),
        Page("search, no vowels", f"/katalog/?q={IN_HASTE}", "–", "p99 120 ms"),
        Page("product", _product(), "oscar 0.031; 0.031", "0.25"),
        Page("directory", "/usaha/", "tendenci 0.002", "0.20"),
        Page("directory, by name", "/usaha/?q=dapur", "tendenci 0.003", "0.20"),
    ]


def other_pages() -> list[Page]:
    return [
        Page("home", "/"),
        Page("next market", "/jumat/"),
        Page("agenda", "/agenda/", "pretix 0.005", "0.20"),
        Page(
            "agenda, a month of 200",
            f"/agenda/{timezone.localdate():%Y/%m}/",
            "pretix 0.005",
            "0.20",
        ),
        Page("card check", f"/cek/{_card()}/", "–", "0.30", crowd=True),
        Page("list, kept", "/katalog/", "–", "0.80", kept=True),
        Page("list, kept, 304", "/katalog/", "–", "1.0", kept=True, known=True),
        Page("next market, kept", "/jumat/", "–", "0.80", kept=True),
    ]


def _card() -> str:
    standing = KadinMembership.objects.in_good_standing(on=timezone.localdate())
    return standing.order_by("pk").values_list("card_code", flat=True)[0]


def _token_after(number: int) -> str:
    rows = Product.objects.visible().newest().values_list("published_at", "price", "pk")
    return encode_token(Row(*rows[number - 1]), order=SORTED["terbaru"])


def _product() -> str:
    rows: Any = Product.objects.visible().exclude(cover_name="").newest()
    return rows[10].get_absolute_url()
