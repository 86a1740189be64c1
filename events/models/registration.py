from __future__ import annotations

import secrets
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import RegistrationStatus
from events.models.event import Event
from members.models import Business, Kecamatan, User


def new_token() -> str:
    """128 bits: whoever holds the link may see and cancel the place, so nobody may guess it."""
    return secrets.token_urlsafe(16)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def standing(self) -> Self:
        return self.exclude(status=RegistrationStatus.CANCELLED)

    def registered(self) -> Self:
        return self.filter(status=RegistrationStatus.REGISTERED)

    def waiting(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(status=RegistrationStatus.WAITLISTED).order_by("pk")


class Registration(models.Model):
    """A business or a guest who wants to come. The place in the queue is computed.

    registered | waitlisted → cancelled; waitlisted → registered when a seat is freed. Coming
    back after a cancellation makes a new row at the end of the queue.
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
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=RegistrationStatus)
    registered_at = models.DateTimeField(_("mendaftar"), auto_now_add=True)
    promoted_at = models.DateTimeField(_("naik dari daftar tunggu"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("batal"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("pendaftar")
        verbose_name_plural = _("pendaftar")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(business__isnull=False, name="", phone="", kecamatan__isnull=True)
                | (Q(business__isnull=True) & ~Q(name="") & ~Q(phone="")),
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
            models.UniqueConstraint(
                fields=["event", "business"],
                condition=~Q(status=RegistrationStatus.CANCELLED),
                name="registration_once_per_business",
            ),
            models.UniqueConstraint(
                fields=["event", "phone"],
                condition=~Q(phone="") & ~Q(status=RegistrationStatus.CANCELLED),
                name="registration_once_per_guest_phone",
            ),
        ]
        indexes = [models.Index(fields=["event", "status", "id"], name="registration_queue")]

    def __str__(self) -> str:
        return self.business.name if self.business else self.name

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
    def waits(self) -> bool:
        return self.status == RegistrationStatus.WAITLISTED

    def queue_position(self) -> int | None:
        """1 for the first on the waiting list; None when not on it."""
        if not self.waits:
            return None
        return Registration.objects.waiting().filter(event=self.event_id, pk__lte=self.pk).count()
