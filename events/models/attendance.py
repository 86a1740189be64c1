"""Who was there, and the paper that says so."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import RegistrationStatus
from events.models.day import EventDay
from events.models.event import Event
from events.models.registration import Registration
from members.models import User


class Attendance(models.Model):
    """Somebody signed up was there on one day. Undone, the row goes; the trail keeps both.

    `event` and `status` repeat what the registration and the day say: migration
    `attendance_of_the_registered` ties them together by foreign keys over several columns, so
    that nobody is present who has no seat, nor on a day of another event, and no seat is
    cancelled whose holder is there.
    """

    registration = models.ForeignKey(
        Registration,
        verbose_name=_("pendaftar"),
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    day = models.ForeignKey(
        EventDay, verbose_name=_("hari"), on_delete=models.PROTECT, related_name="attendances"
    )
    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.PROTECT, related_name="attendances"
    )
    status = models.CharField(max_length=10, default=RegistrationStatus.REGISTERED, editable=False)
    attended_at = models.DateTimeField(_("dicatat hadir"))
    marked_by = models.ForeignKey(
        User,
        verbose_name=_("dicatat oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # Why it was noted after the day; empty when it was noted at the door.
    late_reason = models.CharField(_("alasan dicatat kemudian"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        ordering = ["pk"]
        permissions = [("correct_attendance", _("Mencatat kehadiran sesudah harinya"))]
        constraints = [
            models.UniqueConstraint(fields=["registration", "day"], name="present_once_a_day"),
            models.CheckConstraint(
                condition=Q(status=RegistrationStatus.REGISTERED), name="present_with_a_seat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.day}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> Self:
        return self.filter(revoked_at=None)

    def coded(self, code: str) -> Self:
        return self.filter(code=code)


class Certificate(models.Model):
    """What a training's certificate said on the day it was given. standing → revoked.

    Its words are copies: a certificate does not change when the event's page does. Revoked, it
    answers so at its address for ever; one that names nobody any more is always revoked.
    """

    registration = models.ForeignKey(
        Registration,
        verbose_name=_("pendaftar"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    number = models.CharField(_("nomor"), max_length=20, unique=True)
    code = models.CharField(_("kode"), max_length=10, unique=True)
    name = models.CharField(_("nama"), max_length=100, blank=True)
    topic = models.CharField(_("pelatihan"), max_length=120)
    hours = models.PositiveSmallIntegerField(_("jam pelajaran"))
    held_from = models.DateField(_("hari pertama"))
    held_to = models.DateField(_("hari terakhir"))
    signer_name = models.CharField(_("penanda tangan"), max_length=100)
    signer_office = models.CharField(_("jabatan penanda tangan"), max_length=120)
    issued_at = models.DateTimeField(_("terbit"))
    revoked_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    revoked_because = models.CharField(_("alasan dicabut"), max_length=200, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("sertifikat")
        verbose_name_plural = _("sertifikat")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(revoked_at=None),
                name="certificate_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="certificate_revoked_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(revoked_at__isnull=False),
                name="certificate_names_somebody",
            ),
            models.CheckConstraint(
                condition=Q(held_from__lte=models.F("held_to")), name="certificate_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("events:certificate_check", args=[self.code])
