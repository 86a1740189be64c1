"""The portal with the worker's memory before it, asked by WSGI as gunicorn does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client

from catalog.actions.listing import archive_product
from tests import make
from tests.front import until
from umkm_portal.front import keep_public_pages
from umkm_portal.lib.changes import Changes
from umkm_portal.lib.microcache import MicroCache

pytestmark = pytest.mark.django_db(transaction=True)


class Worker:
    """One process: its memory, its ear for changes, and how often Django was asked."""

    def __init__(self) -> None:
        self.changes = Changes()
        self.portal = WSGIHandler()
        self.made = 0
        self.front = keep_public_pages(self._count, self.changes)

    def _count(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.made += 1
        return self.portal(environ, start_response)

    def ask(self, address: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        said: list[Any] = []
        answer = self.front(environ, lambda *about: said.extend(about))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return said[0], dict(said[1]), body


@pytest.fixture
def worker() -> Iterator[Worker]:
    one = Worker()
    one.changes.current()
    assert one.changes.is_listening.wait(10)
    yield one
    one.changes.close()


def test_eight_threads_on_a_cold_page_make_it_once(worker, batik) -> None:
    make.product(batik)
    assert until(lambda: settled(worker))
    start = threading.Barrier(8)
    bodies: list[bytes] = []

    def visit() -> None:
        start.wait()
        bodies.append(worker.ask("/katalog/?utm_source=wa")[2])
        connection.close()

    crowd = [threading.Thread(target=visit) for _each in range(8)]
    for visitor in crowd:
        visitor.start()
    for visitor in crowd:
        visitor.join()

    assert worker.made == 1
    assert len(bodies) == 8
    assert len(set(bodies)) == 1


def settled(worker: Worker) -> bool:
    """What was made for this test has been announced and heard."""
    before = worker.changes.current()
    return not until(lambda: worker.changes.current() > before, 0.8)


def test_two_workers_hear_of_a_withdrawn_product(worker, batik, siti) -> None:
    other = Worker()
    try:
        place = make.product(batik).get_absolute_url()
        for each in (worker, other):
            assert until(lambda each=each: "Age" in each.ask(place)[1])
        archive_product(batik.products.get(), by=siti, via="web")
        for each in (worker, other):
            assert until(lambda each=each: each.ask(place)[0].startswith("410"), 5)
    finally:
        other.changes.close()


def test_siti_is_never_given_a_kept_page_nor_is_hers_kept(worker, batik, siti) -> None:
    client = Client()
    client.force_login(siti)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    for address in ("/", "/katalog/", "/jumat/", f"/usaha/{batik.slug}/"):
        worker.ask(address)
        made = worker.made
        _status, headers, hers = worker.ask(address, HTTP_COOKIE=f"csrf=1; {cookie}")
        assert worker.made == made + 1
        assert headers["Cache-Control"] == "no-store, private"
        assert b"Keluar" in hers
        assert b"Keluar" not in worker.ask(address)[2]


STRANGE: list[dict[str, str]] = [
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_X_FORWARDED_SERVER": "evil.example", "HTTP_FORWARDED": "host=evil.example"},
    {"HTTP_X_ORIGINAL_URL": "/admin/", "HTTP_X_REWRITE_URL": "/admin/"},
    {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST", "HTTP_RANGE": "bytes=0-9"},
    {"HTTP_ACCEPT_LANGUAGE": "<script>", "HTTP_USER_AGENT": "evil.example"},
    {"CONTENT_TYPE": "text/html; charset=utf-7", "HTTP_ACCEPT": "application/json"},
]


def test_what_a_stranger_sends_leaves_no_trace_in_the_page(worker) -> None:
    clean = Worker()
    try:
        for number, headers in enumerate(STRANGE):
            address = f"/katalog/?q=%3Cevil%3E{number}"
            worker.ask(address, **headers)
            made = worker.made
            status, _headers, body = worker.ask(address)
            assert (status, worker.made) == ("200 OK", made), headers
            assert clean.ask(address)[2] == body, headers
            assert b"evil.example" not in body
            assert b"<evil>" not in body
    finally:
        clean.changes.close()


def test_an_unknown_host_is_refused_and_takes_no_room(worker) -> None:
    assert isinstance(worker.front, MicroCache)
    for number in range(3):
        assert worker.ask("/", HTTP_HOST=f"evil{number}.example")[0].startswith("400")
    assert len(worker.front.shelf) == 0
