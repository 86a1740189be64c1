from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from members.actions.gateway import fetch_payment_page, start_gateway_payment
from members.actions.gateway_notices import receive_notification
from members.choices import NoticeVerdict
from members.models import DuesInvoice, GatewayAttempt
from members.views.signed_in import signed_in
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.gateway import NoticeForged, NoticeUnreadable
from umkm_portal.lib.midtrans import from_settings

MOST_BYTES = 64 * 1024
"""A notification is about 2 kB."""


@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Get a page at the gateway; the bill then shows the link to it.

    A redirect there would be a form's, and the CSP lets forms go nowhere but here.
    """
    owner = signed_in(request)
    invoice = get_object_or_404(DuesInvoice.objects.owned_by(owner), number=number)
    try:
        attempt = start_gateway_payment(invoice, by=owner, via="web")
        fetch_payment_page(attempt, by=owner, via="web")
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect(f"{invoice.get_absolute_url()}#daring")


@csrf_exempt
@login_not_required
@require_POST
def midtrans(request: HttpRequest) -> HttpResponse:
    """Midtrans tells what became of an order. A lock that is held too long answers 503 by the
    middleware, so it sends again; nothing redirects, for it follows no redirect.
    """
    gateway = from_settings()
    if gateway is None:
        return _said(404)
    if len(request.body) > MOST_BYTES:
        return _said(413)
    try:
        notice = gateway.read_notification(request.body)
        kept = receive_notification(notice, by=None, via="gateway")
    except NoticeUnreadable:
        return _said(400)
    except NoticeForged:
        return _said(403)
    except GatewayAttempt.DoesNotExist:
        return _said(404)
    return _said(400 if kept.verdict == NoticeVerdict.MISMATCH else 200)


def _said(status: int) -> HttpResponse:
    return HttpResponse(f"{status}\n", status=status, content_type="text/plain")
