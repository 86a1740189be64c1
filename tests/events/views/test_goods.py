"""The list a seller ticks, and what shoppers find of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from catalog.models import Product
from events.models import BoothPlace, BroughtProduct
from tests import make


@pytest.fixture
def goods(batik) -> list[Product]:
    return [make.product(batik, name=f"Kain {number}") for number in range(3)]


@pytest.fixture
def place(batik) -> BoothPlace:
    return make.place(make.jbl_day(timezone.localdate() + timedelta(days=3)), batik)


def path(place: BoothPlace) -> str:
    return f"/saya/jbl/{place.pk}/produk/"


class TestMine:
    def test_siti_ticks_two_of_three(self, client, siti, place, goods) -> None:
        client.force_login(siti)
        assert path(place) in client.get("/saya/jbl/").content.decode()
        text = client.get(path(place)).content.decode()
        assert text.count("checked") == 3
        assert "Ditutup" in text
        assert "jam lagi." in text

        response = client.post(path(place), {"produk": [goods[0].pk, goods[1].pk]}, follow=True)
        assert "Daftar produk tersimpan" in response.content.decode()
        assert BroughtProduct.objects.count() == 2

    @pytest.mark.parametrize("typed", [[], ["x"], ["99999999999999999999"], ["-1"]])
    def test_nonsense_gets_a_sentence(self, client, siti, place, goods, typed) -> None:
        client.force_login(siti)

        response = client.post(path(place), {"produk": typed})
        assert response.status_code == 200
        assert "Pilih" in response.content.decode()
        assert not BroughtProduct.objects.exists()

    def test_budi_does_not_find_it(self, client, budi, place, goods) -> None:
        client.force_login(budi)

        assert client.get(path(place)).status_code == 404
        assert client.post(path(place), {"produk": [goods[0].pk]}).status_code == 404

    def test_once_closed_it_is_only_read(self, client, siti, place, goods) -> None:
        client.force_login(siti)
        with time_machine.travel(place.day.begins):
            client.force_login(siti)
            text = client.get(path(place)).content.decode()
            response = client.post(path(place), {"produk": [goods[0].pk]})

        assert '<form method="post" novalidate' not in text
        assert "Sejak" in text
        assert "Daftar produk ditutup" in response.content.decode()

    def test_without_live_products_it_leads_to_them(self, client, siti, place) -> None:
        client.force_login(siti)

        assert 'href="/saya/produk/"' in client.get(path(place)).content.decode()

    def test_one_and_three_cost_the_same(
        self, client, siti, place, batik, django_assert_num_queries, django_assert_max_num_queries
    ) -> None:
        make.product(batik)
        client.force_login(siti)
        client.get(path(place))
        with django_assert_max_num_queries(15) as one:
            client.get(path(place))
        make.product(batik)
        make.product(batik)
        with django_assert_num_queries(len(one)):
            client.get(path(place))


class TestShoppers:
    def test_the_edition_shows_what_is_brought(self, client, place, goods) -> None:
        BroughtProduct.objects.create(day=place.day, product=goods[1])

        text = client.get(f"/jbl/{place.day.event.slug}/katalog/").content.decode()
        assert "Kain 1" in text
        assert "Kain 0" not in text
        assert "A07" in text

    def test_a_category_narrows_it(self, client, place, goods, batik) -> None:
        make.dish(batik)
        text = client.get(f"/jbl/{place.day.event.slug}/katalog/?kategori=kuliner").content.decode()
        assert "Keripik" in text
        assert "Kain 0" not in text
        odd = client.get(f"/jbl/{place.day.event.slug}/katalog/?kategori=x&setelah=zz")
        assert odd.status_code == 200

    def test_nobody_there_is_said(self, client, db) -> None:
        day = make.jbl_day()

        text = client.get(f"/jbl/{day.event.slug}/katalog/").content.decode()
        assert "Daftar penjual diumumkan 3 hari sebelum acara." in text

    def test_an_edition_not_published_is_not_there(self, client, place) -> None:
        event = place.day.event
        event.published = False
        event.save()

        assert client.get(f"/jbl/{event.slug}/katalog/").status_code == 404

    def test_only_what_is_brought_has_the_tag_at_home_and_on_its_page(
        self, client, place, goods
    ) -> None:
        BroughtProduct.objects.create(day=place.day, product=goods[1])

        assert client.get("/").content.decode().count("· A07") == 1
        assert "lapak A07" in client.get(goods[1].get_absolute_url()).content.decode()
        assert "lapak A07" not in client.get(goods[0].get_absolute_url()).content.decode()

    def test_one_and_three_cost_the_same(
        self, client, place, batik, django_assert_num_queries, django_assert_max_num_queries
    ) -> None:
        make.product(batik)
        url = f"/jbl/{place.day.event.slug}/katalog/"
        with django_assert_max_num_queries(15) as one:
            client.get(url)
        make.product(batik)
        make.product(batik)
        with django_assert_num_queries(len(one)):
            client.get(f"{url}?baru=1")

    def test_the_filter_of_the_catalogue_knows_it_too(self, client, place, goods, budi) -> None:
        """Budi made no list and brings everything."""
        warung = make.business(budi, name="Warung Budi")
        make.product(warung, name="Tas Budi")
        BroughtProduct.objects.create(day=place.day, product=goods[1])

        text = client.get("/katalog/?hadir=1").content.decode()
        assert "Kain 1" in text
        assert "Kain 0" not in text
        assert "Tas Budi" not in text
        make.place(place.day, warung, "A08")
        assert "Tas Budi" in client.get("/katalog/?hadir=1&urut=termurah").content.decode()
