"""Fixtures of the tests of actions that more than one of them needs."""

from __future__ import annotations

import pytest

from members.models import DuesInvoice
from tests.members.money import member
from tests.midtrans import MERCHANT, SERVER_KEY, FakeMidtrans


@pytest.fixture
def midtrans(settings):
    with FakeMidtrans() as fake:
        settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT
        settings.MIDTRANS_SNAP_URL = settings.MIDTRANS_API_URL = fake.url
        settings.MIDTRANS_TIMEOUT = 0.5
        yield fake


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()
