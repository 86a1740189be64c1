"""The worker's memory of public pages, in front of an application that counts what it is asked."""

from __future__ import annotations

import gzip
import threading
from io import BytesIO

import brotli
import pytest

from umkm_portal.lib.answers import best_encoding
from umkm_portal.lib.asked import clean_query
from umkm_portal.lib.microcache import FRESH_SECONDS, STALE_SECONDS, MicroCache

PUBLIC = "public, max-age=0, s-maxage=20"
TEXT = "<p>Jakarta Selatan</p>" * 100


class World:
    """An application, a clock that stands still, and a number of changes."""

    def __init__(self) -> None:
        self.seen: list[dict[str, object]] = []
        self.now = 1000.0
        self.changes = 0
        self.status = "200 OK"
        self.headers = {"Cache-Control": PUBLIC, "Vary": "Cookie", "ETag": '"abc"'}
        self.text = TEXT
        self.hold = threading.Event()
        self.hold.set()
        self.cache = MicroCache(
            self.application,
            parameters_of=lambda path: frozenset("qr") if path.startswith("/katalog/") else None,
            harmless_cookies=["csrf"],
            changes=lambda: self.changes,
            limit=100_000,
        )
        self.cache.clock = lambda: self.now

    def application(self, environ, start_response):
        self.seen.append(environ)
        assert self.hold.wait(5)
        headers = {"Content-Type": "text/html; charset=utf-8", **self.headers}
        body = f"{self.text}{environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode()
        start_response(self.status, [*headers.items(), ("Content-Length", str(len(body)))])
        return [body]

    def ask(self, address="/katalog/", method="GET", **headers):
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "umkm.example",
            **headers,
        }
        said = []
        body = b"".join(self.cache(environ, lambda *about: said.extend(about)))
        return said[0], dict(said[1]), body

    @property
    def made(self) -> int:
        return len(self.seen)


@pytest.fixture
def site() -> World:
    return World()


def test_the_second_visitor_wakes_nobody(site) -> None:
    first, second = site.ask(), site.ask()

    assert site.made == 1
    assert first == second
    assert second[2].startswith(b"<p>Jakarta Selatan</p>")
    assert second[1]["Content-Length"] == str(len(second[2]))


def test_a_page_is_made_again_when_it_is_old_or_something_changed(site) -> None:
    site.ask()
    site.now += FRESH_SECONDS - 1
    assert site.ask()[1]["Age"] == str(FRESH_SECONDS - 1)
    assert site.made == 1
    site.now += 1
    site.ask()
    assert site.made == 2
    site.changes += 1
    site.ask()
    site.ask()
    assert site.made == 3


def test_a_change_while_the_page_is_made_makes_it_old_at_once(site) -> None:
    whole = site.application

    def changing(environ, start_response):
        site.changes += 1
        return whole(environ, start_response)

    site.cache.application = changing
    site.ask()
    site.cache.application = whole
    site.ask()

    assert site.made == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sesi=1"},
        {"HTTP_COOKIE": "csrf=1; titipan=2"},
        {"HTTP_AUTHORIZATION": "Basic eA=="},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_IF_MATCH": '"x"'},
        {"HTTP_X_FRAGMENT": "hasil\r\nX: y"},
        {"CONTENT_LENGTH": "5"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"method": "POST"},
        {"address": "/katalog/?page=2"},
        {"address": "/katalog/?q=" + "a" * 400},
        {"address": "/saya/"},
    ],
)
def test_who_is_somebody_or_wants_another_thing_asks_in_person(site, headers) -> None:
    site.ask()
    for _twice in range(2):
        site.ask(**headers)

    assert site.made == 3
    # Untouched: the application sees all that was sent.
    sent = {name: value for name, value in headers.items() if name.isupper()}
    assert sent.items() <= site.seen[-1].items()
    assert len(site.cache.shelf) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Set-Cookie", "csrf=1"),
        ("Cache-Control", "no-store, private"),
        ("Cache-Control", "private, s-maxage=20"),
        ("Cache-Control", "public, max-age=86400"),
        ("Vary", "Cookie, User-Agent"),
        ("Vary", "*"),
    ],
)
def test_only_what_the_portal_calls_public_is_kept(site, name, value) -> None:
    site.headers[name] = value
    site.ask()
    made = site.made
    site.ask()

    assert site.made == 2 * made
    assert len(site.cache.shelf) == 0


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "302 Found", "500 Oops", "400 No"])
def test_only_a_good_page_is_kept(site, status) -> None:
    site.status = status
    assert site.ask()[0] == status
    site.ask()
    assert site.made == 2


def test_a_cookie_is_set_only_for_who_was_seen_with_all_cookies(site) -> None:
    """Made without the visitor's token, the page would carry a new one, and stale his forms."""
    site.headers["Set-Cookie"] = "csrf=new"
    site.ask(HTTP_COOKIE="csrf=old")

    assert site.seen[-1]["HTTP_COOKIE"] == "csrf=old"


def test_tracking_marks_share_the_page_and_never_reach_it(site) -> None:
    site.ask("/katalog/?utm_source=%3Cscript%3E&r=2&fbclid=x&q=klepon&utm_medium=wa")
    _status, _headers, body = site.ask("/katalog/?q=klepon&r=2&gclid=y")

    assert site.made == 1
    assert body.endswith(b"/katalog/?q=klepon&r=2")


def test_no_header_of_a_visitor_reaches_the_page_of_the_next(site) -> None:
    site.ask(
        HTTP_X_FORWARDED_HOST="evil.example",
        HTTP_X_FORWARDED_SCHEME="nothttps",
        HTTP_X_ORIGINAL_URL="/admin/",
        HTTP_X_HTTP_METHOD_OVERRIDE="POST",
        HTTP_X_FORWARDED_PROTO="http",
        HTTP_ACCEPT_LANGUAGE="xx",
        HTTP_USER_AGENT="<script>",
        HTTP_REFERER="https://evil.example/",
        HTTP_COOKIE="csrf=mine",
        HTTP_RANGE="bytes=0-3",
        CONTENT_TYPE="text/html; charset=us-ascii",
    )
    reached = {name for name in site.seen[0] if name.startswith("HTTP_")}

    assert reached == {"HTTP_HOST"}
    assert site.seen[0]["CONTENT_TYPE"] == ""
    assert site.ask()[2].startswith(b"<p>")
    assert site.made == 1


def test_another_host_scheme_or_fragment_is_another_page(site) -> None:
    site.ask()
    site.ask(HTTP_HOST="evil.example")
    site.ask(HTTP_X_FORWARDED_PROTO="https, http")
    site.ask(HTTP_X_FRAGMENT="hasil")

    assert site.made == 4
    assert site.seen[2]["HTTP_X_FORWARDED_PROTO"] == "https"
    assert site.seen[3]["HTTP_X_FRAGMENT"] == "hasil"


def test_each_browser_gets_the_form_it_reads_and_each_form_is_made_once(site) -> None:
    plain = site.ask()[2]
    forms = {}
    for accepted in ("br, gzip", "gzip;q=0.5", "identity", "br;q=0, gzip;q=0.0"):
        _status, headers, body = site.ask(HTTP_ACCEPT_ENCODING=accepted)
        forms[accepted] = headers.get("Content-Encoding"), body
        assert headers["Content-Length"] == str(len(body))
        assert headers["ETag"] == 'W/"abc"'

    assert [coding for coding, _body in forms.values()] == ["br", "gzip", None, None]
    assert brotli.decompress(forms["br, gzip"][1]) == plain
    assert gzip.decompress(forms["gzip;q=0.5"][1]) == plain
    assert site.made == 1
    again = [site.ask(HTTP_ACCEPT_ENCODING="br")[2] for _twice in range(2)]
    assert again[0] is not None
    assert again[0] == again[1]


@pytest.mark.parametrize("mark", ['W/"abc"', '"abc"', '"old", W/"abc"', "*"])
def test_who_has_the_page_already_gets_no_body(site, mark) -> None:
    site.ask()
    status, headers, body = site.ask(HTTP_IF_NONE_MATCH=mark)

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["Cache-Control"] == PUBLIC
    assert "Content-Length" not in headers
    assert site.ask(HTTP_IF_NONE_MATCH='"abcd"')[0] == "200 OK"
    assert site.made == 1


def test_head_has_the_headers_of_the_page(site) -> None:
    status, headers, body = site.ask(method="HEAD")
    full = site.ask()

    assert (status, headers, body) == (full[0], full[1], b"")
    assert site.made == 1


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
