"""`deploy/nginx.conf` as it is, in a real nginx with TLS, before a real gunicorn.

Only ports, paths, the certificate, and how long a page lives differ from the real place.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client

from catalog.actions.listing import archive_product
from events.actions.editions import Hours, cancel_event, move_day
from tests import make
from tests.front import HOST, Answer, Front, until
from umkm_portal.lib.dates import tanggal

pytestmark = pytest.mark.django_db(transaction=True)
FRONT_SECONDS = 2
MARKET = "/jumat/"
KEPT = {"HIT", "STALE", "UPDATING", "REVALIDATED"}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> Iterator[Front]:
    folder = Path(tempfile.mkdtemp(prefix="umkm-front-"))
    front = Front(folder, FRONT_SECONDS=str(FRONT_SECONDS))
    try:
        front.start_portal()
        front.start_nginx()
        yield front
    finally:
        front.stop()
        shutil.rmtree(folder)


@pytest.fixture
def market(site, batik) -> str:
    """The market of this test: what an earlier one left in the front names another edition."""
    day = make.jbl_day()
    make.place(day, batik)
    assert until(lambda: f"/{day.event.slug}" in site.get(MARKET).body.decode())
    return MARKET


def session_of(user) -> str:
    client = Client()
    client.force_login(user)
    return f"__Host-sesi={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def fresh(site: Front, word: bytes, path: str = MARKET) -> Answer:
    assert until(lambda: word in site.get(path).body)
    return site.get(path)


def test_the_second_visitor_is_served_by_nginx_packed_and_with_every_header(site, market) -> None:
    plain = fresh(site, b"Batik Siti")
    first, second = (site.get(market, Accept_Encoding="gzip, deflate, br") for _twice in range(2))

    assert second.cache in KEPT
    assert second.headers["Content-Encoding"] == "br"
    assert brotli.decompress(second.body) == plain.body
    assert second.headers["ETag"] == first.headers["ETag"]
    assert "max-age=31536000" in second.headers["Strict-Transport-Security"]
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Permissions-Policy"):
        assert name in second.headers
    assert "Set-Cookie" not in second.headers
    assert site.get(market, Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


def test_who_has_the_page_is_told_so_by_nginx(site, market) -> None:
    etag = fresh(site, b"Batik Siti").headers["ETag"]
    again = site.get(market, If_None_Match=etag)

    assert again.status == 304
    assert again.body == b""
    assert again.cache in KEPT


def test_siti_never_gets_a_kept_page_and_nobody_gets_hers(site, market, siti) -> None:
    fresh(site, b"Batik Siti")
    for path in (market, "/", "/katalog/"):
        hers = site.get(path, Cookie=session_of(siti))
        assert hers.cache == "BYPASS"
        assert hers.headers["Cache-Control"] == "no-store, private"
        assert b"Keluar" in hers.body
        others = [site.get(path) for _twice in range(3)]
        assert all(b"Keluar" not in other.body for other in others)
        assert site.get(path, Cookie=session_of(siti)).cache == "BYPASS"


def test_only_cookies_that_change_nothing_share_the_page(site, market) -> None:
    fresh(site, b"Batik Siti")
    for cookie in ("__Host-csrf=abc", "__Host-titipan=x.1; __Host-csrf=abc"):
        assert site.get(market, Cookie=cookie).cache != "BYPASS", cookie
    for cookie in ("__Host-csrf=abc; __Host-sesi=x", "a=b", "__Host-csrf=a, sesi=x; lain=1"):
        assert site.get(market, Cookie=cookie).cache == "BYPASS", cookie


def test_a_cancelled_edition_reaches_the_page(site, batik, petugas) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    fresh(site, b"Batik Siti")
    cancel_event(day.event, reason="Hujan lebat", by=petugas, via="admin")

    assert until(lambda: b"Hujan lebat" in site.get(MARKET).body)


def test_a_moved_day_reaches_the_page(site, batik, petugas) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    fresh(site, b"Batik Siti")
    later = day.date + timedelta(days=7)
    move_day(day, to=Hours(later, day.opens_at, day.closes_at), by=petugas, via="admin")

    assert until(lambda: tanggal(later) in site.get(MARKET).body.decode())
    assert f"Dipindah dari {tanggal(day.moved_from or day.date)}" in site.get(MARKET).body.decode()


def test_a_poster_and_a_share_card_are_gone_or_new_after_a_cancellation(
    site, batik, petugas
) -> None:
    day = make.jbl_day()
    make.place(day, batik)
    poster, card = f"/jbl/{day.event.slug}/poster.pdf", f"/acara/{day.event.slug}/kartu.jpg"
    assert until(lambda: site.get(poster).status == 200)
    before = site.get(card).headers["ETag"]
    cancel_event(day.event, reason="Hujan lebat", by=petugas, via="admin")

    assert until(lambda: site.get(poster).status == 404)
    assert until(lambda: site.get(card).headers["ETag"] != before)


def test_a_crowd_at_an_empty_page_asks_the_portal_once(site, batik) -> None:
    place = f"/usaha/{batik.slug}/"
    answers: list[Answer] = []
    start = threading.Barrier(20)

    def visit() -> None:
        start.wait()
        answers.append(site.get(place))

    crowd = [threading.Thread(target=visit) for _each in range(20)]
    for visitor in crowd:
        visitor.start()
    for visitor in crowd:
        visitor.join()

    assert Counter(answer.cache for answer in answers) == {"MISS": 1, "HIT": 19}
    assert {answer.status for answer in answers} == {200}


def test_a_withdrawn_product_is_gone_from_every_worker_in_seconds(site, batik, siti) -> None:
    product = make.product(batik)
    place = product.get_absolute_url()
    for _both in range(12):
        assert site.portal(place).status == 200
    assert any(int(site.portal(place).headers["Age"]) >= 0 for _both in range(3))
    archive_product(product, by=siti, via="web")

    assert until(lambda: site.portal(place).status == 410, 3)
    # Each worker hears it for itself; a dozen visits reach both.
    assert until(lambda: all(site.portal(place).status == 410 for _both in range(12)), 3)


def test_tracking_marks_and_made_up_headers_make_no_other_page(site, market) -> None:
    page = fresh(site, b"Batik Siti")
    for headers in (
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Proto": "http"},
        {"X_Fragment": "Evil/../"},
        {"Accept_Encoding": "zstd"},
    ):
        other = site.get(f"{market}?utm_source=wa&fbclid=<script>", **headers)
        assert other.cache != "MISS", headers
        assert other.body == page.body, headers
    assert b"evil" not in site.get("/katalog/?q=x", X_Forwarded_Host="evil.example").body
    assert site.get("/katalog/?q=x").cache != "MISS"
    assert site.get("/katalog/?q=x", X_Fragment="hasil").cache == "MISS"


def test_errors_private_pages_and_unknown_hosts_are_not_kept(site, market) -> None:
    for path in ("/tidak-ada/", "/akun/masuk/", "/saya/", "/sehat/", "/daftar/"):
        for _twice in range(2):
            answer = site.get(path)
            assert answer.cache in {"", "MISS"}, path
            assert "no-store" in answer.headers["Cache-Control"], path
    for _twice in range(2):
        assert site.get(market, host="evil.example").status == 400
    assert site.get(market).status == 200


def test_plain_http_is_sent_to_https_and_files_are_kept_for_ever(site, market) -> None:
    page = fresh(site, b"Batik Siti").body.decode()
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    for _twice in range(2):
        file = site.get(style, Accept_Encoding="br")
        assert {"public", "immutable"} <= set(file.headers["Cache-Control"].split(", "))
        assert file.headers["Content-Encoding"] == "br"
    assert file.cache == "HIT"
    assert site.get("/sw.js").headers["Cache-Control"] == "no-cache"
    moved = site.plain("/jumat/?q=1")
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{HOST}/jumat/?q=1")


def test_while_the_portal_is_away_the_last_page_stands(site, market) -> None:
    fresh(site, b"Batik Siti")
    site.stop("portal")
    try:
        assert until(lambda: site.get(MARKET).cache == "STALE")
        for _twice in range(3):
            page = site.get(MARKET)
            assert (page.status, b"Batik Siti" in page.body) == (200, True)
        away = site.get("/saya/")
        assert away.status == 502
        assert "sedang tidak dapat dibuka" in away.body.decode()
    finally:
        site.start_portal()
    assert until(lambda: site.get("/saya/").status == 302)
