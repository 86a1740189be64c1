"""Pages whose address is the right to open them, as in a letter or a WhatsApp message."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

LOOKS = 60
"""A minute's looks of one address: people reload, guessers do far more."""
Page = Callable[[HttpRequest, str], HttpResponse]


def secret_address(kind: str) -> Callable[[Page], Page]:
    """Mark a page of a token as such; each `kind` has its own count of looks.

    Nothing is done on behalf of a session: no cookie is asked for, so the form also works in the
    browser inside WhatsApp. The address is a secret: it is not stored, not indexed, and not told
    to the next page.
    """

    def mark(page: Page) -> Page:
        @login_not_required
        @csrf_exempt
        @wraps(page)
        def view(request: HttpRequest, token: str) -> HttpResponse:
            if too_many(f"{kind} {client_ip(request)}", limit=LOOKS, seconds=60):
                response = show_to_stranger(request, "429.html", status=429, minutes=1)
            else:
                response = page(request, token)
            response["Cache-Control"] = "no-store, private"
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return view

    return mark


def show_to_stranger(
    request: HttpRequest, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page as a stranger sees it, whoever is signed in: a letter may be passed on."""
    return render(request, name, {**context, "user": AnonymousUser()}, status=status)
