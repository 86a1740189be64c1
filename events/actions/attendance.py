"""Who is there: one tap at the door, taken back the same day, mended later only with a reason."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.certificates import revoke_certificate
from events.actions.evidence import note_training, take_back_training
from events.actions.registration import Guest
from events.actions.telling import ASKING, no_longer_news
from events.choices import EventStatus, RegistrationStatus
from events.models import Attendance, Event, EventDay, Registration
from events.models.registration import new_token
from members.models import Business, User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused

DOOR_OPENS = timedelta(hours=2)
"""Before the event begins: the first come early."""


def door_opens(day: EventDay) -> datetime:
    return day.begins - DOOR_OPENS


def door_closes(day: EventDay) -> datetime:
    """The end of the day, or of an event that goes past midnight; later needs a reason."""
    midnight = timezone.make_aware(datetime.combine(day.date + timedelta(days=1), time()))
    return max(midnight, day.ends)


@transaction.atomic
def mark_present(
    registration: Registration, *, day: EventDay, reason: str = "", by: User | None, via: str
) -> Attendance:
    """Somebody with a seat is there; a business gets its evidence. A second tap changes nothing.

    `reason` is asked after the day; whether this person may do so then is the caller's question.
    """
    registration = _locked(registration, by=by)
    existing = registration.attendances.filter(day=day).first()
    if existing:
        return existing
    late = _refuse_outside(day, reason)
    if registration.status != RegistrationStatus.REGISTERED:
        raise ActionRefused(_("%s tidak punya tempat di acara ini.") % registration)
    if day.event_id != registration.event_id or day.event.status == EventStatus.CANCELLED:
        raise ActionRefused(_("Hari ini bukan hari acara itu, atau acaranya dibatalkan."))
    attendance = Attendance.objects.create(
        registration=registration,
        day=day,
        event_id=registration.event_id,
        attended_at=timezone.now(),
        marked_by=by,
        late_reason=late,
    )
    words = {"reason": late} if late else {}
    record("registration.present", registration, by=by, via=via, day=day.date, **words)
    note_training(registration, on=day.date, by=by, via=via)
    return attendance


@transaction.atomic
def unmark(
    registration: Registration, *, day: EventDay, reason: str = "", by: User | None, via: str
) -> Registration:
    """The tap was a mistake: evidence and certificate that came of it go too."""
    registration = _locked(registration, by=by)
    attendance = registration.attendances.filter(day=day).first()
    if attendance is None:
        return registration
    why = _refuse_outside(day, reason) or _("Dicatat hadir karena salah ketuk.")
    attendance.delete()
    record("registration.not_present", registration, by=by, via=via, day=day.date, reason=why)
    if not registration.attendances.exists():
        take_back_training(registration, reason=why, by=by, via=via)
    for certificate in registration.certificates.standing():
        revoke_certificate(certificate, reason=why, by=by, via=via)
    return registration


@transaction.atomic
def admit_guest(day: EventDay, *, guest: Guest, by: User | None, via: str) -> Registration:
    """Somebody came without having signed up, or waits for a seat: in, and noted as there.

    Seats of those who did not come are free for whoever is in the room.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    standing = event.registrations.standing()
    registration = standing.select_for_update(of=("self",)).filter(phone=guest.phone).first()
    if registration is None:
        registration = Registration(
            event=event,
            name=guest.name,
            phone=guest.phone,
            kecamatan=guest.kecamatan,
            token=new_token(),
            status=RegistrationStatus.WAITLISTED,
        )
    if registration.status != RegistrationStatus.REGISTERED:
        _refuse_outside(day, "")
        _refuse_when_full(event, day)
        _seat(registration, by=by, via=via)
    mark_present(registration, day=day, by=by, via=via)
    return registration


@transaction.atomic
def admit_waiting(
    registration: Registration, *, day: EventDay, by: User | None, via: str
) -> Registration:
    """Somebody on the waiting list came all the same, and there is room."""
    _lock_business(registration, by=by)
    event = Event.objects.select_for_update(of=("self",)).get(pk=day.event_id)
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.waits or registration.is_offered:
        _refuse_outside(day, "")
        _refuse_when_full(event, day)
        _seat(registration, by=by, via=via)
    mark_present(registration, day=day, by=by, via=via)
    return registration


def _lock_business(registration: Registration, *, by: User | None) -> None:
    """Before event and registration, in the order of whoever forgets a business."""
    if registration.business_id is None:
        return
    rows = Business.objects.select_for_update(of=("self",), no_key=True)
    if by is not None and rows.get(pk=registration.business_id).owner_id == by.pk:
        raise ActionRefused(_("Usaha Anda sendiri dicatat oleh petugas lain."))


def _locked(registration: Registration, *, by: User | None) -> Registration:
    _lock_business(registration, by=by)
    rows = Registration.objects.select_for_update(of=("self",)).select_related("business", "event")
    return rows.get(pk=registration.pk)


def _refuse_outside(day: EventDay, reason: str) -> str:
    """The reason to keep: "" at the door, where none is asked."""
    now, reason = timezone.now(), reason.strip()
    if now < door_opens(day):
        opens = door_opens(day)
        raise ActionRefused(
            _("Daftar hadir dibuka %(day)s %(time)s.")
            % {"day": tanggal(opens), "time": pukul(opens)}
        )
    if now < door_closes(day):
        return ""
    if not reason:
        raise ActionRefused(
            _("Hari acara sudah lewat. Daftar hadir hanya bisa diubah dengan alasan.")
        )
    return reason


def _refuse_when_full(event: Event, day: EventDay) -> None:
    """By who is in the room, not by who has a seat."""
    if event.capacity is not None and day.attendances.count() >= event.capacity:
        raise ActionRefused(_("Ruangan penuh: %d orang sudah hadir.") % event.capacity)


def _seat(registration: Registration, *, by: User | None, via: str) -> None:
    verb = "registration.walked_in" if registration.pk is None else "registration.promoted"
    if registration.is_offered:
        registration.answered_at = timezone.now()
        no_longer_news(registration, *ASKING)
    registration.status = RegistrationStatus.REGISTERED
    if registration.pk is not None:
        registration.promoted_at = timezone.now()
    registration.save()
    record(verb, registration, by=by, via=via, event=registration.event_id)
