"""Every URL of ours, and what each role gets from it.

A new URL fails the first test until it has its row: who is let in, by role.
P: 200 for anyone. L: sign-in needed. Own: the owner 200 and everybody else 404.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

NOT_OURS = ("admin/", "akun/", "static/")
PUBLIC = {
    "",
    "sehat/",
    "bantuan/",
    "tentang/",
    "privasi/",
    "syarat/",
    "kontak/",
    "aksesibilitas/",
    "luring/",
    "robots.txt",
    "manifest.webmanifest",
    "sw.js",
    ".well-known/security.txt",
}
SIGNED_IN = {"saya/"}


def routes(resolver: URLResolver, prefix: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        found += [route] if isinstance(pattern, URLPattern) else routes(pattern, route)
    return [route for route in found if not route.startswith(NOT_OURS)]
