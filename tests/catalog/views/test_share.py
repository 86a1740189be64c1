"""The picture of a shared link."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from PIL import Image

from catalog.actions.photos import set_photo
from catalog.choices import ProductStatus
from tests import make
from tests.catalog import pictures
from umkm_portal.lib.share_card import MOST_BYTES, SIZE, CardWords, draw_card


def opened(response) -> Image.Image:
    assert response["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(response.content))


def test_it_is_as_large_as_whatsapp_shows_and_light(client, batik) -> None:
    product = make.product(batik, photo=False, status=ProductStatus.DRAFT)
    set_photo(product, pictures.photo(), by=batik.owner, via="web")
    type(product).objects.filter(pk=product.pk).update(status=ProductStatus.LIVE)

    response = client.get(f"/produk/{product.pk}/kartu.jpg")

    assert opened(response).size == SIZE
    assert len(response.content) <= MOST_BYTES
    assert "public" in response["Cache-Control"]
    assert not response.cookies


def test_the_page_leads_to_it(client, batik, settings) -> None:
    product = make.product(batik)

    text = client.get(product.get_absolute_url()).content.decode()

    url = f"{settings.SITE_URL}/produk/{product.pk}/kartu.jpg"
    assert f'<meta property="og:image" content="{url}">' in text
    assert f'<meta property="og:title" content="{product.name} · Rp285.000">' in text


def test_a_storefront_has_one_too(client, batik) -> None:
    assert opened(client.get(f"{batik.get_absolute_url()}kartu.jpg")).size == SIZE
    assert "kartu.jpg" in client.get(batik.get_absolute_url()).content.decode()


def test_who_has_it_is_told_so_and_a_new_price_is_a_new_card(client, batik) -> None:
    product = make.product(batik)
    path = f"/produk/{product.pk}/kartu.jpg"
    etag = client.get(path)["ETag"]

    assert client.get(path, headers={"if-none-match": etag}).status_code == 304

    type(product).objects.filter(pk=product.pk).update(price=300_000)
    assert client.get(path, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("status", [ProductStatus.WAITING, ProductStatus.ARCHIVED])
def test_what_nobody_sees_has_none(client, batik, siti, status) -> None:
    hidden = make.product(batik, status=status)
    silent = make.business(siti, suspended_at=timezone.now())

    assert client.get(f"/produk/{hidden.pk}/kartu.jpg").status_code == 404
    assert client.get(f"{silent.get_absolute_url()}kartu.jpg").status_code == 404


@pytest.mark.parametrize(
    "heading", ["", "W" * 120, "kain " * 24, "😀🎉", "بتيك", "a\u200db", "Dompet " + "x" * 110]
)
def test_any_name_fits(heading) -> None:
    words = CardWords(heading, "Rp1.000.000.000 / " + "s" * 20, "U" * 120, "Kebayoran Lama")

    for photo in (None, b"no picture at all"):
        card = draw_card(words, photo)
        assert Image.open(io.BytesIO(card)).size == SIZE
        assert len(card) <= MOST_BYTES


def test_a_noisy_photo_stays_light() -> None:
    noise = Image.effect_noise((800, 800), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")

    assert len(draw_card(CardWords("Kain", "Rp1", "Siti", "Tebet"), out.getvalue())) <= MOST_BYTES
