from __future__ import annotations

import pytest

from members.models import DuesInvoice
from tests.members.money import member


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


@pytest.fixture
def desk(client, bendahara):
    client.force_login(bendahara)
    return client
