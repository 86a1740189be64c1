"""Going on later, on any phone, without signing in: the link, and the page it opens."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions.registration import mail_resume_link
from members.views.applicant import (
    SESSION_KEY,
    applicant_of,
    for_applicant,
    keep_secret,
    resumable,
    resume_token,
)
from members.views.registration import application_of, is_open, next_step, url_of
from members.views.working import helping
from umkm_portal.lib.phone import whatsapp_link
from umkm_portal.lib.signing import BadLink, ExpiredLink


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicant
def later(request: HttpRequest) -> HttpResponse:
    """Everything typed is safe; here is the link that leads back to it for 30 days."""
    who, business = applicant_of(request), application_of(request)
    if helping(request) or business is None or business.pk is None or not is_open(business):
        return redirect("members:registration_start")
    path = reverse("members:registration_resume", args=[resume_token(business)])
    if request.method == "POST" and who.user.email:
        mail_resume_link(business, link=path, by=who.user, via=who.via)
        messages.success(request, _("Tautan dikirim ke e-mail dan Pesan Anda."))
        return redirect("members:registration_later")
    link = settings.SITE_URL + path
    context = {
        "business": business,
        "link": link,
        "share": whatsapp_link("", _("Lanjutkan pendaftaran usaha saya: %s") % link),
        "next_url": url_of(next_step(business)),
        "may_mail": bool(who.user.email),
    }
    return render(request, "members/registration_later.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Says which application this is; the button goes on with it. Opening changes nothing."""
    try:
        business = resumable(token)
    except BadLink as over:
        context = {"why": over, "expired": isinstance(over, ExpiredLink)}
        gone = render(request, "members/registration_link_over.html", context, status=410)
        return keep_secret(gone)
    if request.method == "POST":
        request.session.cycle_key()
        request.session[SESSION_KEY] = token
        return redirect(url_of(next_step(business)))
    page = render(request, "members/registration_resume.html", {"business": business})
    return keep_secret(page)
