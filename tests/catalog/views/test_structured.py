"""What pages say to search engines."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.actions.editions import cancel_event
from members.actions.profile import PublicDetails, change_public_details
from tests import make

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(client, path: str) -> dict[str, Any]:
    """Every entry of the page by its type."""
    [text] = BLOCK.findall(client.get(path).content.decode())
    return {entry["@type"]: entry for entry in json.loads(text)}


def test_a_product_tells_its_offer(client, batik, settings) -> None:
    product = make.product(batik, description="Kain dari Cipedak.")

    entry = told(client, product.get_absolute_url())["Product"]

    assert entry["@context"] == "https://schema.org"
    assert entry["name"] == product.name
    assert entry["offers"]["price"] == "285000"
    assert entry["offers"]["priceCurrency"] == "IDR"
    assert entry["offers"]["availability"] == "https://schema.org/InStock"
    assert entry["offers"]["seller"]["name"] == "Batik Siti"
    assert entry["image"] == [f"{settings.SITE_URL}/produk/{product.pk}/kartu.jpg"]


def test_a_sold_out_one_says_so(client, batik) -> None:
    product = make.product(batik, sold_out=True)

    offer = told(client, product.get_absolute_url())["Product"]["offers"]

    assert offer["availability"] == "https://schema.org/OutOfStock"


def test_the_trail_leads_from_the_home_page(client, batik, settings) -> None:
    product = make.product(batik)

    steps = told(client, product.get_absolute_url())["BreadcrumbList"]["itemListElement"]

    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["name"] for step in steps] == ["Beranda", "Fashion", product.name]
    assert steps[-1]["item"] == settings.SITE_URL + product.get_absolute_url()


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", "a & b ]]>"]
)
def test_no_name_ends_the_block(client, batik, name) -> None:
    product = make.product(batik, name=name, description=name)

    assert told(client, product.get_absolute_url())["Product"]["name"] == name


def test_a_business_tells_only_what_its_owner_shows(client, siti, batik) -> None:
    entry = told(client, batik.get_absolute_url())["LocalBusiness"]
    assert "telephone" not in entry
    assert "streetAddress" not in entry["address"]
    assert "sameAs" not in entry

    details = PublicDetails(
        show_address=True, show_phone=True, order_phone="+6281234567890", instagram="batiksiti"
    )
    change_public_details(batik, details=details, by=siti, via="web")
    entry = told(client, batik.get_absolute_url())["LocalBusiness"]

    assert entry["telephone"] == "+6281234567890"
    assert entry["address"]["streetAddress"] == batik.street
    assert entry["sameAs"] == ["https://www.instagram.com/batiksiti/"]


def test_an_event_tells_when_and_where(client, db) -> None:
    event = make.event()

    entry = told(client, event.get_absolute_url())["Event"]

    starts = datetime.fromisoformat(entry["startDate"])
    assert starts == event.days.get().begins
    assert starts.utcoffset() == timedelta(hours=7)
    assert entry["location"]["name"] == event.venue
    assert entry["isAccessibleForFree"] is True

    cancel_event(event, reason="Hujan", by=None, via="web")
    entry = told(client, event.get_absolute_url())["Event"]
    assert entry["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_edition_tells_each_of_its_days(client, db) -> None:
    day = make.jbl_day()
    make.jbl_day(day.date + timedelta(days=1), edition=day.event)
    text = client.get(day.event.get_absolute_url()).content.decode()

    entries = json.loads(BLOCK.findall(text)[0])

    assert [entry["@type"] for entry in entries] == ["Event", "Event", "BreadcrumbList"]


CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def test_every_public_page_names_its_one_address(client, batik, settings) -> None:
    product, event, day = make.product(batik), make.event(), make.jbl_day()
    today = timezone.localdate()
    paths = [
        *("/", "/katalog/", "/katalog/kuliner/", "/usaha/", "/agenda/", "/jumat/", "/jbl/"),
        *("/bantuan/", "/statistik/", f"/agenda/{today.year}/{today.month:02}/"),
        product.get_absolute_url(),
        batik.get_absolute_url(),
        event.get_absolute_url(),
        day.event.get_absolute_url(),
    ]
    for path in paths:
        text = client.get(path).content.decode()
        assert CANONICAL.findall(text) == [settings.SITE_URL + path], path
        assert "noindex" not in text, path


def test_narrowed_and_later_pages_are_not_listed(client, batik, settings) -> None:
    product = make.product(batik)
    narrowed = {
        "/usaha/": "q=batik",
        "/agenda/": "jenis=pelatihan",
        product.get_absolute_url(): "jumlah=3",
        batik.get_absolute_url(): "setelah=x",
    }
    for path, query in narrowed.items():
        text = client.get(f"{path}?{query}").content.decode()
        assert '<meta name="robots" content="noindex, follow">' in text, path
        assert CANONICAL.findall(text) == [settings.SITE_URL + path], path


def test_a_page_that_is_not_there_names_no_address(client, db) -> None:
    assert "canonical" not in client.get("/tidak-ada/").content.decode()
