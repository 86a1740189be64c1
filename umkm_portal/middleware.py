"""What every request passes: bad bytes refused, who may keep the answer, TOTP for staff."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.models import User
from members.views.working import HELPING_KEY, find_helping
from umkm_portal.accounts.adapter import STAFF_SEEN_KEY
from umkm_portal.audit.models import Help, helping
from umkm_portal.caching import label
from umkm_portal.views import errors

View = Callable[[HttpRequest], HttpResponse]
# Companions too: they carry the data of many owners through the street, on the very phone
# that shows the codes.
STAFF_PATHS = ("/admin/", "/petugas/", "/pendamping/")
# One's own account, the desk, and the list of owners: nothing there is done for an owner.
OWN_PATHS = ("/akun/", "/admin/", "/petugas/", "/pendamping/")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
CHARSETS = {"utf-8", "utf8", "us-ascii", "ascii"}
SEEN_EVERY_SECONDS = 60
"""A session is written again only so often: staff read many pages."""


class PlainPolicy(CSPMiddleware):
    """The same Content-Security-Policy on every page that asks for no other, written once."""

    def __init__(self, get_response: View) -> None:
        super().__init__(get_response)
        self.policy = build_policy()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_its_own = hasattr(request, "_csp_nonce") or any(
            mark.startswith("_csp") for mark in vars(response)
        )
        if is_its_own or settings.DEBUG:
            return super().process_response(request, response)
        response.setdefault(HEADER, self.policy)
        return response


def front_door(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = label(request, _refusal(request) or get_response(request))
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response

    middleware.process_exception = _answer_exception  # type: ignore[attr-defined]
    return middleware


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """Say no before anything reads, decodes or stores what came in."""
    if request.method not in METHODS:
        return HttpResponseNotAllowed(METHODS)
    if _content_length(request) > settings.REQUEST_MAX_BYTES:
        return errors.too_large(request)
    request.get_host()  # an unknown one raises, and is answered with 400
    if not (_is_clean_address(request) and _has_known_charset(request)):
        return errors.bad_request(request, ValueError())
    return _take_back_broken_cookies(request)


def _content_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _is_clean_address(request: HttpRequest) -> bool:
    """PostgreSQL stores no NUL, and half a letter is nobody's search word.

    Half a letter in the path arrives here as "%FF", which is the address of nothing.
    """
    try:
        query = request.META.get("QUERY_STRING", "").encode("latin-1")
        asked = unquote_to_bytes(query.replace(b"+", b" ")).decode()
    except UnicodeError:
        return False
    return "\0" not in request.path and "\0" not in asked


def _has_known_charset(request: HttpRequest) -> bool:
    charset = (request.content_params or {}).get("charset", "utf-8")
    return charset.strip("\"'").lower() in CHARSETS


def _take_back_broken_cookies(request: HttpRequest) -> HttpResponse | None:
    broken = [name for name, value in request.COOKIES.items() if "\0" in value]
    if not broken:
        return None
    response = errors.bad_request(request, ValueError())
    for name in broken:  # else the same browser would be refused for ever
        response.delete_cookie(name)
    return response


def _is_signed_in(request: HttpRequest) -> bool:
    # Without the cookie nobody is; asking request.user would open a session for nothing.
    return (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        and hasattr(request, "user")
        and request.user.is_authenticated
    )


def _answer_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    if isinstance(exception, OperationalError | InterfaceError):
        return errors.database_failed(request, exception)
    if isinstance(exception, DataError | UnicodeEncodeError | OverflowError) or (
        isinstance(exception, ValueError) and "NUL (0x00)" in str(exception)
    ):
        # A number or sign no column or calendar can hold, past every form: the visitor's doing.
        return errors.bad_request(request, exception)
    return None


def staff_needs_totp(get_response: View) -> View:
    """Staff leave after 30 idle minutes, and reach no desk without the second factor.

    allauth's secure_admin_login only sends to sign-in; this sends to enrolment.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not _is_staff(request):
            return get_response(request)
        if _has_gone_idle(request):
            logout(request)
            messages.info(request, _("Anda keluar otomatis karena 30 menit tidak aktif."))
            return redirect_to_login(request.get_full_path())
        return _way_to_second_factor(request) or get_response(request)

    return middleware


def companion_helps(get_response: View) -> View:
    """While a companion acts for an owner, every audit line says so; the permission is asked for
    on every request, so that taking it back, or its end, works at once.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_signed_in(request) or HELPING_KEY not in request.session:
            return get_response(request)
        access = find_helping(request)
        if access is None:
            del request.session[HELPING_KEY]
            messages.warning(request, _("Akses membantu sudah berakhir atau dicabut pemilik."))
            return get_response(request)
        request.helping = access  # type: ignore[attr-defined]
        if request.path.startswith(OWN_PATHS):
            return get_response(request)
        with helping(Help(access.business.owner_id, access.pk)):
            return get_response(request)

    return middleware


def _is_staff(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_staff


def _has_gone_idle(request: HttpRequest) -> bool:
    now = int(time.time())
    seen = request.session.get(STAFF_SEEN_KEY) or _signed_in_at(request)
    if now - seen > settings.STAFF_IDLE_SECONDS:
        return True
    if now - seen >= SEEN_EVERY_SECONDS:
        request.session[STAFF_SEEN_KEY] = now
    return False


def _signed_in_at(request: HttpRequest) -> int:
    """For sessions that a program opened; a sign-in by the page writes its own time."""
    assert isinstance(request.user, User)  # noqa: S101  asked before
    return int(request.user.last_login.timestamp()) if request.user.last_login else 0


def _way_to_second_factor(request: HttpRequest) -> HttpResponse | None:
    if not (settings.STAFF_TOTP and request.path.startswith(STAFF_PATHS)):
        return None
    assert isinstance(request.user, User)  # noqa: S101  asked above
    enrolled = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).exists()
    if not enrolled:
        return redirect("mfa_activate_totp")
    shown = get_authentication_records(request, request.user)
    if any(record.get("method") == "mfa" for record in shown):
        return None
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('mfa_reauthenticate')}?{query}")
