"""What every request passes: bad bytes refused, private pages not stored, TOTP for staff."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

View = Callable[[HttpRequest], HttpResponse]
STAFF_PATHS = ("/admin/", "/petugas/")


def front_door(get_response: View) -> View:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def staff_needs_totp(get_response: View) -> View:
    """allauth's secure_admin_login only sends to sign-in; this sends to enrolment."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            settings.STAFF_TOTP
            and request.path.startswith(STAFF_PATHS)
            and request.user.is_authenticated
            and request.user.is_staff
            and not Authenticator.objects.filter(
                user_id=request.user.pk, type=Authenticator.Type.TOTP
            ).exists()
        ):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware
