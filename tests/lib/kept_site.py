"""A site whose pages a worker keeps: an application that counts what it is asked."""

from __future__ import annotations

import threading
from io import BytesIO

from umkm_portal.lib.microcache import MicroCache

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
