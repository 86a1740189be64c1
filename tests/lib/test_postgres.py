"""A connection that is kept is looked at before it is used, and only asked when it was idle."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other():
    found = connection.copy()
    found.ensure_connection()
    assert found.is_usable()
    yield found
    found.close()


def test_one_that_was_just_used_is_not_asked(other) -> None:
    other.force_debug_cursor = True
    with CaptureQueriesContext(other) as seen:
        assert other.is_usable()
    assert not seen.captured_queries
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_one_whose_server_ended_is_found_out_at_once(other) -> None:
    pid = other.connection.get_backend_pid()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    assert not other.is_usable()


def test_one_that_idled_is_asked(other) -> None:
    other._good_at = float("-inf")
    other.connection.close()
    assert not other.is_usable()
