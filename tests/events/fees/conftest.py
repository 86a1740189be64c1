from __future__ import annotations

import pytest

from tests import fees


@pytest.fixture
def day(db):
    return fees.market_day()


@pytest.fixture
def place(day, batik):
    """Siti's, accepted; she owes Rp50.000."""
    return fees.place(day, batik)
