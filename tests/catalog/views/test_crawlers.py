"""Pages of a search walked by a machine: they end, show each product once, and bear any token."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from catalog.actions.indexing import write_search
from catalog.lexicon import refresh_lexicon
from catalog.models import Product
from tests import make

MANY = 53


@pytest.fixture
def goods(batik) -> None:
    refresh_lexicon(now=True)
    for number in range(MANY):
        make.product(batik, name=f"Kain {number}", photo=False, price=1000 + number % 3)
    for product in Product.objects.select_related("business__kelurahan__kecamatan"):
        write_search(product)


def names(response) -> list[str]:
    return [card.name for card in response.context["found"].cards]


@pytest.mark.parametrize("query", ["q=kain", "q=kain&urut=termurah", "q=kain&urut=terbaru"])
def test_following_the_next_link_ends_and_meets_each_once(client, goods, query) -> None:
    met: list[str] = []
    address = f"/katalog/?{query}"
    for _page in range(MANY):
        response = client.get(address)
        met += names(response)
        address = response.context["next_url"]
        if not address:
            break

    assert sorted(met) == sorted(f"Kain {number}" for number in range(MANY))


@pytest.mark.parametrize("name", ["setelah", "sebelum"])
@pytest.mark.parametrize(
    "altered",
    [
        lambda token: token[:-3],
        lambda token: token[::-1],
        lambda token: f"A{token[1:]}",
        lambda token: token * 40,
        lambda token: "",
        lambda token: "' OR 1=1 --",
        lambda token: "\0",
        lambda token: "9" * 400,
    ],
)
def test_an_altered_token_shows_the_first_page(client, goods, name, altered) -> None:
    first = client.get("/katalog/?q=kain")
    # Altered as it is, not as an address writes it: a quoted one turned round may hold "%00".
    token = unquote(first.context["next_url"].split("setelah=")[1])

    response = client.get("/katalog/", {"q": "kain", name: altered(token)})

    if "\0" in altered(token):
        assert response.status_code == 400
        return
    assert response.status_code == 200
    assert names(response) == names(first)
    assert response.context["previous_url"] == ""


def test_a_token_of_another_order_shows_the_first_page(client, goods) -> None:
    first = client.get("/katalog/?q=kain")
    by_price = client.get("/katalog/?q=kain&urut=termurah")
    token = first.context["next_url"].split("setelah=")[1]
    other = by_price.context["next_url"].split("setelah=")[1]

    assert names(client.get(f"/katalog/?q=kain&setelah={other}")) == names(first)
    swapped = client.get(f"/katalog/?q=kain&urut=termurah&setelah={token}")
    assert names(swapped) == names(by_price)


def test_a_token_of_other_words_is_a_place_among_these(client, goods) -> None:
    """It says how well and how new, whatever was asked: a page, and never an error."""
    token = client.get("/katalog/?q=kain").context["next_url"].split("setelah=")[1]

    response = client.get(f"/katalog/?q=siti&setelah={token}")

    assert response.status_code == 200
    assert set(names(response)) <= {f"Kain {number}" for number in range(MANY)}


@pytest.mark.parametrize("query", ["q=kain", "tersedia=1", "q=kain&tersedia=1", "urut=termurah"])
def test_no_link_leads_a_machine_from_filter_to_filter(client, goods, query) -> None:
    page = client.get(f"/katalog/?{query}").text

    assert '<meta name="robots" content="noindex, follow"' in page
    links = [part.split(">")[0] for part in page.split("<a ")[1:]]
    chips = [link for link in links if 'class="chip' in link]
    assert len(chips) >= 5
    assert all('rel="nofollow"' in link for link in chips)


def test_categories_are_worth_finding_from_the_plain_list(client, goods) -> None:
    page = client.get("/katalog/").text

    links = [part.split(">")[0] for part in page.split("<a ")[1:]]
    (kuliner,) = [link for link in links if 'href="/katalog/kuliner/"' in link and "chip" in link]
    assert "nofollow" not in kuliner
