from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.cache import cache
from django.db import connection

from umkm_portal.lib.ratelimit import drop_expired, forget, too_many

pytestmark = pytest.mark.usefixtures("fresh_limits")


def test_the_fourth_of_three_is_too_many():
    tries = [too_many("masuk siti", limit=3, seconds=60) for _ in range(5)]
    assert tries == [False, False, False, True, True]
    assert not too_many("masuk budi", limit=3, seconds=60)


def test_places_free_themselves(time_machine):
    time_machine.move_to("2026-06-12 09:00:00+00:00", tick=False)
    assert not too_many("masuk siti", limit=1, seconds=60)
    assert too_many("masuk siti", limit=1, seconds=60)
    time_machine.shift(61)
    assert not too_many("masuk siti", limit=1, seconds=60)


def test_a_refused_try_takes_no_place(time_machine):
    time_machine.move_to("2026-06-12 09:00:00+00:00", tick=False)
    assert [too_many("masuk siti", limit=2, seconds=60) for _ in range(4)] == [False] * 2 + [
        True
    ] * 2
    time_machine.shift(61)
    assert [too_many("masuk siti", limit=2, seconds=60) for _ in range(3)] == [False] * 2 + [True]


def test_places_free_themselves_one_by_one(time_machine):
    time_machine.move_to("2026-06-12 09:00:00+00:00", tick=False)
    for _ in range(2):
        assert not too_many("masuk siti", limit=2, seconds=60)
        time_machine.shift(40)
    assert not too_many("masuk siti", limit=2, seconds=60), "the first is 80 seconds old"
    assert too_many("masuk siti", limit=2, seconds=60)


def test_it_is_one_question_whatever_the_limit(django_assert_num_queries):
    for limit in (1, 60):
        with django_assert_num_queries(1):
            too_many(f"cek {limit}", limit=limit, seconds=60)


def test_what_is_over_goes_and_the_rest_stays(time_machine):
    time_machine.move_to("2026-06-12 09:00:00+00:00", tick=False)
    too_many("masuk siti", limit=1, seconds=60)
    too_many("masuk budi", limit=1, seconds=600)
    time_machine.shift(61)

    assert drop_expired() == 1
    assert too_many("masuk budi", limit=1, seconds=600)


def test_a_good_sign_in_frees_them_all():
    too_many("masuk siti", limit=1, seconds=60)
    forget("masuk siti")
    assert not too_many("masuk siti", limit=1, seconds=60)


def test_nobody_can_read_the_keys():
    too_many("masuk +6281234567890", limit=1, seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(cache_key, ' ') FROM portal_cache")
        assert "81234567890" not in cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_get_five_places():
    cache.clear()
    together = Barrier(12)

    def one_try(_number: int) -> bool:
        try:
            together.wait(timeout=10)
            return too_many("serentak", limit=5, seconds=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        refused = list(pool.map(one_try, range(12)))
    assert refused.count(False) == 5
