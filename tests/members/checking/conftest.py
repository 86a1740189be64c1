from __future__ import annotations

import pytest
from django.test import Client

from members.models import Business
from tests.members import apply


@pytest.fixture
def desk(client: Client, petugas) -> Client:
    client.force_login(petugas)
    return client


@pytest.fixture
def waiting(siti) -> Business:
    """Siti's application, with the photo of her card."""
    return apply.sent(siti, ktp=apply.picture())
