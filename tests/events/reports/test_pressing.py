"""What Siti must answer stands at the top of her page, before it is too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from events.choices import PlaceStatus, RegistrationStatus
from events.reports.pressing import Wish, most_pressing
from tests import make


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def market(now):
    return make.jbl_day(timezone.localdate() + timedelta(days=5))


def offered(market, batik, now, *, hours: int = 6):
    return make.application(
        market,
        batik,
        status=PlaceStatus.OFFERED,
        offered_at=now - timedelta(hours=1),
        offer_until=now + timedelta(hours=hours),
    )


def seat(batik, now, *, hours: int):
    return make.registration(
        make.event(name="Ekspor pertama"),
        business=batik,
        status=RegistrationStatus.OFFERED,
        offered_at=now - timedelta(hours=1),
        offered_until=now + timedelta(hours=hours),
    )


def test_an_offered_booth_is_asked_with_its_end(client, siti, batik, market, now) -> None:
    place = offered(market, batik, now)
    client.force_login(siti)

    page = client.get("/saya/").text

    assert "Jawab tawaran lapak" in page
    assert "Ada lapak untuk Anda di Jumat Beli Lokal" in page
    assert f'href="/saya/jbl/{place.pk}/"' in page


def test_of_two_offers_the_one_that_ends_first_comes_first(batik, market, now) -> None:
    offered(market, batik, now, hours=6)
    assert most_pressing(batik, at=now).wish is Wish.PLACE

    seat(batik, now, hours=2)

    pressing = most_pressing(batik, at=now)
    assert (pressing.wish, pressing.event) == (Wish.SEAT, "Ekspor pertama")


def test_an_offer_comes_before_a_returned_application(batik, market, now) -> None:
    other = make.jbl_day(timezone.localdate() + timedelta(days=2))
    make.application(other, batik, status=PlaceStatus.RETURNED, reason="Tulis alat masaknya.")
    assert most_pressing(batik, at=now).wish is Wish.REPAIR

    offered(market, batik, now, hours=100)

    assert most_pressing(batik, at=now).wish is Wish.PLACE


def test_an_offer_that_ended_is_not_asked_any_more(batik, market, now) -> None:
    offered(market, batik, now, hours=6)

    assert most_pressing(batik, at=now + timedelta(hours=7)) is None


def test_a_closed_market_asks_for_its_report_until_it_is_locked(batik, now) -> None:
    day = make.jbl_day(timezone.localdate() - timedelta(days=1))
    make.stood(day, batik)

    pressing = most_pressing(batik, at=now)

    assert pressing.wish is Wish.REPORT
    assert pressing.url.startswith("/lapor/")
    assert most_pressing(batik, at=pressing.until) is None


def test_what_others_are_offered_is_not_hers(batik, budi, market, now) -> None:
    offered(market, make.business(budi, name="Sambal Budi"), now)

    assert most_pressing(batik, at=now) is None


def test_one_wish_and_three_cost_the_same(batik, market, now, django_assert_num_queries) -> None:
    offered(market, batik, now)
    for ago in (1, 2, 3):
        make.stood(make.jbl_day(timezone.localdate() - timedelta(days=ago)), batik)
    with django_assert_num_queries(3):
        most_pressing(batik, at=now + timedelta(hours=7))
