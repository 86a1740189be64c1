"""The names of all URLs of ours."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

NOT_OURS = ("admin/", "akun/")


def names(resolver: URLResolver, prefix: str = "", space: str = "") -> list[str]:
    found: list[str] = []
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(NOT_OURS):
            continue
        if isinstance(pattern, URLPattern):
            found.append(space + pattern.name)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found += names(pattern, route, inner)
    return found
