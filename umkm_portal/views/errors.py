"""What people see when something is wrong: always our own page, always a way on.

Pages for faults of ours render without the request, so they need neither session nor database.
"""

from __future__ import annotations

import logging
import math
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token
from psycopg2.errors import QueryCanceled

logger = logging.getLogger(__name__)

LOCKED_SECONDS = 15 * 60
RETRY_SECONDS = 30
DATABASE_AWAY = (OperationalError, InterfaceError)


def _plain(status: int, **context: Any) -> HttpResponse:
    context["HELPDESK_PHONE"] = settings.HELPDESK_PHONE
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)


def _known(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    """With the person's own header, unless the request failed before we knew who it is.

    Never with a form: a browser asks for small files beside a page, and a new CSRF cookie in the
    answer to one that is not there would make stale the form that was just opened.
    """
    if not hasattr(request, "user"):
        return _plain(status, **context)
    context["no_form"] = True
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _plain(400)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A sentence given with PermissionDenied("…") is shown."""
    return _known(request, 403, reason=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`reason` is Django's English one, for the log; a stale form is what really happened."""
    return _plain(403, reason=_("Halaman ini terbuka terlalu lama. Muat ulang, lalu kirim lagi."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _known(request, 404)


def gone(request: HttpRequest, *, text: str = "", **context: Any) -> HttpResponse:
    """For what was here once; `cards` are products to show instead."""
    return _known(request, 410, text=text, **context)


def too_large(request: HttpRequest) -> HttpResponse:
    return _plain(413, megabytes=settings.REQUEST_MAX_BYTES // 1024 // 1024)


def too_many(request: HttpRequest, *, seconds: int = LOCKED_SECONDS) -> HttpResponse:
    response = _plain(429, minutes=max(1, math.ceil(seconds / 60)))
    response["Retry-After"] = str(seconds)
    return response


def database_failed(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """Too slow an answer is said to be that: asking for less helps, waiting a minute may not."""
    if not isinstance(exception.__cause__, QueryCanceled):
        return unavailable(request)
    logger.warning("A statement took too long: %s", request.path)
    response = _plain(503, is_slow=True)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A code stands on the page and in the log, so that a caller's trouble can be found."""
    failure = sys.exc_info()[1]
    if isinstance(failure, DATABASE_AWAY):
        return database_failed(request, failure)
    code = secrets.token_hex(2).upper()
    logger.error("Incident %s", code, exc_info=True)  # noqa: LOG014  called while it is handled
    return _plain(500, code=code)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = _plain(503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response
