"""Made to order: when it is ready, and which booth comes too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from catalog.models import Product
from catalog.orders import product_order
from catalog.pickups import Pickup, earliest_pickup
from tests import make

TUESDAY = date(2026, 6, 9)
FRIDAY = Pickup(date(2026, 6, 12), "A07", "Balai kota", "/jbl/juni/")


def product(days: int, pk: int = 1) -> Product:
    return Product(pk=pk, lead_days=days)


def test_it_is_ready_so_many_days_later() -> None:
    assert earliest_pickup(product(0), today=TUESDAY) == TUESDAY
    assert earliest_pickup(product(3), today=TUESDAY) == date(2026, 6, 12)


@pytest.mark.parametrize(("days", "fits"), [(0, True), (3, True), (4, False)])
def test_a_booth_may_come_too_early(days, fits) -> None:
    assert FRIDAY.is_for(product(days), today=TUESDAY) is fits


def test_a_booth_without_it_is_none() -> None:
    friday = Pickup(FRIDAY.day, "A07", "Balai kota", "/", frozenset({2}))

    assert not friday.is_for(product(0), today=TUESDAY)
    assert friday.is_for(product(0, pk=2), today=TUESDAY)


class TestToldToTheShopper:
    @pytest.fixture(autouse=True)
    def on_tuesday(self) -> Iterator[None]:
        with time_machine.travel("2026-06-09T10:00:00+07:00"):
            yield

    @pytest.fixture
    def cake(self, batik) -> Product:
        return make.dish(batik, lead_days=3)

    @pytest.fixture
    def friday(self, batik) -> object:
        return make.place(make.jbl_day(TUESDAY + timedelta(days=3)), batik)

    def test_in_time_for_friday(self, client, cake, friday) -> None:
        text = client.get(cake.get_absolute_url()).content.decode()

        assert "PO 3 hari" in text
        assert "siap paling cepat Jumat, 12 Juni 2026." in text
        assert "Jumat, 12 Juni 2026, lapak A07." in text
        assert "Sudah terlambat" not in text
        assert "siap paling cepat Jumat, 12 Juni 2026\nAmbil: Jumat" in product_order(
            cake, pickup=FRIDAY
        )

    def test_too_late_for_friday(self, client, cake, friday) -> None:
        cake.lead_days = 4
        cake.save()

        text = client.get(cake.get_absolute_url()).content.decode()
        assert "Sudah terlambat untuk diambil di lapak Jumat, 12 Juni 2026." in text
        assert "lapak A07" not in text
        order = product_order(cake, pickup=FRIDAY)
        assert "siap paling cepat Sabtu, 13 Juni 2026" in order
        assert "Ambil" not in order

    def test_what_is_there_names_no_day(self, cake) -> None:
        cake.lead_days = 0

        assert "paling cepat" not in product_order(cake, pickup=None)

    def test_a_list_of_several_waits_for_the_slowest(self, client, batik, cake, friday) -> None:
        ready = make.dish(batik, name="Keripik")
        for each in (cake, ready):
            client.post(f"/titipan/tambah/{each.pk}/", {"jumlah": "1"})

        response = client.get("/titipan/")
        (seller,) = response.context["page"].sellers
        assert "siap paling cepat Jumat, 12 Juni 2026" in seller.text
        assert "Ambil: Jumat, 12 Juni 2026, booth A07" in seller.text
