"""Addresses that are written out for speed are those of the table of URLs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from events.choices import EventKind
from events.reports.event_cards import event_url
from tests import make

pytestmark = pytest.mark.django_db


def test_products_businesses_and_events_say_what_the_table_says(batik) -> None:
    product = make.product(batik)
    assert product.get_absolute_url() == reverse(
        "catalog:product_detail", args=[product.slug, product.pk]
    )
    assert batik.get_absolute_url() == reverse("catalog:business_detail", args=[batik.slug])
    for event in (make.event(), make.jbl_day().event, make.event(kind=EventKind.FESTIVAL)):
        assert event_url(event.kind, event.slug) == event.get_absolute_url()
