"""What search engines may list."""

from __future__ import annotations

from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone

from tests import make

# The package shows the view of this name; the module behind it is meant.
sitemap = import_module("umkm_portal.views.sitemap")

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _parsed(response) -> ET.Element:
    return ET.fromstring(response.content)  # noqa: S314  our own


def places(client, path: str) -> list[str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [str(loc.text) for loc in _parsed(response).iter(f"{SPACE}loc")]


def everything(client, settings) -> list[str]:
    files = [url.removeprefix(settings.SITE_URL) for url in places(client, "/sitemap.xml")]
    return [url.removeprefix(settings.SITE_URL) for file in files for url in places(client, file)]


def test_it_names_what_is_seen(client, batik, siti, settings) -> None:
    product, event = make.product(batik), make.event()
    hidden = make.product(make.business(siti, name="Diam", suspended_at=timezone.now()))

    listed = everything(client, settings)

    for path in (product.get_absolute_url(), batik.get_absolute_url(), event.get_absolute_url()):
        assert path in listed
    assert "/katalog/kuliner/" in listed
    assert hidden.get_absolute_url() not in listed
    assert len(listed) == len(set(listed))


def test_files_are_ranges_of_keys_and_none_is_empty(client, batik, settings, monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "SPAN", 2)
    products = [make.product(batik, name=f"Kain {n}") for n in range(5)]
    type(products[2]).objects.filter(pk__in=[p.pk for p in products[2:4]]).update(status="archived")

    listed = everything(client, settings)

    assert sum(path.startswith("/produk/") for path in listed) == 3


def test_each_product_tells_when_it_changed(client, batik) -> None:
    product = make.product(batik)
    number = product.pk // sitemap.SPAN

    root = _parsed(client.get(f"/sitemap-produk-{number}.xml"))

    assert [when.text for when in root.iter(f"{SPACE}lastmod")] == [
        timezone.localdate(product.updated_at).isoformat()
    ]


@pytest.mark.parametrize(
    "path",
    ["/sitemap-produk-7.xml", "/sitemap-lain-0.xml", f"/sitemap-produk-{10**30}.xml"],
)
def test_a_file_of_nothing_is_not_there(client, db, path) -> None:
    assert client.get(path).status_code == 404


def test_a_million_products_cost_the_index_three_queries(
    client, batik, django_assert_num_queries
) -> None:
    make.product(batik)
    with django_assert_num_queries(3):
        client.get("/sitemap.xml")
    with django_assert_num_queries(1):
        client.get("/sitemap-produk-0.xml")
