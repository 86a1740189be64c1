"""A shopper looks around: nothing she can type breaks the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.indexing import write_search
from catalog.choices import ProductStatus
from catalog.models import Product
from members.choices import ApplicationStatus, Sector
from tests import make


@pytest.fixture
def indexed(batik):
    def build(name: str, **values) -> Product:
        made = make.product(batik, name=name, **values)
        write_search(
            Product.objects.select_related("business__kelurahan__kecamatan").get(pk=made.pk)
        )
        return made

    return build


def names(response) -> list[str]:
    return [card.name for card in response.context["found"].cards]


def test_the_empty_catalogue_says_what_to_do(client, db) -> None:
    response = client.get("/katalog/")

    assert response.status_code == 200
    assert "Tidak ada produk yang cocok." in response.content.decode()


@pytest.mark.parametrize("path", ["/katalog/", "/katalog/fashion/"])
def test_one_row_and_three_cost_the_same(
    client, batik, path, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    make.product(batik)
    with django_assert_max_num_queries(4) as one:
        client.get(path)
    make.product(batik)
    make.product(batik)
    with django_assert_num_queries(len(one)):
        response = client.get(path)

    assert len(names(response)) == 3
    assert not response.cookies


def test_an_unknown_category_is_not_found(client, db) -> None:
    assert client.get("/katalog/jasa/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("kripik", "Keripik singkong pedas"),
        ("keripik", "Kripik tempe"),
        ("klepon", "Kue Kelepon"),
        ("sambel", "Sambal kacang"),
        ("baju batik", "Baju-baju batik anak"),
    ],
)
def test_search_forgives_spelling(client, indexed, typed, written) -> None:
    indexed("Tas kain perca")
    indexed(written)

    assert names(client.get("/katalog/", {"q": typed})) == [written]


def test_search_finds_the_seller_and_the_place_too(client, indexed) -> None:
    indexed("Kain panjang")

    assert names(client.get("/katalog/", {"q": "siti cipedak"})) == ["Kain panjang"]


def test_what_nobody_sells_is_said_without_promising_something_like_it(client, indexed) -> None:
    page = client.get("/katalog/?q=zzqqxxw").text
    assert "0 produk" in page
    assert "Tidak ada produk yang cocok." in page
    assert "Ini yang mirip" not in page


def test_a_hit_in_the_name_comes_first(client, indexed) -> None:
    indexed("Kopi susu")
    indexed("Cangkir", description="Untuk minum kopi")

    assert names(client.get("/katalog/", {"q": "kopi"})) == ["Kopi susu", "Cangkir"]


def test_filters_narrow_together(client, siti, batik) -> None:
    tebet = make.business(siti, name="Dapur Tebet", kelurahan=make.kelurahan("Bukit Duri"))
    make.product(batik, name="Murah", price=10_000)
    make.product(batik, name="Mahal", price=900_000)
    make.product(tebet, name="Jauh", price=10_000)
    make.product(batik, name="Kosong", price=10_000, sold_out=True)

    asked = {"kecamatan": "jagakarsa", "harga_maks": "Rp50.000", "tersedia": "1"}
    response = client.get("/katalog/", asked)

    assert names(response) == ["Murah"]
    assert [text for text, _url in response.context["chips"]] == [
        "Jagakarsa",
        "Sampai Rp50.000",
        "Yang tersedia",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "q=%27%29%3B+DROP+TABLE+x--",
        "q=" + "a" * 3000,
        "q=yang",
        "q=%26%7C%21%28%29%3A%2A",
        "q=%F0%9F%98%80",
        "harga_min=abc&harga_maks=-5",
        "harga_min=99999999999999999999999",
        "kecamatan=x&kecamatan=tebet",
        "urut=apa&setelah=rusak&kategori=x&tersedia=x",
        "setelah=" + "a" * 3000,
        "urut=cocok",
        "q=kain&urut=cocok&setelah=1",
    ],
)
def test_nonsense_is_left_out(client, batik, query) -> None:
    make.product(batik)

    assert client.get(f"/katalog/?{query}").status_code == 200
    assert client.get(f"/usaha/?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "kecamatan=%00"])
def test_bytes_nobody_types_are_refused(client, db, query) -> None:
    assert client.get(f"/katalog/?{query}").status_code == 400


@pytest.mark.parametrize("query", ["", "urut=termurah", "urut=termahal", "q=kain"])
def test_every_product_is_on_exactly_one_page(client, indexed, query) -> None:
    now = timezone.now()
    for number in range(55):
        indexed(
            f"Kain {number}",
            photo=False,
            price=1000 + number % 3,
            published_at=now - timedelta(seconds=number // 4),
        )

    seen, url = [], f"/katalog/?{query}"
    while url:
        response = client.get(url)
        seen += names(response)
        url = response.context["next_url"]

    assert len(seen) == 55
    assert len(set(seen)) == 55
    assert response.context["found"].count == 55


def test_beyond_a_thousand_it_does_not_count(client, batik, monkeypatch) -> None:
    monkeypatch.setattr("catalog.reports.search.COUNTED", 30)
    for _number in range(32):
        make.product(batik, photo=False)

    assert "lebih dari 1.000 produk" in client.get("/katalog/").content.decode()


def test_the_fragment_is_the_results_alone(client, batik) -> None:
    make.product(batik)

    text = client.get("/katalog/", headers={"X-Fragment": "hasil"}).content.decode()

    assert "Kain batik tulis" in text
    assert "<html" not in text


def test_what_no_curator_approved_is_not_seen(client, siti, budi, batik) -> None:
    for status in set(ProductStatus.values) - {ProductStatus.LIVE}:
        make.product(batik, name=status, status=status, return_note="x")
    suspended = make.business(budi, name="Ditangguhkan", suspended_at=timezone.now())
    waiting = make.business(budi, name="Belum", status=ApplicationStatus.SUBMITTED)
    service = make.business(budi, name="Jasa", sector=Sector.JASA)
    for business in (suspended, waiting, service):
        make.product(business)

    assert names(client.get("/katalog/")) == []
    assert b"produk-" not in client.get("/sitemap.xml").content
