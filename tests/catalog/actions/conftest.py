from __future__ import annotations

import pytest

from catalog.models import Product
from tests import make


@pytest.fixture
def kain(batik) -> Product:
    return make.product(batik, photo=False)
