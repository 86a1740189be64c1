"""A change that is committed is heard; what is rolled back is not."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction

from catalog.models import Product
from tests import make
from umkm_portal.lib.changes import Changes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def changes():
    heard = Changes()
    heard.current()
    assert heard.is_listening.wait(10)
    yield heard
    heard.close()


def grows(changes: Changes, than: int, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if changes.current() > than:
            return True
        time.sleep(0.01)
    return False


def test_a_price_change_is_heard_when_it_is_committed(changes, batik) -> None:
    product = make.product(batik)
    time.sleep(1.2)  # what making it announced has been heard
    before = changes.current()
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).update(price=99_000)
        assert not grows(changes, before, 0.7)

    assert grows(changes, before, 2)


def test_what_is_rolled_back_and_what_pages_do_not_show_is_not_announced(changes, batik) -> None:
    product = make.product(batik)
    time.sleep(1.2)
    before = changes.current()
    with transaction.atomic():
        Product.objects.filter(pk=product.pk).delete()
        transaction.set_rollback(True)
    batik.owner.save()

    assert not grows(changes, before, 1.2)


def test_a_connection_that_was_cut_counts_as_a_change_and_is_made_again(changes) -> None:
    before = changes.current()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE 'LISTEN %%' AND datname = current_database()"
        )
    assert grows(changes, before)
    assert changes.is_listening.wait(10) or grows(changes, before + 1)
