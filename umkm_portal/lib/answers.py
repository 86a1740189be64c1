"""A finished answer of the portal, packed as each visitor's browser takes it."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import NamedTuple

import brotli

Headers = list[tuple[str, str]]

LEAST_TO_PACK = 500
# Measured on our pages: more costs more than it saves within the ten seconds a page is kept.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# A 304 speaks of no body.
OF_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language"}


class Form(NamedTuple):
    headers: Headers
    body: bytes
    coding: str


class Answer:
    """`made_at` is when its making began, `change` which state of the world it shows.

    Once packed, only the packed form is held: it is a sixth, and most browsers read it.
    """

    __slots__ = (
        "_body",
        "change",
        "code",
        "etag",
        "forms",
        "headers",
        "length",
        "made_at",
        "status",
    )

    def __init__(
        self, status: str, headers: Headers, body: bytes, *, made_at: float = 0, change: int = 0
    ) -> None:
        self.status, self.code, self.length = status, int(status[:3]), len(body)
        self._body: bytes | None = body
        # Weak, since one mark stands for all packed forms.
        strong = header(headers, "etag").removeprefix("W/")
        self.etag = f"W/{strong}" if strong else ""
        self.headers = [
            pair for pair in headers if pair[0].lower() not in {"etag", "content-length"}
        ]
        if self.etag:
            self.headers.append(("ETag", self.etag))
        self.forms: dict[str, Form] = {}
        self.made_at, self.change = made_at, change

    @property
    def unchanged(self) -> Headers:
        """The headers of a 304."""
        return [pair for pair in self.headers if pair[0].lower() not in OF_THE_BODY]

    def pack(self, encoding: str) -> Form:
        """Make and hold the form for "br", "gzip" or ""; what gains nothing stays as it is."""
        body, coding = self._plain(), ""
        kind = header(self.headers, "content-type")
        if len(body) >= LEAST_TO_PACK and kind.startswith(("text/", "application/")):
            coding = encoding
        if coding == "br":
            body = brotli.compress(body, quality=BROTLI_QUALITY)
        elif coding == "gzip":
            body = gzip.compress(body, GZIP_LEVEL, mtime=0)
        own = [("Content-Encoding", coding)] if coding else []
        headers = [*self.headers, *own, ("Content-Length", str(len(body)))]
        form = self.forms[encoding] = Form(headers, body, coding)
        self._body = None
        return form

    def _plain(self) -> bytes:
        body = self._body
        if body is not None:
            return body
        form = next(iter(self.forms.values()))
        if form.coding == "br":
            return bytes(brotli.decompress(form.body))
        return gzip.decompress(form.body) if form.coding else form.body

    def size(self) -> int:
        """Bytes in memory, the headers by a rough count."""
        held = {id(form.body): len(form.body) for form in list(self.forms.values())}
        return 3000 + sum(held.values()) + len(self._body or b"")


def header(headers: Headers, name: str) -> str:
    """All values of this header, in one; "" when there is none."""
    return ", ".join(value for each, value in headers if each.lower() == name)


def is_known_to(if_none_match: str, etag: str) -> bool:
    """Whether the visitor's copy is this one (RFC 9110: marks are compared weakly)."""
    if not if_none_match or not etag:
        return False
    if if_none_match.strip() == "*":
        return True
    marks = (mark.strip().removeprefix("W/") for mark in if_none_match.split(","))
    return etag.removeprefix("W/") in marks


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """ "br", "gzip" or "" for an Accept-Encoding; what is refused by q=0 is not chosen."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        weights[name.strip()] = parameter.replace(" ", "").strip()
    for name in ("br", "gzip"):
        weight = weights.get(name)
        if weight is not None and weight.rstrip("0") not in {"q=", "q=0."}:
            return name
    return ""
