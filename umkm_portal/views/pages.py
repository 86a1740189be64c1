"""Pages whose text we write ourselves, and the small files browsers and robots ask for."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import DuesRate, DuesRules

UPDATED_ON = datetime.date(2026, 11, 24)
# Kept by the service worker, so that the page for "no signal" looks like ours.
OFFLINE_ASSETS = (
    "vendor/bootstrap-jaksel.min.css",
    "css/portal.min.css",
    # The booth plan, kept with /jumat/.
    "css/denah.css",
    "vendor/plus-jakarta-sans.woff2",
    "vendor/sprite.svg",
    "img/ikon.svg",
    "img/kosong.svg",
)
SECURITY_TXT_DAYS = 180


def _page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    facts = {
        "updated_on": UPDATED_ON,
        "helpdesk_email": settings.HELPDESK_EMAIL,
        "ktp_days": settings.KTP_RETENTION_DAYS,
        "here": settings.SITE_URL + request.path,
    }
    return render(request, f"pages/{name}.html", facts | context)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rate = DuesRate.objects.begun(on=today).first()
    return _page(request, "bantuan", rate=rate, due_days=settings.DUES_DUE_DAYS)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "tentang")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privasi")


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    rules = DuesRules.objects.in_force(on=timezone.localdate())
    return _page(request, "syarat", rules=rules, grace_days=rules.grace_days)


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return _page(request, "kontak")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "aksesibilitas")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return _page(request, "luring")


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(
        request, "pages/robots.txt", {"site": settings.SITE_URL}, content_type="text/plain"
    )


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    icon = {"src": static("img/ikon.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "name": _("Portal UMKM Jakarta Selatan"),
            "short_name": "UMKM Jaksel",
            "lang": "id",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#062e21",
            "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
        },
        content_type="application/manifest+json",
    )


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it beside every page that names no icon, such as a file or JSON.

    The 404 page in its place carried a form and so a new CSRF cookie, which made stale
    whichever form had been opened meanwhile.
    """
    return redirect(static("img/ikon.svg"))


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """Its name holds the assets' hashes, so a release replaces what phones have kept."""
    assets = json.dumps([static(path) for path in OFFLINE_ASSETS])
    version = hashlib.sha256(assets.encode()).hexdigest()[:12]
    return render(
        request,
        "pages/sw.js",
        {"assets": assets, "version": version},
        content_type="text/javascript",
    )


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a hole."""
    today = timezone.localdate()
    return render(
        request,
        "pages/security.txt",
        {
            "site": settings.SITE_URL,
            "email": settings.HELPDESK_EMAIL,
            "expires": today + datetime.timedelta(days=SECURITY_TXT_DAYS),
        },
        content_type="text/plain",
    )
