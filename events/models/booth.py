from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product_query import not_withdrawn
from events.choices import PlaceStatus
from events.models.day import EventDay
from events.models.event import Event
from members.models import Business, User


class Booth(models.Model):
    """A stall of an edition, the same on all its days."""

    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.CASCADE, related_name="booths"
    )
    number = models.CharField(_("nomor"), max_length=6)
    zone = models.CharField(_("lorong"), max_length=40, blank=True)
    power = models.BooleanField(_("listrik"), default=False)

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
        return self.exclude(status=PlaceStatus.CANCELLED)

    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def shown(self) -> Self:
        """Standing places of businesses that may be seen today, and want to be."""
        seen = Business.objects.verified().filter(not_withdrawn(owner="owner"))
        return self.standing().filter(business__in=seen)

    def on(self, day: EventDay) -> Self:
        return self.filter(day=day)


class BoothPlace(models.Model):
    """A business in a booth on one day. accepted → present | absent | cancelled."""

    booth = models.ForeignKey(
        Booth, verbose_name=_("lapak"), on_delete=models.PROTECT, related_name="places"
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
    placed_at = models.DateTimeField(_("ditempatkan"), auto_now_add=True)

    objects = BoothPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tempat di lapak")
        verbose_name_plural = _("tempat di lapak")
        ordering = ["day", "booth__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "day"],
                condition=~Q(status=PlaceStatus.CANCELLED),
                name="booth_one_per_business_per_day",
            ),
            models.UniqueConstraint(
                fields=["booth", "day"],
                condition=~Q(status=PlaceStatus.CANCELLED),
                name="booth_one_business_per_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PlaceStatus.values), name="booth_place_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booth} {self.day}"
