"""The paper for those who were there: given when the training is over, taken back when it must."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.telling import guest_of
from events.choices import RegistrationStatus
from events.models import Attendance, Certificate, Event, EventDay, Registration, Training
from members.actions.numbering import draw_numbers
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.codes import random_code
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import send_later, send_to_guest

SERIES = "SP"
"""Sertifikat pelatihan."""
ANOTHER_TRY = 5
LOOK_BACK = timedelta(days=60)
"""How long the clock looks for attendance that was noted late; after that staff press a button."""


@transaction.atomic
def issue_certificates(event: Event, *, by: User | None, via: str) -> list[Certificate]:
    """Give one to everybody who was there on every day and has none; call it as often as you like.

    Refused until the last day is over, and while hours and signer are unknown.
    """
    event = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    training = Training.objects.filter(event=event).first()
    if training is None:
        raise ActionRefused(_("Isi dulu keterangan pelatihan: jam pelajaran dan penanda tangan."))
    if not event.is_done(at=timezone.now()):
        raise ActionRefused(_("Sertifikat terbit setelah pelatihan selesai."))
    days = sorted(event.days.values_list("date", flat=True))
    # Held while the paper is written, so that nobody's presence is taken back meanwhile.
    there = event.registrations.filter(attendances__isnull=False).order_by("pk").values("pk")
    list(Registration.objects.select_for_update(of=("self",)).filter(pk__in=there).order_by("pk"))
    earned = list(_earned(event.registrations.all()).select_related("business__owner__owner"))
    numbers = draw_numbers(SERIES, year=timezone.localdate().year, count=len(earned))
    pairs = zip(earned, numbers, strict=True)
    return [
        _issue(training, registration, number=number, days=days, by=by, via=via)
        for registration, number in pairs
    ]


def _earned(rows: models.QuerySet[Registration]) -> models.QuerySet[Registration]:
    """There on every day, and noted as there since any certificate was given: one that was taken
    back comes again only when she is marked again. Nobody who is forgotten gets one."""
    mine = Attendance.objects.filter(registration=OuterRef("registration"))
    there = Attendance.objects.filter(day=OuterRef("pk"), registration=OuterRef(OuterRef("pk")))
    missed = EventDay.objects.filter(~Exists(there), event=OuterRef("event"))
    had = Certificate.objects.filter(
        Q(revoked_at=None) | ~Exists(mine.filter(attended_at__gt=OuterRef("issued_at"))),
        registration=OuterRef("pk"),
    )
    found = rows.filter(~Exists(missed), ~Exists(had), status=RegistrationStatus.REGISTERED)
    found = found.filter(forgotten_at=None)
    return found.exclude(business__owner__is_active=False).order_by("pk")


def _issue(  # noqa: PLR0913  what is written on one certificate
    training: Training,
    registration: Registration,
    *,
    number: str,
    days: list[date],
    by: User | None,
    via: str,
) -> Certificate:
    certificate = Certificate.objects.create(
        registration=registration,
        number=number,
        code=_unused_code(),
        name=_name_on_it(registration),
        topic=training.event.name,
        hours=training.hours,
        held_from=days[0],
        held_to=days[-1],
        signer_name=training.signer_name,
        signer_office=training.signer_office,
        issued_at=timezone.now(),
    )
    record("certificate.issued", certificate, by=by, via=via, number=number)
    _tell(certificate)
    return certificate


def _tell(certificate: Certificate) -> None:
    """A guest's letter is about her place, so that it goes when she is forgotten."""
    registration, link = certificate.registration, certificate.get_absolute_url()
    words: dict[str, Any] = {"event": registration.event, "certificate": certificate}
    if registration.business is None:
        send_to_guest(
            "certificate_issued",
            to=guest_of(registration),
            about=registration,
            key=certificate.number,
            link=link,
            paper=registration.get_absolute_url(),
            **words,
        )
        return
    owner, paper = registration.business.owner, reverse("events:my_trainings")
    send_later("certificate_issued", to=owner, about=certificate, link=link, paper=paper, **words)


def _name_on_it(registration: Registration) -> str:
    """As it was typed: of the guest, or of the owner as on the identity card."""
    if registration.business is None:
        return registration.name
    person = getattr(registration.business.owner, "owner", None)
    known: str = person.full_name if person else ""
    return known or str(registration.business.owner)[:100]


def _unused_code() -> str:
    for _try in range(ANOTHER_TRY):
        code = random_code()
        if not Certificate.objects.coded(code).exists():
            return code
    raise RuntimeError("No unused code was found.")


@transaction.atomic
def issue_due_certificates(*, at: datetime, by: User | None, via: str) -> int:
    """For every training that is over; return how many were given. Called every minute."""
    since = timezone.localdate(at) - LOOK_BACK
    trainings = Event.objects.filter(training__isnull=False, days__date__gte=since)
    over = trainings.not_cancelled().past(at=at).values("pk")
    waiting = _earned(Registration.objects.filter(event__in=over)).order_by().values("event")
    given = 0
    for event in Event.objects.filter(pk__in=waiting):
        given += len(issue_certificates(event, by=by, via=via))
    return given


@transaction.atomic
def revoke_certificate(
    certificate: Certificate, *, reason: str, by: User | None, via: str
) -> Certificate:
    """Its address answers from now on that it is not good; the number is never used again."""
    certificate = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if certificate.revoked_at:
        return certificate
    if not reason.strip():
        raise ActionRefused(_("Tulis alasannya."))
    certificate.revoked_at, certificate.revoked_because = timezone.now(), reason.strip()
    certificate.save(update_fields=["revoked_at", "revoked_because"])
    record("certificate.revoked", certificate, by=by, via=via, reason=certificate.revoked_because)
    return certificate
