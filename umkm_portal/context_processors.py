from typing import Any

from django.conf import settings
from django.http import HttpRequest

from umkm_portal.notices.models import Notice


def portal(request: HttpRequest) -> dict[str, Any]:
    """What every page may name. The unread count costs a query, and only who is signed in pays."""
    context: dict[str, Any] = {
        "HELPDESK_PHONE": settings.HELPDESK_PHONE,
        "DEMO": settings.DEMO,
        "SITE_URL": settings.SITE_URL,
        "helping": getattr(request, "helping", None),
    }
    # A page that never touched the session must not start to: it would get a cookie and Vary.
    if request.COOKIES.get(settings.SESSION_COOKIE_NAME) and request.user.is_authenticated:
        context["unread_notices"] = Notice.objects.unread_by(request.user).count()
    return context
