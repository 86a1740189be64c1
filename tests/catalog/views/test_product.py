"""One product, as a shopper sees it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from catalog.actions.photos import set_photo
from catalog.choices import ProductStatus
from catalog.models import Product, ProductPhoto
from catalog.photo_files import lighten
from tests import make
from tests.catalog import pictures


def test_the_order_text_opens_whatsapp(client, batik, settings) -> None:
    product = make.product(batik, name="Kain & selendang 'pucuk' 😀")

    response = client.get(product.get_absolute_url())

    text = response.context["order_text"]
    assert response.context["order_url"] == f"/produk/{product.pk}/pesan/"
    assert "Halo Batik Siti," in text
    assert "• 1 × Kain & selendang 'pucuk' 😀 (Rp285.000 per lembar)" in text
    assert settings.SITE_URL + product.get_absolute_url() in text


def test_the_longest_names_fit_a_message(client, siti) -> None:
    business = make.business(siti, name="U" * 120)
    product = make.product(business, name="P" * 120, slug="p" * 140, unit="s" * 20)

    assert len(client.get(product.get_absolute_url()).context["order_text"]) <= 700


def test_a_seller_without_whatsapp_gets_no_dead_link(client, siti) -> None:
    product = make.product(make.business(siti, order_phone=""))

    response = client.get(product.get_absolute_url())

    assert response.context["order_url"] == ""
    assert "Penjual ini belum menulis nomor WhatsApp." in response.content.decode()


def test_a_wrong_slug_leads_to_the_right_one(client, batik) -> None:
    product = make.product(batik)

    response = client.get(f"/produk/salah-{product.pk}/")

    assert response.status_code == 301
    assert response["Location"] == product.get_absolute_url()


@pytest.mark.parametrize("status", [ProductStatus.ARCHIVED, ProductStatus.TAKEN_DOWN])
def test_a_withdrawn_product_is_gone_and_shows_what_is_like_it(client, batik, status) -> None:
    product = make.product(batik, status=status, return_note="x")
    make.product(batik, name="Selendang")

    response = client.get(product.get_absolute_url())

    assert response.status_code == 410
    assert "Produk ini sudah tidak dijual." in response.content.decode()
    assert "Selendang" in response.content.decode()


@pytest.mark.parametrize(
    "status", [ProductStatus.DRAFT, ProductStatus.WAITING, ProductStatus.NEEDS_REPAIR]
)
def test_what_was_never_shown_is_not_found(client, batik, status) -> None:
    product = make.product(batik, status=status, published_at=None, return_note="x")

    assert client.get(product.get_absolute_url()).status_code == 404


def test_of_a_suspended_seller_it_is_gone(client, siti) -> None:
    product = make.product(make.business(siti, suspended_at=timezone.now()))

    assert client.get(product.get_absolute_url()).status_code == 410


@pytest.mark.parametrize("pk", ["0", "99999999999999999999999999"])
def test_a_number_of_nothing_is_not_found(client, db, pk) -> None:
    assert client.get(f"/produk/x-{pk}/").status_code == 404


def test_what_the_seller_wrote_is_only_text(client, batik) -> None:
    product = make.product(batik, name="<script>a</script>", description="{{ 7|add:7 }}<b>")

    text = client.get(product.get_absolute_url()).content.decode()

    assert "<script>a" not in text
    assert "{{ 7|add:7 }}&lt;b&gt;" in text


def test_one_photo_and_five_cost_the_same(client, batik, django_assert_num_queries) -> None:
    product = make.product(batik)
    with django_assert_num_queries(2):
        client.get(product.get_absolute_url())
    for place in range(1, 5):
        product.photos.create(position=place, name=f"aa/{place:040x}.webp", width=1200, height=900)
    make.product(batik)
    with django_assert_num_queries(2):
        client.get(product.get_absolute_url())


class TestMedia:
    def picture(self, batik, status: ProductStatus) -> str:
        product = make.product(batik, status=ProductStatus.DRAFT, photo=False)
        set_photo(product, pictures.photo(), by=batik.owner, via="web")
        type(product).objects.filter(pk=product.pk).update(status=status)
        return product.photos.get().url

    def test_a_live_picture_is_kept_for_a_year(self, client, batik) -> None:
        response = client.get(self.picture(batik, ProductStatus.LIVE))

        assert response.status_code == 200
        assert response["Content-Type"] == "image/webp"
        assert "immutable" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_the_lighter_files_are_as_public_as_the_picture(self, client, batik) -> None:
        live = self.picture(batik, ProductStatus.LIVE)
        lighten(ProductPhoto.objects.get().name)
        response = client.get(live.replace(".webp", ".avif"))

        assert response["Content-Type"] == "image/avif"
        assert "immutable" in response["Cache-Control"]
        assert "immutable" in client.get(live)["Cache-Control"]
        page = client.get(Product.objects.get().get_absolute_url()).content.decode()
        assert '<source type="image/avif" srcset="/media/produk/400/' in page
        Product.objects.update(status=ProductStatus.WAITING)
        for url in (live, live.replace(".webp", ".avif")):
            assert client.get(url).status_code == 404

    def test_before_that_only_the_owner_and_curators_see_it(
        self, client, batik, siti, budi, kurator
    ) -> None:
        url = self.picture(batik, ProductStatus.WAITING)

        assert client.get(url).status_code == 404
        client.force_login(budi)
        assert client.get(url).status_code == 404
        for person in (siti, kurator):
            client.force_login(person)
            response = client.get(url)
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]

    @pytest.mark.parametrize("name", ["../env", "produk/400/../../env", "produk", "%00", "a" * 900])
    def test_nothing_else_is_reachable(self, client, db, name) -> None:
        assert client.get(f"/media/{name}").status_code in {400, 404}
