"""How often a product was looked at and asked for, without anybody being followed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from catalog import interest
from catalog.models import ProductWeek
from catalog.models.counts import week_of
from members.choices import Right
from tests import make
from tests.race import all_at_once

PHONE = "Mozilla/5.0 (Linux; Android 11; Redmi 9A) Chrome/120.0 Mobile Safari/537.36"
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def nothing_counted_before():
    interest.forget_all()
    yield
    interest.forget_all()


@pytest.fixture
def product(batik):
    return make.product(batik)


@pytest.fixture
def shopper() -> Client:
    return Client(headers={"user-agent": PHONE})


def sums(product) -> tuple[int, int]:
    interest.flush()
    row = ProductWeek.objects.filter(product=product).first()
    return (row.views, row.clicks) if row else (0, 0)


class TestViews:
    def test_three_looks_are_three(self, shopper, product) -> None:
        answers = [shopper.post(f"/hitung/{product.pk}/") for _look in range(3)]

        assert [answer.status_code for answer in answers] == [204] * 3
        assert sums(product) == (3, 0)

    def test_it_costs_a_visitor_no_query_and_no_cookie(
        self, shopper, product, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            answer = shopper.post(f"/hitung/{product.pk}/")

        assert not answer.cookies

    def test_all_that_waits_is_one_statement(
        self, shopper, batik, django_assert_num_queries
    ) -> None:
        for product in [make.product(batik) for _each in range(3)]:
            shopper.post(f"/hitung/{product.pk}/")

        with django_assert_num_queries(1):
            assert interest.flush() == 3
        with django_assert_num_queries(0):
            assert interest.flush() == 0

    def test_the_page_says_where_to_count(self, shopper, product) -> None:
        page = shopper.get(product.get_absolute_url()).content.decode()

        assert f'data-hitung="/hitung/{product.pk}/"' in page

    def test_nothing_is_kept_of_who_looked(self, shopper, product) -> None:
        columns = {field.name for field in ProductWeek._meta.get_fields()}

        assert columns == {"id", "product", "week", "views", "clicks"}

    @pytest.mark.parametrize(
        "agent",
        [
            "",
            "Googlebot/2.1",
            "WhatsApp/2.23",
            "facebookexternalhit/1.1",
            "curl/8.0",
            "HeadlessChrome",
        ],
    )
    def test_machines_are_not_counted(self, product, agent) -> None:
        Client(headers={"user-agent": agent}).post(f"/hitung/{product.pk}/")

        assert sums(product) == (0, 0)

    def test_a_page_fetched_in_advance_is_not_a_look(self, shopper, product) -> None:
        shopper.post(f"/hitung/{product.pk}/", headers={"sec-purpose": "prefetch;prerender"})

        assert sums(product) == (0, 0)

    def test_one_address_does_not_fill_the_sum(self, shopper, product) -> None:
        for _look in range(interest.PER_ADDRESS + 5):
            answer = shopper.post(f"/hitung/{product.pk}/")

        assert answer.status_code == 204
        assert sums(product) == (interest.PER_ADDRESS, 0)

    def test_other_sites_count_nothing(self, shopper, product) -> None:
        answer = shopper.post(f"/hitung/{product.pk}/", headers={"origin": "https://evil.example"})

        assert answer.status_code == 403
        assert sums(product) == (0, 0)

    def test_what_nobody_may_see_is_not_counted(self, shopper, batik) -> None:
        draft = make.product(batik, status="draft")
        shopper.post(f"/hitung/{draft.pk}/")
        shopper.post("/hitung/999999999/")
        shopper.post("/hitung/99999999999999999999999/")

        assert sums(draft) == (0, 0)


class TestOwn:
    def test_the_owner_looks_without_counting(self, client, siti, product) -> None:
        client.force_login(siti)
        client.post(f"/hitung/{product.pk}/", headers={"user-agent": PHONE})

        assert sums(product) == (0, 0)

    def test_nor_does_who_works_for_her(self, client, batik, product) -> None:
        hired = make.user("tono")
        make.person(batik, hired, Right.CATALOGUE)
        client.force_login(hired)
        client.post(f"/hitung/{product.pk}/", headers={"user-agent": PHONE})

        assert sums(product) == (0, 0)

    def test_nor_the_desk(self, client, kurator, product) -> None:
        client.force_login(kurator)
        client.post(f"/hitung/{product.pk}/", headers={"user-agent": PHONE})

        assert sums(product) == (0, 0)

    def test_budi_is_a_shopper_here(self, client, budi, product) -> None:
        client.force_login(budi)
        client.post(f"/hitung/{product.pk}/", headers={"user-agent": PHONE})

        assert sums(product) == (1, 0)


class TestClicks:
    def test_the_way_to_whatsapp_is_counted(self, shopper, product) -> None:
        answer = shopper.get(f"/produk/{product.pk}/pesan/")

        assert answer["Location"].startswith("https://wa.me/")
        assert sums(product) == (0, 1)

    def test_not_for_the_owner_nor_a_look_at_the_head(self, shopper, client, siti, product) -> None:
        shopper.head(f"/produk/{product.pk}/pesan/")
        client.force_login(siti)
        client.get(f"/produk/{product.pk}/pesan/", headers={"user-agent": PHONE})

        assert sums(product) == (0, 0)


class TestSums:
    def test_weeks_begin_on_monday(self) -> None:
        assert week_of(date(2026, 11, 22)) == date(2026, 11, 16)
        assert week_of(date(2026, 11, 23)) == date(2026, 11, 23)

    def test_they_add_up_over_flushes(self, product) -> None:
        interest.count_view(product.pk)
        interest.flush()
        interest.count_view(product.pk)
        interest.count_click(product.pk)

        assert sums(product) == (2, 1)

    def test_a_product_that_went_meanwhile_stops_nobody(self, batik, product) -> None:
        gone = make.product(batik)
        interest.count_view(gone.pk)
        interest.count_view(product.pk)
        gone.delete()

        assert sums(product) == (1, 0)

    @pytest.mark.django_db(transaction=True)
    def test_two_workers_at_once_lose_none(self, product) -> None:
        week = week_of(timezone.localdate())

        def write(_worker: object) -> None:
            interest.write_sums({(product.pk, week): 5}, {(product.pk, week): 1})

        assert all_at_once(write, range(4)) == ["done"] * 4
        assert sums(product) == (20, 4)

    def test_two_years_later_they_are_gone(self, product) -> None:
        for weeks in (0, 103, 106):
            week = week_of(TODAY) - timedelta(weeks=weeks)
            ProductWeek.objects.create(product=product, week=week, views=1)

        assert interest.drop_old_weeks(on=TODAY) == 1
