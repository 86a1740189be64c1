"""Cards: what a shopper sees of a product in a list."""

from __future__ import annotations

from catalog.cards import make_cards
from catalog.models import Product
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
