from __future__ import annotations

import secrets
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import (
    AFTER_AN_OFFER,
    HOLDING_A_SEAT,
    SIGNED_UP,
    RegistrationStatus,
)
from events.models.event import Event
from members.models import Business, Kecamatan, User


def new_token() -> str:
    """128 bits: whoever holds the link may see and cancel the place, so nobody may guess it."""
    return secrets.token_urlsafe(16)


DISTRICT = Coalesce("business__kelurahan__kecamatan_id", "kecamatan_id")
"""Where somebody comes from: the code of her kecamatan; none for who lives elsewhere."""


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def within_reach_of(self, staff: User) -> Self:
        """A Petugas of one kecamatan sees who lives or works there, and everybody who comes to an
        event there; anyone else all."""
        if staff.is_superuser or staff.kecamatan_id is None:
            return self
        here = staff.kecamatan_id
        hers = Q(business__kelurahan__kecamatan=here) | Q(business=None, kecamatan=here)
        return self.filter(hers | Q(event__kecamatan=here))

    def standing(self) -> Self:
        """Signed up: with a seat, with an offer, or waiting."""
        return self.filter(status__in=SIGNED_UP)

    def registered(self) -> Self:
        return self.filter(status=RegistrationStatus.REGISTERED)

    def holding_a_seat(self) -> Self:
        """With a seat, or with one kept until the offer is answered."""
        return self.filter(status__in=HOLDING_A_SEAT)

    def waiting(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(status=RegistrationStatus.WAITLISTED).order_by("pk")

    def offered(self) -> Self:
        return self.filter(status=RegistrationStatus.OFFERED)

    def with_people(self) -> Self:
        """All that naming, reaching and placing somebody asks for."""
        return self.select_related(
            "business__owner", "business__kelurahan__kecamatan", "kecamatan", "event"
        )


class Registration(models.Model):
    """A business or a guest who wants to come. The place in the queue is computed.

    | from       | to         | when                                                       |
    |------------|------------|------------------------------------------------------------|
    | –          | registered | there is a seat, and nobody waits for it                   |
    | –          | waitlisted | all seats, or those of the own kecamatan, are held         |
    | waitlisted | offered    | a seat is free and it is her turn; kept `offered_until`    |
    | waitlisted | registered | let in at the door                                         |
    | waitlisted | cancelled  | she no longer wants to come                                |
    | offered    | registered | accepted in time, or let in at the door                    |
    | offered    | declined   | she said no: the next is asked                             |
    | offered    | lapsed     | she did not answer in time: the next is asked              |
    | offered    | cancelled  | the business is forgotten                                  |
    | registered | cancelled  | she gave the seat back: the next is asked                  |
    | waitlisted, offered | closed | the event is over, or called off                      |

    An offer is made once: nobody goes back into the queue. Coming again after declined, lapsed or
    cancelled makes a new row at its end.
    """

    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.PROTECT, related_name="registrations"
    )
    business = models.ForeignKey(
        Business,
        verbose_name=_("usaha"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_registrations",
    )
    name = models.CharField(_("nama tamu"), max_length=100, blank=True)
    phone = models.CharField(_("nomor HP tamu"), max_length=16, blank=True)
    kecamatan = models.ForeignKey(
        Kecamatan,
        verbose_name=_("kecamatan tamu"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kosong berarti di luar Jakarta Selatan."),
    )
    # Only what letters about this event need; a member's address is her account's.
    email = models.EmailField(_("e-mail tamu"), max_length=254, blank=True, db_default="")
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus)
    registered_at = models.DateTimeField(_("mendaftar"), auto_now_add=True)
    offered_at = models.DateTimeField(_("ditawari"), null=True, blank=True)
    offered_until = models.DateTimeField(_("tawaran sampai"), null=True, blank=True)
    # When she said yes or no, or the time ran out.
    answered_at = models.DateTimeField(_("tawaran dijawab"), null=True, blank=True)
    promoted_at = models.DateTimeField(_("naik dari daftar tunggu"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("batal"), null=True, blank=True)
    # A guest's name, number and address went; that somebody came from her kecamatan stays.
    forgotten_at = models.DateTimeField(_("data tamu dihapus"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pendaftar")
        verbose_name_plural = _("pendaftar")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(business__isnull=False, kecamatan__isnull=True)
                & Q(name="", phone="", email="", forgotten_at__isnull=True)
                | Q(business__isnull=True, forgotten_at__isnull=True) & ~Q(name="") & ~Q(phone="")
                | Q(business__isnull=True, forgotten_at__isnull=False)
                & Q(name="", phone="", email=""),
                name="registration_business_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(phone="") | Q(phone__regex=r"^\+\d{8,15}$"),
                name="registration_phone_e164",
            ),
            models.CheckConstraint(
                condition=Q(status__in=RegistrationStatus.values),
                name="registration_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status=RegistrationStatus.CANCELLED, cancelled_at__isnull=False)
                | (~Q(status=RegistrationStatus.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="registration_cancelled_iff_stamped",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=True, offered_until__isnull=True)
                | Q(offered_until__isnull=False, offered_until__gt=F("offered_at")),
                name="registration_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.OFFERED)
                | Q(offered_at__isnull=False, answered_at__isnull=True),
                name="registration_offered_and_unanswered",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=AFTER_AN_OFFER)
                | Q(offered_at__isnull=False, answered_at__isnull=False),
                name="registration_answered_after_an_offer",
            ),
            models.CheckConstraint(
                condition=~Q(status=RegistrationStatus.WAITLISTED) | Q(offered_at__isnull=True),
                name="registration_offered_once",
            ),
            models.UniqueConstraint(
                fields=["event", "business"],
                condition=Q(status__in=SIGNED_UP),
                name="registration_once_per_business",
            ),
            models.UniqueConstraint(
                fields=["event", "phone"],
                condition=~Q(phone="") & Q(status__in=SIGNED_UP),
                name="registration_once_per_guest_phone",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "status", "id"], name="registration_queue"),
            models.Index(
                fields=["offered_until"],
                condition=Q(status=RegistrationStatus.OFFERED),
                name="registration_offers_by_end",
            ),
        ]

    def __str__(self) -> str:
        if self.business:
            return self.business.name
        return self.name or str(_("Tamu (data dihapus)"))

    def get_absolute_url(self) -> str:
        return reverse("events:my_place", args=[self.token])

    @property
    def contact_phone(self) -> str:
        """Whom to ring: the guest, or the owner's number for this business; perhaps empty."""
        if self.business is None:
            return self.phone
        return self.business.order_phone or self.business.owner.phone

    @property
    def district(self) -> str:
        if self.business is None:
            return self.kecamatan.name if self.kecamatan else str(_("Luar Jakarta Selatan"))
        return self.business.kelurahan.kecamatan.name if self.business.kelurahan else ""

    @property
    def district_key(self) -> str | None:
        """The code behind `district`; None from elsewhere."""
        if self.business is None:
            return self.kecamatan_id
        return self.business.kelurahan.kecamatan_id if self.business.kelurahan else None

    @property
    def state(self) -> RegistrationStatus:
        return RegistrationStatus(self.status)

    @property
    def waits(self) -> bool:
        return self.status == RegistrationStatus.WAITLISTED

    @property
    def is_offered(self) -> bool:
        return self.status == RegistrationStatus.OFFERED

    @property
    def is_registered(self) -> bool:
        return self.status == RegistrationStatus.REGISTERED

    def may_answer(self, *, at: datetime) -> bool:
        """A seat is kept for her at this moment; the clock counts, not when the tick came by."""
        return self.is_offered and self.offered_until is not None and at < self.offered_until

    @property
    def seated_at(self) -> datetime:
        """Since when she has her seat."""
        return self.answered_at or self.promoted_at or self.registered_at
