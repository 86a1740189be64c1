"""Many ask for one page, the portal fails, memory is short: what the worker's memory then does."""

from __future__ import annotations

import threading

import brotli
import pytest

from tests.lib.kept_site import World
from umkm_portal.lib.answers import best_encoding
from umkm_portal.lib.asked import clean_query
from umkm_portal.lib.microcache import STALE_SECONDS


@pytest.fixture
def site() -> World:
    return World()


def all_ask(site, number: int, before) -> list[bytes]:
    bodies: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: bodies.append(site.ask()[2])) for _each in range(number)
    ]
    for thread in threads:
        thread.start()
    before()
    for thread in threads:
        thread.join(10)
    return bodies


def test_eight_at_once_on_a_cold_page_make_it_once(site) -> None:
    site.hold.clear()

    def release() -> None:
        while not site.made:
            pass
        threading.Timer(0.2, site.hold.set).start()

    bodies = all_ask(site, 8, release)

    assert site.made == 1
    assert len(bodies) == 8
    assert len(set(bodies)) == 1


def test_while_a_page_is_made_anew_the_others_get_the_last_one(site) -> None:
    site.ask()
    site.text = "<p>Baru</p>"
    site.changes += 1
    site.hold.clear()
    maker = threading.Thread(target=site.ask)
    maker.start()
    while site.made < 2:
        pass

    assert site.ask()[2].startswith(b"<p>Jakarta")
    site.hold.set()
    maker.join(10)
    assert site.ask()[2].startswith(b"<p>Baru")
    assert site.made == 2


@pytest.mark.parametrize(
    ("age", "status"), [(STALE_SECONDS - 1, "200 OK"), (STALE_SECONDS, "503 X")]
)
def test_a_fault_is_bridged_by_a_page_that_is_not_too_old(site, age, status) -> None:
    site.ask()
    site.status = "503 X"
    site.now += age

    assert site.ask()[0] == status


def test_who_waits_for_a_page_that_fails_asks_in_person(site) -> None:
    site.status = "404 Not Found"
    site.hold.clear()

    def release() -> None:
        while not site.made:
            pass
        threading.Timer(0.1, site.hold.set).start()

    assert len(all_ask(site, 3, release)) == 3
    assert site.made == 3
    assert site.cache._flights == {}


def test_a_fault_in_the_making_leaves_no_lock(site) -> None:
    def broken(_environ, _start):
        raise ZeroDivisionError

    whole, site.cache.application = site.cache.application, broken
    with pytest.raises(ZeroDivisionError):
        site.ask()
    site.cache.application = whole

    assert site.ask()[0] == "200 OK"


def test_memory_is_bounded_and_the_favourite_stays(site) -> None:
    for number in range(100):
        site.ask(f"/katalog/{number}")
        site.ask(HTTP_ACCEPT_ENCODING="br")

    assert site.cache.shelf.used <= 100_000
    assert 5 < len(site.cache.shelf) < 40
    before = site.made
    site.ask()
    assert site.made == before


def test_a_packed_page_is_held_once_and_still_read_by_everybody(site) -> None:
    site.ask(HTTP_ACCEPT_ENCODING="br")
    held = site.cache.shelf.used
    plain = site.ask()[2]

    assert held < len(plain) + 3000
    assert site.ask(HTTP_ACCEPT_ENCODING="gzip")[1]["Content-Encoding"] == "gzip"
    assert brotli.decompress(site.ask(HTTP_ACCEPT_ENCODING="br")[2]) == plain
    assert site.made == 1


def test_a_huge_page_is_not_kept(site) -> None:
    site.text = "x" * 300_000
    site.ask()
    assert len(site.cache.shelf) == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ""),
        ("&&", ""),
        ("b=2&a=1", "a=1&b=2"),
        ("a=2&b=1&a=1", "a=2&a=1&b=1"),
        ("a=%00", "a=%00"),
        ("%61=1", "%61=1"),
        ("c=1", None),
        ("a", "a"),
        ("utm_campaign=a&_gl=b", ""),
    ],
)
def test_a_query_is_brought_into_one_order(query, expected) -> None:
    assert clean_query(query, frozenset("ab")) == expected


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP", "gzip"),
        ("br;q=0", ""),
        ("br; q=0.001", "br"),
        ("*", ""),
    ],
)
def test_the_best_form_a_browser_reads(accepted, encoding) -> None:
    assert best_encoding(accepted) == encoding
