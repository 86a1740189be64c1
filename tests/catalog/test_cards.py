"""Cards: what a shopper sees of a product in a list."""

from __future__ import annotations

from catalog.cards import make_cards
from catalog.models import Product, ProductPhoto
from tests import make


def test_a_page_of_cards_is_one_query(batik, django_assert_num_queries) -> None:
    made = [make.product(batik, name=f"Kain {number}") for number in range(3)]

    with django_assert_num_queries(1):
        cards = make_cards(Product.objects.visible().newest(), limit=2)

    assert [card.name for card in cards] == ["Kain 2", "Kain 1"]
    assert cards[0].url == f"/produk/kain-2-{made[2].pk}/"
    assert cards[0].seller == "Batik Siti"
    assert cards[0].kecamatan == "Jagakarsa"
    assert cards[0].photo_url.startswith("/media/produk/400/")
    assert cards[0].srcset.endswith(".webp 1200w")


def test_a_sliced_list_stays_one(batik) -> None:
    make.product(batik, photo=False)

    (card,) = make_cards(Product.objects.visible().newest()[:4])

    assert card.photo_url == ""


def test_a_second_photo_makes_no_second_card(batik) -> None:
    made = make.product(batik)
    made.photos.create(position=1, name="aa/" + "a" * 40 + ".webp", width=1200, height=900)

    assert len(make_cards(Product.objects.visible())) == 1


def test_the_first_picture_comes_first_and_lighter_files_when_they_are_there(batik, client) -> None:
    for number in range(4):
        make.product(batik, name=f"Kain {number}")
    ProductPhoto.objects.update(colour="#b0602a")
    page = client.get("/katalog/").content.decode()
    assert page.count('<svg color="#b0602a"></svg>') == 4
    assert page.count('fetchpriority="high"') == 1
    assert page.count('loading="lazy"') == 2
    assert "image/avif" not in page

    for photo in ProductPhoto.objects.all():
        ProductPhoto.objects.filter(pk=photo.pk).update(name=photo.name.replace("webp", "avif"))
    page = client.get("/katalog/").content.decode()
    assert page.count('<source type="image/avif" srcset="/media/produk/400/') == 4
    assert page.count(".webp 1200w") == 4
