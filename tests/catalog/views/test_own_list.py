"""Siti's list of her goods: what to do next, what is sold out, how often each was asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.choices import ProductStatus
from catalog.models import Product, ProductWeek
from catalog.models.counts import week_of
from tests import make


@pytest.fixture
def siti_signed_in(client, siti, batik):
    client.force_login(siti)
    return client


def counted(product, *, weeks_ago: int = 0, views: int = 0, clicks: int = 0) -> None:
    week = week_of(timezone.localdate()) - timedelta(weeks=weeks_ago)
    ProductWeek.objects.create(product=product, week=week, views=views, clicks=clicks)


def page(client, **asked) -> str:
    return client.get("/saya/produk/", asked).content.decode()


class TestSums:
    def test_she_sees_this_week_and_the_last_eight(self, siti_signed_in, batik) -> None:
        product = make.product(batik)
        counted(product, views=120, clicks=38)
        counted(product, weeks_ago=7, clicks=5)
        counted(product, weeks_ago=8, clicks=99)

        text = page(siti_signed_in)

        assert "38 klik minggu ini, 120 kali dilihat" in text
        assert text.count('class="bars__row"') == 8
        assert ">5</span>" in text
        assert ">99</span>" not in text
        assert "perkiraan" in text

    def test_of_her_own_goods_only(self, siti_signed_in, batik, budi) -> None:
        make.product(batik)
        counted(make.product(make.business(budi)), clicks=77)

        assert "77" not in page(siti_signed_in)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_one_row_costs_what_three_cost(
        self, siti_signed_in, batik, rows, django_assert_max_num_queries
    ) -> None:
        for _row in range(rows):
            counted(make.product(batik), clicks=1)

        with django_assert_max_num_queries(11):
            page(siti_signed_in)


class TestFinding:
    def test_few_goods_need_no_search(self, siti_signed_in, batik) -> None:
        make.product(batik)

        assert 'id="cari-produk"' not in page(siti_signed_in)

    def test_many_are_found_by_name_and_state(self, siti_signed_in, batik) -> None:
        for number in range(21):
            make.product(batik, photo=False, name=f"Kain nomor {number}")
        Product.objects.filter(name="Kain nomor 3").update(sold_out=True)

        assert 'id="cari-produk"' in page(siti_signed_in)
        assert page(siti_signed_in, q="NOMOR 20").count("list-row") == 1
        assert page(siti_signed_in, keadaan="habis").count("list-row") == 1
        assert "Tidak ada produk yang cocok." in page(siti_signed_in, keadaan="draft")

    def test_pages_keep_what_was_asked(self, siti_signed_in, batik) -> None:
        for _number in range(26):
            make.product(batik, photo=False, name="Kain")

        first = siti_signed_in.get("/saya/produk/", {"q": "kain"})
        second = siti_signed_in.get("/saya/produk/" + first.context["next_url"])

        assert len(second.context["page"].rows) == 2
        assert (
            siti_signed_in.get("/saya/produk/" + second.context["previous_url"])
            .context["page"]
            .rows
            == first.context["page"].rows
        )

    @pytest.mark.parametrize("asked", [{"keadaan": "x'; --"}, {"setelah": "x" * 900}, {"q": "%_"}])
    def test_nonsense_is_a_page(self, siti_signed_in, batik, asked) -> None:
        make.product(batik)

        assert siti_signed_in.get("/saya/produk/", asked).status_code == 200


class TestNext:
    @pytest.mark.parametrize(
        ("status", "said"),
        [
            (ProductStatus.DRAFT, "Lengkapi dan kirim ke kurator"),
            (ProductStatus.WAITING, "Diperiksa paling lama 3 hari kerja."),
            (ProductStatus.ARCHIVED, "Tayangkan lagi"),
        ],
    )
    def test_each_row_says_what_to_do(self, siti_signed_in, batik, status, said) -> None:
        make.product(batik, status=status, category="kerajinan")

        assert said in page(siti_signed_in)


class TestSwitch:
    def test_she_comes_back_to_the_row_she_pressed(self, siti_signed_in, batik) -> None:
        product = make.product(batik)

        answer = siti_signed_in.post(
            f"/saya/produk/{product.pk}/habis/", {"habis": "1", "dari": "/saya/produk/?q=kain"}
        )

        assert answer["Location"] == f"/saya/produk/?q=kain#produk-{product.pk}"

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/akun/keluar/"])
    def test_she_is_led_nowhere_else(self, siti_signed_in, batik, back) -> None:
        product = make.product(batik)

        answer = siti_signed_in.post(f"/saya/produk/{product.pk}/habis/", {"dari": back})

        assert answer["Location"] == f"/saya/produk/#produk-{product.pk}"

    def test_the_row_alone_for_a_script(self, siti_signed_in, batik) -> None:
        product = make.product(batik)
        counted(product, clicks=4)

        answer = siti_signed_in.post(
            f"/saya/produk/{product.pk}/habis/", {"habis": "1"}, headers={"hx-request": "true"}
        )

        assert "4 klik minggu ini" in answer.content.decode()
