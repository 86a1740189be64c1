from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def phone(client: Client, siti) -> Client:
    client.force_login(siti)
    return client
