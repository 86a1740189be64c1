"""The cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db.models.signals import post_save
from hypothesis import HealthCheck, settings

from members.choices import Role
from members.models import Business, User
from tests import make
from umkm_portal.audit.models import AuditEntry

# A busy machine is slow to invent examples; that says nothing of the code they try.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def cache_table(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def every_line_of_the_trail_has_words() -> Iterator[None]:
    """Also of a verb that is put together; whoever adds one is told by the first test of it."""

    def check(instance: AuditEntry, **_more: object) -> None:
        assert instance.words != instance.verb, f"{instance.verb}: umkm_portal/audit/words.py"

    post_save.connect(check, sender=AuditEntry)
    yield
    post_save.disconnect(check, sender=AuditEntry)


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings) -> None:
    """Files of one test are never seen by another."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STAFF_TOTP = False


@pytest.fixture
def fresh_limits(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def siti(db: None) -> User:
    """Owns Batik Siti."""
    return make.user("siti")


@pytest.fixture
def budi(db: None) -> User:
    """Owns another business and must see nothing of Siti's."""
    return make.user("budi")


@pytest.fixture
def batik(siti: User) -> Business:
    return make.business(siti)


@pytest.fixture
def petugas(db: None) -> User:
    """District officer of the city, all kecamatan."""
    return make.staff("petugas", Role.PETUGAS)


@pytest.fixture
def kurator(db: None) -> User:
    return make.staff("kurator", Role.KURATOR)


@pytest.fixture
def sekretariat(db: None) -> User:
    """Kadin's secretariat."""
    return make.staff("sekretariat", Role.SEKRETARIAT)


@pytest.fixture
def bendahara(db: None) -> User:
    """Kadin's treasurer."""
    return make.staff("bendahara", Role.BENDAHARA)


@pytest.fixture
def admin(db: None) -> User:
    return make.staff("admin", Role.ADMIN)


@pytest.fixture
def pendamping(db: None) -> User:
    """A companion in the field, who helps owners that let her."""
    return make.staff("pendamping", Role.PENDAMPING)
