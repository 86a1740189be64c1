"""One's own place at an event, behind a link that needs no account."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.offers import accept_offer, decline_offer
from events.actions.registration import cancel_registration, edit_guest
from events.choices import SIGNED_UP, EventState
from events.forms.registration import EditPlaceForm
from events.models import Registration
from events.models.seats import turn_of
from events.reports.attendance import place_door
from events.reports.mine import online_link, place_heading
from events.reports.trainings import outcome_of
from members.models import User
from umkm_portal.lib.errors import ActionRefused


@login_not_required
@never_cache
@require_safe
def my_place(request: HttpRequest, token: str) -> HttpResponse:
    registration = _by_token(token)
    now, event = timezone.now(), registration.event
    state, turn = event.state(at=now), turn_of(registration)
    over = state in {EventState.CANCELLED, EventState.DONE}
    can_change = registration.status in SIGNED_UP and not over
    context = {
        "registration": registration,
        "event": event,
        "heading": place_heading(registration, turn, state, at=now),
        "state": state,
        "turn": turn,
        "may_answer": registration.may_answer(at=now),
        "online_url": online_link(registration, at=now),
        "can_cancel": can_change,
        "can_edit": can_change and registration.business is None,
        "can_come_again": registration.status not in SIGNED_UP and event.takes_sign_ups(at=now),
        "door": place_door(registration, request.user, at=now),
        "outcome": outcome_of(registration, at=now),
    }
    return render(request, "events/my_place.html", context)


@login_not_required
@require_POST
def cancel_place(request: HttpRequest, token: str) -> HttpResponse:
    done = _("Tempat Anda dibatalkan. Orang berikutnya bisa ikut.")
    return _do(request, token, cancel_registration, done)


@login_not_required
@require_POST
def accept_place(request: HttpRequest, token: str) -> HttpResponse:
    return _do(request, token, accept_offer, _("Tempat ini sekarang milik Anda."))


@login_not_required
@require_POST
def decline_place(request: HttpRequest, token: str) -> HttpResponse:
    done = _("Terima kasih sudah memberi tahu. Orang berikutnya bisa ikut.")
    return _do(request, token, decline_offer, done)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_place(request: HttpRequest, token: str) -> HttpResponse:
    registration = _by_token(token)
    if registration.business is not None or registration.status not in SIGNED_UP:
        return redirect(registration)
    data = request.POST if request.method == "POST" else None
    form = EditPlaceForm(data, registration=registration)
    if form.is_valid():
        try:
            edit_guest(registration, guest=form.guest(), by=_person(request), via="tautan")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect(registration)
    context = {"form": form, "registration": registration, "event": registration.event}
    return render(request, "events/edit_place.html", context)


def _by_token(token: str) -> Registration:
    related = Registration.objects.with_people().prefetch_related("event__days")
    return get_object_or_404(related, token=token)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _do(
    request: HttpRequest, token: str, action: Callable[..., Registration], done: str
) -> HttpResponse:
    registration = _by_token(token)
    try:
        action(registration, by=_person(request), via="tautan")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(registration)
