"""What comes in from anybody: odd bytes, methods, sizes; and what goes out with each page."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from tests import make
from tests.accounts.conftest import sign_in
from umkm_portal import environment, middleware

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
SAMPLE = {
    "int": "7",
    "slug": "batik-siti",
    "str": "ABCDEFGHJK",
    "path": "a/b.webp",
    "uuid": "0" * 32,
}


def addresses(resolver=None, prefix: str = "/") -> list[str]:
    """Every address of ours with something in each of its places."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if not isinstance(pattern, URLPattern):
            found += addresses(pattern, route)
            continue
        route = re.sub(r"<(\w+):\w+>", lambda m: SAMPLE.get(m[1], "1"), route)
        route = re.sub(r"\(\?P<\w+>[^)]*\)|<\w+>", "7", route)
        found.append(re.sub(r"[\^$]|\\Z|\\", "", route))
    return found


# Of Django's admin one page will do: its pages are one view each for every model.
ALL = sorted(a for a in set(addresses()) if not a.startswith("/admin/") or a == "/admin/")


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def test_the_list_of_addresses_is_not_empty() -> None:
    assert {"/", "/akun/masuk/", "/sehat/", "/katalog/"} <= set(ALL)


@pytest.mark.parametrize("address", ALL)
def test_odd_bytes_are_never_a_fault_of_ours(visitor, address) -> None:
    asked = [
        visitor.get(f"{address}?q=%00&halaman=1"),
        visitor.get(f"{address}?q=%ff%fe"),
        visitor.get(f"{address}?halaman=" + "9" * 400),
        visitor.get(
            f"{address}?q={'a' * 3000}&setelah=%F0%9F%99%82&page=-1&id=99999999999999999999"
        ),
        visitor.get(f"{address}%00/"),
        visitor.get(f"{address}%ff/"),
        visitor.get(address, HTTP_COOKIE='sesi="\\000\\000aaaaaaaaaaaa"'),
        visitor.get(address, HTTP_COOKIE="sesi=\xff\xfe; csrf=;;==; a"),
        visitor.get(address, CONTENT_TYPE="text/html; charset=zlib"),
        visitor.post(address, b"a=%00&b=%ff", content_type="application/x-www-form-urlencoded"),
        visitor.post(
            address, b"x", content_type="application/x-www-form-urlencoded; charset=utf-7"
        ),
        visitor.post(address, b"--x\r\n\xff", content_type="multipart/form-data; boundary=x"),
        visitor.post(address, b"{", content_type="application/json"),
    ]

    assert [answer.status_code for answer in asked if answer.status_code >= 500] == []
    assert [asked[n].status_code for n in (0, 1, 4, 6, 8, 10)] == [400] * 6


@pytest.mark.parametrize("address", ["/", "/katalog/", "/akun/masuk/"])
@pytest.mark.parametrize("number", ["9" * 30, "-1", "0", "1e9", "٣"])
def test_absurd_numbers_are_no_fault_of_ours(visitor, address, number) -> None:
    assert visitor.get(f"{address}?halaman={number}&harga_min={number}").status_code < 500


def test_refusals_are_our_own_pages(visitor) -> None:
    answer = visitor.get("/?q=%00")

    assert answer.status_code == 400
    assert '<html lang="id">' in answer.content.decode()


def test_a_broken_cookie_is_taken_back(visitor) -> None:
    answer = visitor.get("/", HTTP_COOKIE='sesi="\\000aaaaaaaaaaaa"')

    assert answer.cookies["sesi"]["max-age"] == 0


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "NYALA"])
@pytest.mark.parametrize("address", ["/", "/saya/", "/akun/masuk/", "/admin/", "/tidak-ada/"])
def test_strange_methods_are_not_allowed(visitor, method, address) -> None:
    assert visitor.generic(method, address).status_code == 405


def test_an_unknown_host_is_refused(visitor) -> None:
    assert visitor.get("/", headers={"host": "jahat.example"}).status_code == 400


def test_too_large_a_body_is_refused_before_it_is_read(visitor, settings) -> None:
    request = RequestFactory().post("/akun/masuk/")
    request.META["CONTENT_LENGTH"] = str(settings.REQUEST_MAX_BYTES + 1)
    door = middleware.front_door(lambda _request: pytest.fail("it was let in"))

    answer = door(request)

    assert answer.status_code == 413
    assert "70" in answer.content.decode()


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (OperationalError("canceling statement due to statement timeout"), 503),
        (DataError("integer out of range"), 400),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), 400),
        (ValueError("a mistake of ours"), None),
    ],
)
def test_what_the_database_says_becomes_a_page(fault, status) -> None:
    answer = middleware.front_door(lambda _r: HttpResponse()).process_exception(
        RequestFactory().get("/"), fault
    )

    assert (answer.status_code if answer else None) == status


def test_a_slow_statement_gets_the_page_of_503(visitor, siti, monkeypatch) -> None:
    def slow(*_args):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)")

    visitor.force_login(siti)
    monkeypatch.setattr(sys.modules["umkm_portal.views.owner_home"], "render", slow)
    answer = visitor.get("/saya/")

    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "terlalu lama disiapkan" in answer.content.decode()


def test_a_database_that_is_away_gets_another_sentence(rf) -> None:
    answer = middleware.front_door(lambda _r: HttpResponse()).process_exception(
        rf.get("/"), OperationalError("connection refused")
    )

    assert "tidak terjangkau" in answer.content.decode()


def test_the_web_server_waits_less_for_a_statement_than_a_job_does() -> None:
    served = runpy.run_path(str(environment.ROOT / "deploy/gunicorn.conf.py"))["os"].environ
    assert int(served.pop("STATEMENT_TIMEOUT_MS")) < 60_000
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] == "1min"


def headers_of(address: str, status: int, client: Client):
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/akun/masuk/", 200), ("/tidak-ada/", 404), ("/?q=%00", 400), ("/admin/", 302)],
)
def test_every_answer_carries_the_headers(visitor, address, status) -> None:
    headers = headers_of(address, status, visitor)

    assert set(headers["Content-Security-Policy"].split("; ")) == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_admin_keeps_the_same_policy(visitor, petugas) -> None:
    visitor.force_login(petugas)
    headers = headers_of("/admin/members/accesscode/", 200, visitor)

    assert set(headers["Content-Security-Policy"].split("; ")) == CSP
    assert headers["Cache-Control"] == "no-store, private"


def test_errors_of_ours_keep_the_headers_too(visitor, monkeypatch) -> None:
    monkeypatch.setattr(
        sys.modules["umkm_portal.views.health"].shutil, "disk_usage", lambda _p: 1 / 0
    )
    headers = headers_of("/sehat/", 500, visitor)

    assert set(headers["Content-Security-Policy"].split("; ")) == CSP


def test_private_pages_are_not_stored_and_public_ones_carry_no_cookie(visitor, siti) -> None:
    public = visitor.get("/")
    assert "sesi" not in public.cookies
    assert "no-store" not in public.get("Cache-Control", "")
    sign_in(visitor, siti.email)

    for address in ("/saya/", "/akun/", "/akun/2fa/", "/"):
        assert "no-store" in visitor.get(address)["Cache-Control"]


def test_cookies_are_http_only_and_lax(visitor, siti) -> None:
    visitor.get("/akun/masuk/")
    sign_in(visitor, siti.email)

    for name in ("sesi", "csrf"):
        assert visitor.cookies[name]["httponly"]
        assert visitor.cookies[name]["samesite"] == "Lax"


def production(*command: str, **extra: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DATA_DIR") if name in os.environ}
    own = {
        "SITE_URL": "https://umkm.example",
        "DEBUG": "0",
        "DEMO": "0",
        "STAFF_TOTP": "1",
        **extra,
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | own,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_deploy_check_is_silent_under_production_settings() -> None:
    checked = production("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_https_means_hsts_and_host_cookies() -> None:
    said = production(
        "-c",
        "import django; from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)",
        DJANGO_SETTINGS_MODULE="umkm_portal.settings",
    )

    assert said.stdout.split() == ["__Host-sesi", "__Host-csrf", "True", "True", "31536000", "True"]


def test_totp_is_off_only_in_the_demo() -> None:
    refused = production("manage.py", "check", STAFF_TOTP="off")

    assert refused.returncode != 0
    assert "STAFF_TOTP=off is for the demo only" in refused.stderr


def test_a_permission_taken_away_works_on_the_next_request(visitor, petugas) -> None:
    visitor.force_login(petugas)
    assert visitor.get("/admin/members/accesscode/").status_code == 200
    petugas.groups.clear()

    assert visitor.get("/admin/members/accesscode/").status_code == 403


def test_a_password_with_odd_signs_opens_and_nothing_else_does(visitor) -> None:
    make.user("aneh", phone="+6281299991111").set_password("x")
    for odd in ("\x00", "🙂" * 300, "' OR 1=1 --", "{{ 7*7 }}"):
        assert sign_in(visitor, "aneh@example.id", odd).status_code == 200
