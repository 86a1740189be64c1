"""Which letters the owner wants, on a page of its own or by the link in a letter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members.actions.preferences import choose_info
from members.forms.preferences import PreferencesForm
from members.models import User
from members.views.signed_in import signed_in
from umkm_portal.notices.choices import Group
from umkm_portal.notices.preferences import BadLink, read_unsubscribe


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            for group in Group:
                choose_info(user, group=group, wanted=form.cleaned_data[group], by=user, via="web")
            messages.success(request, _("Pilihan tersimpan."))
        return redirect("members:preferences")
    form = PreferencesForm(initial={group.value: user.wants_info(group) for group in Group})
    return render(request, "members/preferences.html", {"form": form})


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button, no sign-in; a mail program may press it for the person (RFC 8058).

    The link is the right to act and only ever switches off, so it needs no cookie.
    """
    try:
        user_id, group = read_unsubscribe(token)
    except (BadLink, ValueError):
        return render(request, "members/unsubscribe.html", {"group": None}, status=404)
    user = get_object_or_404(User, pk=user_id)
    if request.method == "POST":
        user = choose_info(user, group=group, wanted=False, by=None, via="tautan")
    context = {"group": group, "is_off": not user.wants_info(group), "user": AnonymousUser()}
    response = render(request, "members/unsubscribe.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
