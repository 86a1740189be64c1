"""Keep public pages for some seconds in this process; a hit never wakes Django.

A WSGI application around another one. What a kept page was made from is exactly its key: host,
scheme, path, known query parameters in order, and the fragment asked for. Every other header and
cookie of the visitor is taken away before the page is made, so nobody can have a page made that
answers another's question. Kept is only what the application itself calls public.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from umkm_portal.lib.answers import Answer, best_encoding, header, is_known_to
from umkm_portal.lib.asked import Environ, clean_query, has_only, is_https, is_plain
from umkm_portal.lib.shelf import Shelf

StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

FRESH_SECONDS = 10
"""With STALE_SECONDS, and the 20 and 10 of the public Cache-Control, at most 60 in all."""
STALE_SECONDS = 20
"""How old a page may be that stands in while a newer one is made, or cannot be."""
WAIT_SECONDS = 10
LARGEST_PAGE = 256 * 1024
# All that reaches the page's maker of a visitor's headers; the address is for limits only.
PASSED = {"HTTP_HOST", "HTTP_X_FORWARDED_FOR"}
VARY = {"accept-encoding", "cookie", "x-fragment"}


class Key(NamedTuple):
    host: str
    is_https: bool
    path: str
    query: str
    fragment: str


class Flight:
    """Somebody makes this page now; others may wait for it."""

    __slots__ = ("done", "page")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.page: Answer | None = None


class MicroCache:
    """`parameters_of(path)` names the query parameters a public page knows, None for others.

    `changes()` is a number that grows when what the pages show has changed anywhere.
    """

    def __init__(
        self,
        application: Application,
        *,
        parameters_of: Callable[[str], frozenset[str] | None],
        harmless_cookies: Iterable[str],
        changes: Callable[[], int],
        limit: int,
    ) -> None:
        self.application = application
        self.parameters_of = parameters_of
        self.harmless = frozenset(harmless_cookies)
        self.changes = changes
        self.clock: Callable[[], float] = time.monotonic
        self.shelf: Shelf[Key, Answer] = Shelf(limit)
        self._flights: dict[Key, Flight] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = self.key_of(environ)
        page = None
        if key is not None:
            page = self.shelf.get(key)
            if page is None or not self._is_fresh(page):
                page = self._fetch(key, environ)
        if key is None or page is None:
            return self.application(environ, start_response)
        return self._give(key, page, environ, start_response)

    def key_of(self, environ: Environ) -> Key | None:
        """What the answer depends on; None when it depends on who asks, or is not such a page."""
        if not is_plain(environ) or not has_only(environ.get("HTTP_COOKIE", ""), self.harmless):
            return None
        path = environ.get("PATH_INFO", "")
        known = self.parameters_of(path)
        if known is None:
            return None
        query = clean_query(environ.get("QUERY_STRING", ""), known)
        if query is None:
            return None
        fragment = environ.get("HTTP_X_FRAGMENT", "")
        return Key(environ["HTTP_HOST"], is_https(environ), path, query, fragment)

    def _is_fresh(self, page: Answer) -> bool:
        return page.change == self.changes() and self._age(page) < FRESH_SECONDS

    def _age(self, page: Answer) -> float:
        return self.clock() - page.made_at

    def _fetch(self, key: Key, environ: Environ) -> Answer | None:
        """Make the page, or wait for who makes it; None when the visitor must ask in person."""
        with self._lock:
            flight = self._flights.get(key)
            is_mine = flight is None
            if flight is None:
                flight = self._flights[key] = Flight()
        if not is_mine:
            return self._stand_in(key) or self._wait_for(flight)
        try:
            made = self._make(key, environ)
            if self._is_kept(made):
                self.shelf.put(key, made)
                flight.page = made
        finally:
            with self._lock:
                del self._flights[key]
            flight.done.set()
        if made.code >= 500:
            return self._stand_in(key) or made
        # A cookie that is set belongs to a request with all its cookies.
        return None if header(made.headers, "set-cookie") else made

    def _stand_in(self, key: Key) -> Answer | None:
        page = self.shelf.get(key)
        return page if page and self._age(page) < STALE_SECONDS else None

    @staticmethod
    def _wait_for(flight: Flight) -> Answer | None:
        flight.done.wait(WAIT_SECONDS)
        return flight.page

    def _make(self, key: Key, environ: Environ) -> Answer:
        """Ask the application as a visitor of whom nothing is known."""
        # Looked at before: what changes meanwhile makes the page old at once.
        change, made_at = self.changes(), self.clock()
        asked = {k: v for k, v in environ.items() if not k.startswith("HTTP_") or k in PASSED}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, "CONTENT_TYPE": ""}
        if key.fragment:
            asked["HTTP_X_FRAGMENT"] = key.fragment
        if key.is_https:
            asked["HTTP_X_FORWARDED_PROTO"] = "https"
        begun: list[Any] = []
        result = self.application(asked, lambda *about: begun.extend(about))
        try:
            body = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        return Answer(begun[0], begun[1], body, made_at=made_at, change=change)

    @staticmethod
    def _is_kept(made: Answer) -> bool:
        """Only what says so itself, to everybody alike."""
        rule = header(made.headers, "cache-control")
        varies = {name.strip().lower() for name in header(made.headers, "vary").split(",")}
        return (
            made.code == 200
            and rule.startswith("public")
            and "s-maxage" in rule
            and not header(made.headers, "set-cookie")
            and varies - {""} <= VARY
            and made.length <= LARGEST_PAGE
        )

    def _give(
        self, key: Key, page: Answer, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        age = ("Age", str(int(self._age(page))))
        if is_known_to(environ.get("HTTP_IF_NONE_MATCH", ""), page.etag):
            start_response("304 Not Modified", [*page.unchanged, age])
            return ()
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = page.forms.get(encoding)
        if form is None:
            form = page.pack(encoding)
            if self.shelf.get(key) is page:
                self.shelf.put(key, page)
        start_response(page.status, [*form.headers, age])
        return () if environ["REQUEST_METHOD"] == "HEAD" else (form.body,)
