"""The worker's memory of public pages, in front of an application that counts what it is asked."""

from __future__ import annotations

import gzip

import brotli
import pytest

from tests.lib.kept_site import PUBLIC, World
from umkm_portal.lib.microcache import FRESH_SECONDS


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
