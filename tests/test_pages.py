"""The pages we write ourselves: there for anyone, light, without cookies, clean under the CSP."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import RequestFactory

from umkm_portal.views import errors

PAGES = [
    "/bantuan/",
    "/tentang/",
    "/privasi/",
    "/syarat/",
    "/kontak/",
    "/aksesibilitas/",
    "/luring/",
]
ERRORS = {
    400: lambda request: errors.bad_request(request, SuspiciousOperation()),
    403: lambda request: errors.permission_denied(request, PermissionDenied("Hanya petugas.")),
    404: lambda request: errors.not_found(request, Http404()),
    410: lambda request: errors.gone(request, text="Produk ini sudah tidak dijual."),
    413: lambda request: errors.bad_request(request, RequestDataTooBig()),
    429: lambda request: errors.too_many(request, seconds=899),
    500: errors.server_error,
    503: errors.unavailable,
}
BUDGET = 46_080
LINKED = re.compile(
    r'(?:<link rel="stylesheet" href|<link rel="preload" href|<script src)="([^"]+)"'
)


def static_file(url: str) -> Path:
    """The source of a static URL, its hash taken out."""
    path = re.sub(r"\.[0-9a-f]{12}(?=\.)", "", url.removeprefix(settings.STATIC_URL))
    return Path(settings.BASE_DIR) / "static" / path


@pytest.mark.parametrize("path", PAGES)
def test_anyone_reads_a_page_and_gets_no_cookie(client, db, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert "Terakhir diperbarui 24 November 2026" in response.text or path == "/luring/"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_inline_style_no_inline_script_and_no_token(client, db, path):
    text = client.get(path).text
    assert " style=" not in text
    assert re.findall(r'<script(?![^>]* src=|[^>]*"application/ld)', text) == []
    assert "csrfmiddlewaretoken" not in text
    assert re.search(r'\bon[a-z]+="', text) is None


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_quietly(client, db, path):
    """No exclamation marks and no asterisks in what people read."""
    main = re.search(r"<main.*?</main>", client.get(path).text, re.DOTALL)
    assert main
    words = re.sub(r"<[^>]+>", "", main[0])
    assert "!" not in words
    assert "*" not in words


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_stays_within_the_budget(client, db, path):
    text = client.get(path).text
    parts = {"html": len(brotli.compress(text.encode(), quality=5))}
    files = {static_file(url) for url in LINKED.findall(text)}
    files |= {static_file("/static/vendor/sprite.svg"), static_file("/static/img/ikon.svg")}
    for file in files:
        data = file.read_bytes()
        packed = data if file.suffix == ".woff2" else brotli.compress(data, quality=11)
        parts[file.name] = len(packed)
    assert sum(parts.values()) <= BUDGET, parts


def test_every_internal_link_of_the_frame_is_an_address_we_promise(client, db):
    links = set(re.findall(r'href="(/[^"#?]*)', client.get("/tentang/").text))
    assert {"/katalog/", "/jumat/", "/agenda/", "/saya/", "/akun/masuk/", "/daftar/"} <= links


def test_the_help_page_names_the_rate_of_today(client, db):
    assert "Rp120.000" in client.get("/bantuan/").text


def test_a_signed_in_person_sees_a_way_out_that_is_a_form(client, siti):
    client.force_login(siti)
    text = client.get("/tentang/").text
    assert re.search(r'<form[^>]* method="post" action="/akun/keluar/">', text)
    assert "Daftarkan usaha</a>\n" not in text.split("</header>")[0]


@pytest.mark.parametrize("status", ERRORS)
def test_each_error_has_its_own_page_with_a_way_on(rf: RequestFactory, status):
    """Without a database: a test that does not ask for it may not touch it."""
    response = ERRORS[status](rf.get("/apa-saja/"))
    assert response.status_code == status
    assert 'class="btn btn-' in response.text
    assert "0812-0000-0000" in response.text
    assert " style=" not in response.text


def test_an_unknown_address_answers_with_our_page(client, db):
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Cari di sini" in response.text
    assert not response.cookies


def test_a_fault_shows_a_code_that_is_in_the_log(rf, caplog):
    code = re.search(r"<strong>([0-9A-F]{4})</strong>", errors.server_error(rf.get("/")).text)
    assert code
    assert f"Incident {code[1]}" in caplog.text


def test_a_database_that_is_away_answers_503_in_indonesian(rf):
    try:
        raise OperationalError("away")  # noqa: TRY301
    except OperationalError:
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 503
    assert "Muat ulang" in response.text
    assert response["Retry-After"] == "30"


def test_too_many_says_when(rf):
    response = errors.too_many(rf.get("/"), seconds=61)
    assert "Coba lagi 2 menit lagi" in response.text
    assert response["Retry-After"] == "61"


def test_a_stale_form_says_what_to_do(rf):
    response = errors.csrf_failure(rf.post("/"), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert "Muat ulang" in response.text
    assert "CSRF" not in response.text


def test_robots_stay_out_of_private_rooms(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /saya/" in response.text
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in response.text


def test_the_manifest_names_the_portal(client, db):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["lang"] == "id"
    assert static_file(manifest["icons"][0]["src"]).exists()


def test_the_worker_is_always_asked_for_anew_and_keeps_files_that_exist(client, db):
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assets = re.search(r"const ASSETS = (\[.*?\]);", response.text)
    assert assets
    assert all(static_file(url).exists() for url in json.loads(assets[1]))


def test_the_icon_browsers_ask_for_by_themselves_brings_no_cookie(client, siti):
    client.force_login(siti)
    response = client.get("/favicon.ico")
    assert static_file(response["Location"]).exists()
    assert not response.cookies


def test_security_txt_has_not_run_out(client, db):
    response = client.get("/.well-known/security.txt")
    assert "Contact: mailto:" in response.text
    assert re.search(r"Expires: 20\d\d-\d\d-\d\dT00:00:00Z", response.text)
