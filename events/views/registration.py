from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.actions.registration import register_business, register_guest
from events.forms.registration import GuestForm, OwnBusinessForm
from events.models import Event, Registration
from events.models.rule import rule_of
from events.models.seats import turn_of
from events.reports.agenda import seats_taken
from members.choices import Right
from members.models import Business, User
from members.views.working import desk, workable
from umkm_portal.lib.dates import tanggal, tanggal_polos
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
            known = event.registrations.standing().filter(business=business).first()
            if known:
                messages.info(request, _already_in(known))
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


def _already_in(registration: Registration) -> str:
    """Said to the person herself: where she stands."""
    if turn := turn_of(registration):
        return _("Anda sudah di daftar tunggu nomor %d.") % turn.position
    if registration.is_offered:
        return _("Ada tempat untuk Anda. Terima atau tolak di halaman ini.")
    day = tanggal_polos(registration.registered_at)
    return _("Anda sudah terdaftar sejak %s. Lihat pendaftaran Anda.") % day


def _already(registration: Registration) -> str:
    """Said to whoever types the number, who may be somebody else: nothing that opens the place."""
    turn = turn_of(registration)
    if turn:
        known = _("Anda sudah di daftar tunggu nomor %d.") % turn.position
    else:
        known = _("Nomor ini sudah terdaftar sejak %s.") % tanggal(registration.registered_at)
    way_on = _("Buka tautan pendaftaran yang Anda simpan, atau hubungi kami.")
    return f"{known} {way_on}"


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
        "rule": rule_of(event),
    }
