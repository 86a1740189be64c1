"""What of a request decides about a public page, read from the WSGI environment without Django."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote_plus

Environ = dict[str, Any]

LONGEST_QUERY = 300
# Tracking marks that others hang on our addresses; they mean nothing here.
NOISE = re.compile(
    r"utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|igsh|igshid|mc_[ce]id|_gl"
)
_FRAGMENT = re.compile(r"[a-z]{0,20}")
# Who sends one of these wants another thing than the page as it is.
_SPECIAL = (
    "HTTP_AUTHORIZATION",
    "HTTP_HX_REQUEST",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_TRANSFER_ENCODING",
    "HTTP_UPGRADE",
)


def is_plain(environ: Environ) -> bool:
    """A page is asked for, and nothing but its address and fragment says which."""
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and bool(environ.get("HTTP_HOST"))
        and environ.get("CONTENT_LENGTH") in {None, "", "0"}
        and not any(name in environ for name in _SPECIAL)
        and _FRAGMENT.fullmatch(environ.get("HTTP_X_FRAGMENT", "")) is not None
    )


def has_only(cookies: str, harmless: frozenset[str]) -> bool:
    """Whether no cookie of this header can change a page."""
    names = (part.partition("=")[0].strip() for part in cookies.split(";"))
    return not cookies or all(name in harmless for name in names)


def is_https(environ: Environ) -> bool:
    """As a front says; Django decides whether the front is believed."""
    said: str = environ.get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"]
    return said.split(",", maxsplit=1)[0].strip() == "https"


def clean_query(query: str, known: frozenset[str]) -> str | None:
    """The query in one order and without noise; None when it says more than the page knows.

    The order of one parameter's several values stays as it was.
    """
    if not query:
        return ""
    if len(query) > LONGEST_QUERY:
        return None
    kept = []
    for pair in query.split("&"):
        name = unquote_plus(pair.partition("=")[0])
        if name in known:
            kept.append((name, pair))
        elif pair and not NOISE.fullmatch(name):
            return None
    kept.sort(key=lambda each: each[0])
    return "&".join(pair for _name, pair in kept)
