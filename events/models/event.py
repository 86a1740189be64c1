from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.choices import (
    HOLDING_A_SEAT,
    PUBLIC_KINDS,
    EventKind,
    EventState,
    EventStatus,
    RegistrationStatus,
)
from events.models.day import still_to_come
from members.models import Kecamatan, User


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> Self:
        return self.filter(published=True, kind__in=PUBLIC_KINDS)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Staff also see coordination meetings; who keeps events also what is not published."""
        if not user.is_staff:
            return self.public()
        return self if user.has_perm("events.view_event") else self.filter(published=True)

    def jbl(self) -> Self:
        return self.filter(kind=EventKind.JBL)

    def not_cancelled(self) -> Self:
        return self.exclude(status=EventStatus.CANCELLED)

    def upcoming(self, *, at: datetime) -> Self:
        """With a day not yet over, the nearest first."""
        return (
            self.annotate(next_date=Min("days__date", filter=still_to_come(at, "days__")))
            .filter(next_date__isnull=False)
            .order_by("next_date", "pk")
        )

    def past(self, *, at: datetime) -> Self:
        """With all its days over, the latest first."""
        return (
            self.annotate(
                last_date=models.Max("days__date"),
                open_days=Count("days", filter=still_to_come(at, "days__"), distinct=True),
            )
            .filter(last_date__isnull=False, open_days=0)
            .order_by("-last_date", "-pk")
        )

    def with_days(self) -> Self:
        return self.prefetch_related("days")

    def with_seats(self) -> Self:
        """`seats_taken` and `waiting` beside each event, in the same query."""
        return self.annotate(
            seats_taken=_registrations(*HOLDING_A_SEAT),
            waiting=_registrations(RegistrationStatus.WAITLISTED),
        )


def _registrations(*statuses: RegistrationStatus) -> models.Subquery:
    # A subquery: a join would multiply with the days.
    rows = Event.objects.filter(pk=models.OuterRef("pk")).order_by()
    some = Q(registrations__status__in=statuses)
    counted = rows.annotate(count=Count("registrations", filter=some))
    return models.Subquery(counted.values("count"))


class Event(models.Model):
    """An edition of Jumat Beli Lokal, a training, an exhibition, a festival or a meeting.

    planned ↔ open ↔ closed; any of them → cancelled. "Penuh", "Berlangsung", "Selesai" and
    "Dipindah" are computed by `state`.
    """

    kind = models.CharField(_("jenis"), max_length=10, choices=EventKind)
    name = models.CharField(_("nama"), max_length=120)
    slug = models.SlugField(_("alamat halaman"), max_length=140, unique=True)
    summary = models.CharField(_("ringkasan"), max_length=200, blank=True)
    description = models.TextField(_("keterangan"), max_length=4000, blank=True)
    venue = models.CharField(_("tempat"), max_length=120)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    kecamatan = models.ForeignKey(
        Kecamatan,
        verbose_name=_("kecamatan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
    )
    map_url = models.URLField(_("tautan peta"), max_length=300, blank=True)
    tags = ArrayField(
        models.CharField(max_length=30),
        verbose_name=_("kata kunci"),
        default=list,
        blank=True,
        help_text=_("Pisahkan dengan koma."),
    )
    organiser = models.CharField(_("penyelenggara"), max_length=120, blank=True)
    online_url = models.URLField(
        _("tautan daring"),
        max_length=300,
        blank=True,
        help_text=_("Hanya tampil kepada yang terdaftar, mulai sehari sebelum acara."),
    )
    needs_sign_up = models.BooleanField(_("perlu mendaftar"), default=True)
    capacity = models.PositiveIntegerField(
        _("jumlah tempat"), null=True, blank=True, help_text=_("Kosong berarti tidak dibatasi.")
    )
    sign_up_closes_at = models.DateTimeField(_("pendaftaran ditutup"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=EventStatus, default=EventStatus.PLANNED
    )
    cancelled_at = models.DateTimeField(_("dibatalkan"), null=True, blank=True)
    cancel_reason = models.CharField(_("alasan batal"), max_length=300, blank=True)
    published = models.BooleanField(_("tampil di portal"), default=False)
    target_omzet = models.BigIntegerField(_("target omzet (Rp)"), null=True, blank=True)
    result_omzet = models.BigIntegerField(_("hasil omzet (Rp)"), null=True, blank=True)
    result_pieces = models.PositiveIntegerField(_("barang terjual"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    # Which date of which series it was made for; it stays when the day moves.
    series = models.ForeignKey(
        "EventSeries",
        verbose_name=_("acara berulang"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="events",
    )
    series_date = models.DateField(_("tanggal dalam seri"), null=True, blank=True, editable=False)
    # Of what the series last wrote: who changed anything by hand since keeps it.
    series_print = models.CharField(max_length=64, blank=True, db_default="", editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("acara")
        verbose_name_plural = _("acara")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=EventStatus.values), name="event_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=EventStatus.CANCELLED, cancelled_at__isnull=False)
                | (~Q(status=EventStatus.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="event_cancelled_iff_stamped",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="event_capacity_positive",
                violation_error_message=_("Jumlah tempat harus lebih dari 0, atau kosongkan."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=EventKind.JBL) | Q(needs_sign_up=False),
                name="event_jbl_needs_no_sign_up",
                violation_error_message=_("Jumat Beli Lokal terbuka untuk umum tanpa mendaftar."),
            ),
            models.CheckConstraint(
                condition=(Q(target_omzet__isnull=True) | Q(target_omzet__gt=0))
                & (Q(result_omzet__isnull=True) | Q(result_omzet__gte=0)),
                name="event_money_not_negative",
                violation_error_message=_("Omzet tidak boleh kurang dari Rp0."),
            ),
            models.UniqueConstraint(
                fields=["series", "series_date"], name="event_series_date_once"
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_date__isnull=True)
                | Q(series__isnull=False, series_date__isnull=False),
                name="event_series_with_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        name = "events:edition_detail" if self.kind == EventKind.JBL else "events:event_detail"
        return reverse(name, args=[self.slug])

    def state(self, *, at: datetime, seats_taken: int = 0) -> EventState:
        """The one word people read. Uses `days`: prefetch them for lists."""
        return state_of(
            self.status,
            by_clock=self._state_by_clock(at),
            sign_up_is_over=self.sign_up_is_over(at=at),
            is_full=self.is_full(seats_taken=seats_taken),
        )

    def is_done(self, *, at: datetime) -> bool:
        """It took place and all its days are over."""
        days = self.days.all()
        return (
            self.status != EventStatus.CANCELLED
            and bool(days)
            and all(day.is_over(at=at) for day in days)
        )

    def _state_by_clock(self, at: datetime) -> EventState | None:
        days = list(self.days.all())
        if days and all(day.is_over(at=at) for day in days):
            return EventState.DONE
        if any(day.is_ongoing(at=at) for day in days):
            return EventState.ONGOING
        if any(day.moved_from and not day.is_over(at=at) for day in days):
            return EventState.MOVED
        return None

    def is_full(self, *, seats_taken: int) -> bool:
        return self.capacity is not None and seats_taken >= self.capacity

    def sign_up_is_over(self, *, at: datetime) -> bool:
        return self.sign_up_closes_at is not None and at >= self.sign_up_closes_at

    def takes_sign_ups(self, *, at: datetime) -> bool:
        """Whether one may sign up now, be it for a seat or for the waiting list."""
        return (
            self.needs_sign_up
            and self.status == EventStatus.OPEN
            and not self.sign_up_is_over(at=at)
            and any(not day.is_over(at=at) for day in self.days.all())
        )


def state_of(
    status: str, *, by_clock: EventState | None, sign_up_is_over: bool, is_full: bool
) -> EventState:
    """What staff decided, what the clock makes of its days, and the seats, as one word."""
    if status == EventStatus.CANCELLED:
        return EventState.CANCELLED
    if by_clock or status != EventStatus.OPEN:
        return by_clock or EventState(status)
    if sign_up_is_over:
        return EventState.CLOSED
    return EventState.FULL if is_full else EventState.OPEN
