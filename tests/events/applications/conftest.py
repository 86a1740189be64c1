"""A seller with goods, and a market day she may ask for."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import make

JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def day():
    day = make.jbl_day(timezone.localdate() + timedelta(days=12))
    make.edition(day.event, seats_per_day=2)
    return day


@pytest.fixture
def seller(batik):
    make.product(batik)
    return batik


def path_of(day) -> str:
    return f"/jbl/{day.event.slug}/ikut/"


def typed(day, seller, **values):
    return {
        "usaha": seller.pk,
        "hari": [day.pk],
        "meja": "1",
        "kursi": "2",
        "listrik": "450",
        "produk": [product.pk for product in seller.products.all()],
        "langkah": "kirim",
        **values,
    }
