from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.choices import LIVING, SEATED, STANDING, UNDECIDED, EventStatus, PlaceStatus
from events.models.day import EventDay, still_to_come
from events.models.event import Event
from members.models import Business, Office, User


class Booth(models.Model):
    """A stall of an edition, the same on all its days."""

    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.CASCADE, related_name="booths"
    )
    number = models.CharField(_("nomor"), max_length=6)
    zone = models.CharField(_("lorong"), max_length=40, blank=True)
    power = models.BooleanField(_("listrik"), default=False)
    size = models.CharField(
        _("ukuran"), max_length=20, blank=True, db_default="", help_text=_("Contoh: 2 × 2 m.")
    )
    # Where it is on the plan, counted from 1; without both it stands in the order of its number.
    plan_row = models.PositiveSmallIntegerField(_("baris di denah"), null=True, blank=True)
    plan_column = models.PositiveSmallIntegerField(_("kolom di denah"), null=True, blank=True)

    class Meta:
        verbose_name = _("lapak")
        verbose_name_plural = _("lapak")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="booth_number_once_per_event",
                violation_error_message=_("Nomor lapak ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[A-Z]{1,2}[0-9]{2,3}$"),
                name="booth_number_like_a07",
                violation_error_message=_("Nomor lapak ditulis seperti A07."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BoothPlaceQuerySet(models.QuerySet["BoothPlace"]):
    def standing(self) -> Self:
        """Accepted, there, or missed on the day; with a booth or not yet."""
        # Plain words, as a statement planned once per connection takes them.
        return self.filter(status__in=[status.value for status in STANDING])

    def present(self) -> Self:
        """Seen at the booth on the day."""
        return self.filter(status=PlaceStatus.PRESENT)

    def living(self) -> Self:
        """Standing, or asked for and not yet decided or given up."""
        return self.filter(status__in=LIVING)

    def seated(self) -> Self:
        """Standing, or offered a freed seat: together never more than the day has."""
        return self.filter(status__in=SEATED)

    def undecided(self) -> Self:
        return self.filter(status__in=UNDECIDED)

    def waiting(self, *, at: datetime) -> Self:
        """Asked for, and staff have not yet said anything: on days still to come."""
        asked = self.filter(status=PlaceStatus.APPLIED).coming(at=at)
        return asked.exclude(day__event__status=EventStatus.CANCELLED)

    def within_reach_of(self, staff: User) -> Self:
        """As of the businesses: a Petugas of one kecamatan sees that kecamatan's."""
        if staff.is_superuser or staff.kecamatan_id is None:
            return self
        return self.filter(business__kelurahan__kecamatan_id=staff.kecamatan_id)

    def coming(self, *, at: datetime) -> Self:
        """On days that are not over."""
        return self.filter(still_to_come(at, "day__"))

    def in_turn(self) -> Self:
        """The next first; whoever has no rank yet by when she asked."""
        return self.order_by(F("rank").asc(nulls_last=True), "applied_at", "pk")

    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def shown(self) -> Self:
        """In a booth, of businesses that may be seen today, and want to be."""
        return self.standing().filter(booth__isnull=False, business__is_listed=True)

    def on(self, day: EventDay) -> Self:
        return self.filter(day=day)


class BoothPlace(models.Model):
    """A business on one day of the market, from asking for it to having stood there.

    applied ↔ returned; applied → accepted | waitlisted | rejected; waitlisted → accepted, offered;
    offered → accepted | declined | lapsed; accepted → present ↔ absent; whoever is living →
    cancelled; undecided when the day is over or called off → closed. Staff may also accept at
    once. The booth is given to who is accepted, at once or later.
    """

    booth = models.ForeignKey(
        Booth,
        verbose_name=_("lapak"),
        on_delete=models.PROTECT,
        related_name="places",
        null=True,
        blank=True,
    )
    day = models.ForeignKey(
        EventDay, verbose_name=_("hari"), on_delete=models.PROTECT, related_name="places"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="booth_places"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=PlaceStatus, default=PlaceStatus.ACCEPTED
    )
    # Empty when staff gave the place to somebody who had not asked.
    applied_at = models.DateTimeField(_("diajukan"), null=True, blank=True)
    placed_at = models.DateTimeField(_("diterima"), null=True, blank=True)
    sponsor = models.ForeignKey(
        Office,
        verbose_name=_("dinas pengampu"),
        on_delete=models.PROTECT,
        related_name="booth_places",
        null=True,
        blank=True,
        help_text=_("Kosong bila datang lewat kecamatannya."),
    )
    tables = models.PositiveSmallIntegerField(_("meja"), default=0, db_default=0)
    chairs = models.PositiveSmallIntegerField(_("kursi"), default=0, db_default=0)
    power_watts = models.PositiveSmallIntegerField(_("listrik (watt)"), default=0, db_default=0)
    cooks = models.BooleanField(_("memasak di tempat"), default=False, db_default=False)
    # Rupiah for this day, as the edition asked when she applied; a later change is not for her.
    fee = models.PositiveIntegerField(_("biaya lapak (Rp)"), default=0, db_default=0)
    note = models.CharField(_("catatan penjual"), max_length=300, blank=True, db_default="")
    # Which version of the edition's rules she agreed to.
    rules_version = models.PositiveSmallIntegerField(_("versi tata tertib"), null=True, blank=True)
    rules_accepted_at = models.DateTimeField(_("tata tertib disetujui"), null=True, blank=True)
    # What is missing, why it was refused, or why it was given up: the last of these.
    reason = models.CharField(_("alasan"), max_length=300, blank=True, db_default="")
    offered_at = models.DateTimeField(_("ditawari"), null=True, blank=True)
    offer_until = models.DateTimeField(_("tawaran sampai"), null=True, blank=True)
    # 1 is the first in turn; what stands in `explanation` says why, as codes and numbers.
    rank = models.PositiveIntegerField(_("urutan"), null=True, blank=True)
    explanation = models.JSONField(_("penjelasan urutan"), null=True, blank=True)
    override_reason = models.CharField(
        _("alasan di luar urutan"), max_length=300, blank=True, db_default=""
    )
    checked_in_at = models.DateTimeField(_("datang"), null=True, blank=True)
    checked_in_by = models.ForeignKey(
        User,
        verbose_name=_("dicatat oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = BoothPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat di pasar")
        verbose_name_plural = _("tempat di pasar")
        ordering = ["day", "booth__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "day"],
                condition=Q(status__in=LIVING),
                name="booth_one_per_business_per_day",
            ),
            models.UniqueConstraint(
                fields=["booth", "day"],
                condition=Q(status__in=STANDING),
                name="booth_one_business_per_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PlaceStatus.values), name="booth_place_status_known"
            ),
            models.CheckConstraint(
                condition=Q(booth__isnull=True) | Q(status__in=[*STANDING, PlaceStatus.CANCELLED]),
                name="booth_only_for_the_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=STANDING) | Q(placed_at__isnull=False),
                name="booth_place_accepted_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=PlaceStatus.OFFERED)
                | Q(offered_at__isnull=False, offer_until__isnull=False),
                name="booth_place_offered_until",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PlaceStatus.RETURNED, PlaceStatus.REJECTED])
                | ~Q(reason=""),
                name="booth_place_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(rules_version__isnull=True, rules_accepted_at__isnull=True)
                | Q(rules_version__isnull=False, rules_accepted_at__isnull=False),
                name="booth_place_rules_accepted_iff_stamped",
            ),
        ]
        indexes = [models.Index(fields=["day", "status", "rank"], name="booth_place_queue")]

    def __str__(self) -> str:
        return f"{self.number or self.business} {self.day}"

    @property
    def number(self) -> str:
        """Of the booth, such as A07; empty as long as there is none."""
        return self.booth.number if self.booth else ""

    @property
    def reference(self) -> str:
        """What a seller reads out on the telephone."""
        return f"JBL-{self.pk:06d}"

    @property
    def state(self) -> PlaceStatus:
        return PlaceStatus(self.status)
