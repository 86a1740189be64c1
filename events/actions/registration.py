"""Signing up for an event: a seat, or a place at the end of the waiting list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.rules import refuse_business, refuse_guest
from events.actions.seats import locked, offer_free_seats, seat_or_queue, share_out
from events.actions.telling import no_longer_news, tell
from events.choices import SIGNED_UP, EventStatus, RegistrationStatus
from events.models import Event, Registration
from events.models.registration import new_token
from events.models.seats import seats_of
from members.models import Business, Kecamatan, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused


@transaction.atomic
def register_business(
    event: Event, *, business: Business, by: User | None, via: str
) -> Registration:
    """A verified business gets a seat or joins the waiting list; the owner is told."""
    event = locked(event)
    existing = event.registrations.standing().filter(business=business).first()
    if existing:
        return existing
    if not Business.objects.verified().filter(pk=business.pk).exists():
        raise ActionRefused(_("Usaha ini belum disetujui Pemkot, jadi belum bisa mendaftar acara."))
    _refuse_unless_open(event)
    refuse_business(event, business)
    return _enter(event, Registration(event=event, business=business), by=by, via=via)


@dataclass(frozen=True)
class Guest:
    """Who comes without an account; phone as +62…, no kecamatan for somebody from elsewhere.

    `token` was handed out with the form, so that a second press of the button is known.
    """

    name: str
    phone: str
    kecamatan: Kecamatan | None = None
    email: str = ""
    token: str = ""


@transaction.atomic
def register_guest(event: Event, *, guest: Guest, by: User | None, via: str) -> Registration:
    """A guest gets a seat or joins the waiting list.

    A number that is already signed up gets its first registration back. Only who brings the same
    token as then may be shown it: the caller compares, since anybody can type a number.
    """
    event = locked(event)
    existing = event.registrations.standing().filter(phone=guest.phone).first()
    if existing:
        return existing
    _refuse_unless_open(event)
    refuse_guest(event)
    token = guest.token
    if not token or Registration.objects.filter(token=token).exists():
        token = new_token()
    registration = Registration(
        event=event,
        name=guest.name,
        phone=guest.phone,
        email=guest.email,
        kecamatan=guest.kecamatan,
        token=token,
    )
    return _enter(event, registration, by=by, via=via)


@transaction.atomic
def edit_guest(
    registration: Registration, *, guest: Guest, by: User | None, via: str
) -> Registration:
    """A guest mends name, number, address or kecamatan; her seat or place in the queue stays."""
    event = locked(registration.event)
    registration = _held(registration)
    if registration.business_id or registration.status not in SIGNED_UP or _is_over(event):
        raise ActionRefused(_("Pendaftaran ini tidak bisa diubah lagi."))
    new = {"name": guest.name, "phone": guest.phone, "email": guest.email}
    new["kecamatan"] = guest.kecamatan  # type: ignore[assignment]
    changed = [name for name, value in new.items() if getattr(registration, name) != value]
    if not changed:
        return registration
    _refuse_edit(event, registration, guest)
    for name in changed:
        setattr(registration, name, new[name])
    registration.save(update_fields=changed)
    record("registration.edited", registration, by=by, via=via, fields=changed)
    if "kecamatan" in changed:
        offer_free_seats(event, by=by, via=via)
    return registration


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None, via: str) -> Registration:
    """The seat is free at once, and the first on the waiting list is asked for it."""
    event = locked(registration.event)
    registration = _held(registration)
    if registration.status not in SIGNED_UP:
        return registration
    if _is_over(event):
        raise ActionRefused(_("Acara ini sudah selesai, jadi tidak bisa dibatalkan lagi."))
    if registration.attendances.exists():
        raise ActionRefused(_("Anda sudah tercatat hadir, jadi tidak bisa dibatalkan lagi."))
    old = registration.status
    registration.status = RegistrationStatus.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.save(update_fields=["status", "cancelled_at"])
    record("registration.cancelled", registration, by=by, via=via, was=old)
    no_longer_news(registration)
    if event.status != EventStatus.CANCELLED:
        tell(registration, "event_place_cancelled")
    offer_free_seats(event, by=by, via=via)
    return registration


@transaction.atomic
def note_people_taken(event: Event, *, count: int, by: User, via: str) -> Event:
    """Somebody takes the list out as a file: nothing changes, but who took it is kept."""
    record("event.people_taken", event, by=by, via=via, count=count)
    return event


def _held(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).with_people()
    return rows.get(pk=registration.pk)


def _is_over(event: Event) -> bool:
    return all(day.is_over(at=timezone.now()) for day in event.days.all())


def _enter(event: Event, registration: Registration, *, by: User | None, via: str) -> Registration:
    # Nobody passes those who wait: freed seats are theirs first.
    seats = share_out(event, by=by, via=via)
    registration.status = seat_or_queue(registration, seats)
    registration.save(force_insert=True)
    verb = "registration.waitlisted" if registration.waits else "registration.made"
    record(verb, registration, by=by, via=via, event=event.pk)
    tell(registration, "event_waitlisted" if registration.waits else "event_registered")
    return registration


def _refuse_edit(event: Event, registration: Registration, guest: Guest) -> None:
    others = event.registrations.standing().filter(phone=guest.phone)
    if others.exclude(pk=registration.pk).exists():
        raise ActionRefused(_("Nomor ini sudah dipakai peserta lain acara ini."))
    moves = guest.kecamatan != registration.kecamatan and not registration.waits
    district = guest.kecamatan.pk if guest.kecamatan else None
    seats = seats_of(event)
    if moves and seats.district_is_full(district):
        raise ActionRefused(
            _("Tempat untuk %(district)s penuh (%(taken)d dari %(of)d). Kecamatan tidak diubah.")
            % {
                "district": guest.kecamatan or _("luar Jakarta Selatan"),
                "taken": seats.by_district[district],
                "of": seats.per_kecamatan,
            }
        )


def _refuse_unless_open(event: Event) -> None:
    now = timezone.now()
    if event.takes_sign_ups(at=now):
        return
    if event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Acara ini dibatalkan. %s") % event.cancel_reason)
    if not event.needs_sign_up:
        raise ActionRefused(_("Acara ini terbuka untuk umum. Langsung datang saja."))
    if event.status == EventStatus.PLANNED:
        raise ActionRefused(
            _("Pendaftaran belum dibuka. Lihat lagi halaman ini beberapa hari lagi.")
        )
    closed_at = event.sign_up_closes_at
    if closed_at and closed_at <= now:
        raise ActionRefused(
            _("Pendaftaran ditutup %(day)s %(time)s.")
            % {"day": tanggal(closed_at), "time": pukul(closed_at)}
        )
    raise ActionRefused(_("Pendaftaran sudah ditutup. Lihat acara lain di Agenda."))
