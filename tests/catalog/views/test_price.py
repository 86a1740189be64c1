"""A slip of the thumb is asked about once; nobody is held up."""

from __future__ import annotations

import pytest

from catalog.choices import ProductStatus
from catalog.models import Product
from catalog.prices import likely_price
from tests import make
from tests.catalog import pictures

TYPED = {
    "kunci": "k-1",
    "nama": "Tas anyam pandan",
    "kategori": "kerajinan",
    "satuan": "buah",
    "aksi": "kirim",
}


@pytest.fixture
def siti_signed_in(client, siti, batik):
    client.force_login(siti)
    return client


@pytest.mark.parametrize(
    ("price", "category", "meant"),
    [
        (50, "kuliner", 50_000),
        (499, "kerajinan", 499_000),
        (500, "kuliner", None),
        (15_000, "kuliner", None),
        (1_000_000, "kuliner", None),
        (1_500_000, "kuliner", 150_000),
        (1_500_000, "fashion", None),
        (250_000_000, "kerajinan", 25_000_000),
        (1_234_567, "kuliner", None),
    ],
)
def test_what_was_probably_meant(price, category, meant) -> None:
    assert likely_price(price, category) == meant


def test_it_is_saved_and_sent_before_it_is_asked(siti_signed_in) -> None:
    answer = siti_signed_in.post(
        "/saya/produk/baru/", TYPED | {"harga": "50", "foto": pictures.upload()}, follow=True
    )

    product = Product.objects.get()
    assert (product.price, product.status) == (50, ProductStatus.WAITING)
    assert "Harga Rp50 — maksudnya Rp50.000?" in answer.content.decode()


@pytest.mark.parametrize(("said", "price"), [("50000", 50_000), ("50", 50), ("7", 50), ("", 50)])
def test_either_answer_goes_on(siti_signed_in, batik, said, price) -> None:
    product = make.product(batik, price=50)

    answer = siti_signed_in.post(
        f"/saya/produk/{product.pk}/harga/", {"harga": said, "lanjut": "/saya/produk/"}
    )

    product.refresh_from_db()
    assert (product.price, answer["Location"]) == (price, "/saya/produk/")
    assert product.status == ProductStatus.LIVE


def test_a_price_that_stays_is_not_asked_again(siti_signed_in, batik) -> None:
    product = make.product(batik, price=50, category="kerajinan")
    typed = TYPED | {"nama": product.name, "harga": "50", "aksi": "simpan"}

    answer = siti_signed_in.post(f"/saya/produk/{product.pk}/", typed)

    assert answer["Location"] == "/saya/produk/"


def test_it_is_asked_after_the_photo_that_failed_first(siti_signed_in) -> None:
    broken = pictures.upload(b"nothing")
    siti_signed_in.post("/saya/produk/baru/", TYPED | {"harga": "50", "foto": broken})
    product = Product.objects.get()
    assert (product.name, product.status) == ("Tas anyam pandan", ProductStatus.DRAFT)

    typed = TYPED | {"harga": "50", "foto": pictures.upload()}
    answer = siti_signed_in.post(f"/saya/produk/{product.pk}/", typed)

    assert answer["Location"].startswith(f"/saya/produk/{product.pk}/harga/")


def test_a_page_left_open_changes_no_newer_price(siti_signed_in, batik) -> None:
    product = make.product(batik, price=75)

    siti_signed_in.post(f"/saya/produk/{product.pk}/harga/", {"harga": "50000"})

    product.refresh_from_db()
    assert product.price == 75


def test_too_many_zeros(siti_signed_in, batik) -> None:
    product = make.dish(batik, price=2_200_000)

    page = siti_signed_in.get(f"/saya/produk/{product.pk}/harga/").content.decode()

    assert "Rp2.200.000 untuk Keripik singkong 200 g? Periksa jumlah nol." in page
    assert "Ubah jadi Rp220.000" in page


def test_it_leads_nowhere_else(siti_signed_in, batik) -> None:
    product = make.product(batik)

    answer = siti_signed_in.get(
        f"/saya/produk/{product.pk}/harga/", {"lanjut": "//evil.example/saya/produk/"}
    )

    assert answer["Location"] == "/saya/produk/"
