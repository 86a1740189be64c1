"""Signing up for an event: a seat, or a place at the end of the waiting list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import EventStatus, RegistrationStatus
from events.models import Event, Registration
from events.models.registration import new_token
from members.models import Business, Kecamatan, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later


@transaction.atomic
def register_business(
    event: Event, *, business: Business, by: User | None, via: str
) -> Registration:
    """A verified business gets a seat or joins the waiting list; the owner is told."""
    event = _locked(event)
    existing = event.registrations.standing().filter(business=business).first()
    if existing:
        return existing
    if not Business.objects.verified().filter(pk=business.pk).exists():
        raise ActionRefused(_("Usaha ini belum disetujui Pemkot, jadi belum bisa mendaftar acara."))
    registration = _enter(event, Registration(event=event, business=business), by=by, via=via)
    purpose = "event_waitlisted" if registration.waits else "event_registered"
    _tell(registration, purpose)
    return registration


@dataclass(frozen=True)
class Guest:
    """Who comes without an account; phone as +62…, no kecamatan for somebody from elsewhere.

    `token` was handed out with the form, so that a second press of the button is known.
    """

    name: str
    phone: str
    kecamatan: Kecamatan | None = None
    token: str = ""


@transaction.atomic
def register_guest(event: Event, *, guest: Guest, by: User | None, via: str) -> Registration:
    """A guest gets a seat or joins the waiting list.

    A number that is already signed up gets its first registration back. Only who brings the same
    token as then may be shown it: the caller compares, since anybody can type a number.
    """
    event = _locked(event)
    existing = event.registrations.standing().filter(phone=guest.phone).first()
    if existing:
        return existing
    token = guest.token
    if not token or Registration.objects.filter(token=token).exists():
        token = new_token()
    registration = Registration(
        event=event, name=guest.name, phone=guest.phone, kecamatan=guest.kecamatan, token=token
    )
    return _enter(event, registration, by=by, via=via)


@transaction.atomic
def cancel_registration(registration: Registration, *, by: User | None, via: str) -> Registration:
    """The seat is free at once, and the first on the waiting list gets it."""
    event = _locked(registration.event)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.status == RegistrationStatus.CANCELLED:
        return registration
    if all(day.is_over(at=timezone.now()) for day in event.days.all()):
        raise ActionRefused(_("Acara ini sudah selesai, jadi tidak bisa dibatalkan lagi."))
    if registration.attendances.exists():
        raise ActionRefused(_("Anda sudah tercatat hadir, jadi tidak bisa dibatalkan lagi."))
    old = registration.status
    registration.status = RegistrationStatus.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.save(update_fields=["status", "cancelled_at"])
    record("registration.cancelled", registration, by=by, via=via, was=old)
    _fill(event, by=by, via=via)
    return registration


@transaction.atomic
def fill_free_seats(event: Event, *, by: User | None, via: str) -> Event:
    """After the capacity grew: who waits gets a seat, first come first."""
    event = _locked(event)
    _fill(event, by=by, via=via)
    return event


def _locked(event: Event) -> Event:
    # Whoever adds to or takes from the seats of an event holds its row first.
    return Event.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _free_seats(event: Event) -> int | None:
    if event.capacity is None:
        return None
    return max(event.capacity - event.registrations.registered().count(), 0)


def _enter(event: Event, registration: Registration, *, by: User | None, via: str) -> Registration:
    _refuse_unless_open(event)
    # Nobody passes those who wait: freed seats go to them first.
    _fill(event, by=by, via=via)
    free = _free_seats(event)
    is_full = free == 0
    registration.status = (
        RegistrationStatus.WAITLISTED if is_full else RegistrationStatus.REGISTERED
    )
    registration.save(force_insert=True)
    verb = "registration.waitlisted" if is_full else "registration.made"
    record(verb, registration, by=by, via=via, event=event.pk)
    return registration


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


def _fill(event: Event, *, by: User | None, via: str) -> None:
    if event.status == EventStatus.CANCELLED:
        return
    free = _free_seats(event)
    waiting = event.registrations.waiting().select_related("business__owner")
    for registration in waiting if free is None else waiting[:free]:
        registration.status = RegistrationStatus.REGISTERED
        registration.promoted_at = timezone.now()
        registration.save(update_fields=["status", "promoted_at"])
        record("registration.promoted", registration, by=by, via=via, event=event.pk)
        _tell(registration, "event_promoted")


def _tell(registration: Registration, purpose: str) -> None:
    """Guests have no account and no address: their page shows it, and staff phone them."""
    if registration.business:
        send_later(
            purpose,
            to=registration.business.owner,
            about=registration,
            link=registration.get_absolute_url(),
            event=registration.event,
            days=list(registration.event.days.all()),
            position=registration.queue_position(),
        )
