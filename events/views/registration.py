from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.registration import cancel_registration, register_business, register_guest
from events.choices import RegistrationStatus
from events.forms.registration import GuestForm, OwnBusinessForm
from events.models import Event, Registration
from events.reports.agenda import seats_taken
from events.reports.attendance import place_door
from events.reports.mine import online_link
from events.reports.trainings import outcome_of
from members.choices import Right
from members.models import Business, User
from members.views.working import desk, workable
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.http import client_ip
from umkm_portal.lib.ratelimit import too_many

# An office or a mobile network shares one address: generous, yet no list can be filled by a script.
GUESTS_PER_ADDRESS, LIMIT_SECONDS = 30, 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Event.objects.visible_to(request.user).with_days().with_seats()
    event = get_object_or_404(shown, slug=slug)
    businesses = _own_businesses(request)
    data = request.POST if request.method == "POST" else None
    form: GuestForm | OwnBusinessForm = (
        OwnBusinessForm(data, businesses=businesses) if businesses else GuestForm(data)
    )
    status = 200
    if form.is_valid():
        if isinstance(form, GuestForm) and _is_flooding(request):
            form.add_error(
                None, _("Terlalu banyak pendaftaran dari sambungan ini. Coba 1 jam lagi.")
            )
            status = 429
        elif registration := _register(request, event, form):
            return redirect(registration)
    return render(request, "events/sign_up.html", _page(event, form, businesses), status=status)


@login_not_required
@never_cache
@require_safe
def my_place(request: HttpRequest, token: str) -> HttpResponse:
    registration = _by_token(token)
    now = timezone.now()
    event = registration.event
    context = {
        "registration": registration,
        "event": event,
        "state": event.state(at=now),
        "position": registration.queue_position(),
        "online_url": online_link(registration, at=now),
        "door": place_door(registration, request.user, at=now),
        "outcome": outcome_of(registration, at=now),
        "can_cancel": registration.status != RegistrationStatus.CANCELLED
        and any(not day.is_over(at=now) for day in event.days.all()),
    }
    return render(request, "events/my_place.html", context)


@login_not_required
@require_POST
def cancel_place(request: HttpRequest, token: str) -> HttpResponse:
    registration = _by_token(token)
    by = request.user if isinstance(request.user, User) else None
    try:
        cancel_registration(registration, by=by, via="tautan")
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Tempat Anda dibatalkan. Orang berikutnya bisa ikut."))
    return redirect(registration)


def _by_token(token: str) -> Registration:
    related = Registration.objects.select_related("event", "business")
    return get_object_or_404(related.prefetch_related("event__days"), token=token)


def _own_businesses(request: HttpRequest) -> list[Business]:
    if not isinstance(request.user, User):
        return []
    chosen = desk(request).at(Right.MARKET)
    first = chosen.business.pk if chosen else 0
    mine = workable(request, Right.MARKET).verified()
    return sorted(mine, key=lambda business: business.pk != first)


def _is_flooding(request: HttpRequest) -> bool:
    key = f"sign-up {client_ip(request)}"
    return too_many(key, limit=GUESTS_PER_ADDRESS, seconds=LIMIT_SECONDS)


def _register(
    request: HttpRequest, event: Event, form: GuestForm | OwnBusinessForm
) -> Registration | None:
    """The registration this browser may see, or None with the reason added to the form."""
    by = request.user if isinstance(request.user, User) else None
    try:
        if isinstance(form, OwnBusinessForm):
            business = form.cleaned_data["business"]
            return register_business(event, business=business, by=by, via="web")
        guest = form.guest()
        registration = register_guest(event, guest=guest, by=by, via="web")
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return None
    if registration.token != guest.token:
        form.add_error("phone", _already(registration))
        return None
    return registration


def _already(registration: Registration) -> str:
    return _(
        "Nomor ini sudah terdaftar sejak %s. Buka tautan pendaftaran yang Anda simpan, "
        "atau hubungi kami."
    ) % tanggal(registration.registered_at)


def _page(
    event: Event, form: GuestForm | OwnBusinessForm, businesses: list[Business]
) -> dict[str, Any]:
    taken = seats_taken(event)
    return {
        "event": event,
        "form": form,
        "businesses": businesses,
        "takes_sign_ups": event.takes_sign_ups(at=timezone.now()),
        "is_full": event.is_full(seats_taken=taken),
        "waiting": getattr(event, "waiting", 0),
    }
