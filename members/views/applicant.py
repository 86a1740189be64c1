"""Who fills in an application: the person signed in, or whoever holds the link to go on with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from members.models import Business, User
from members.views.signed_in import signed_in
from umkm_portal.lib.signing import BadLink, sign, unsign

PURPOSE = "resume"
LIVES = timedelta(days=30)
SESSION_KEY = "resume"


@dataclass(frozen=True)
class Applicant:
    """Who writes. `via` is "web" after signing in; by the link it is "tautan", and then nothing
    but this one `business` opens."""

    user: User
    via: str
    business: Business | None = None


P = ParamSpec("P")


def for_applicant(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Open to who is signed in and to who holds a link; anybody else is sent to sign in."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        who = _found(request)
        if who is None:
            return redirect_to_login(request.get_full_path())
        request.applicant = who  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        return keep_secret(response) if who.business else response

    return guarded


def keep_secret(response: HttpResponse) -> HttpResponse:
    """A page that a link alone opens: not stored, not indexed, its address told to nobody."""
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def applicant_of(request: HttpRequest) -> Applicant:
    """As `for_applicant` found; on other pages the person signed in."""
    known: Applicant | None = getattr(request, "applicant", None)
    return known or Applicant(signed_in(request), "web")


def _found(request: HttpRequest) -> Applicant | None:
    """A link in the session counts only while it could be opened anew."""
    if isinstance(request.user, User):
        return Applicant(request.user, "web")
    token = request.session.get(SESSION_KEY) if request.session.session_key else None
    if not token:
        return None
    try:
        business = resumable(token)
    except BadLink:
        del request.session[SESSION_KEY]
        return None
    return Applicant(business.owner, "tautan", business)


def resume_token(business: Business) -> str:
    return sign(PURPOSE, business.pk)


def resumable(token: str) -> Business:
    """The application the link goes on with. Raises BadLink with a sentence when it is over."""
    pk: Any = unsign(PURPOSE, token, max_age=LIVES)
    business = (
        Business.objects.being_filled()
        .select_related("owner")
        .filter(pk=pk, owner__is_active=True, owner__is_staff=False)
        .first()
    )
    if business is None:
        raise BadLink(_("Pendaftaran ini sudah dikirim atau dibatalkan. Masuk untuk melihatnya."))
    return business
