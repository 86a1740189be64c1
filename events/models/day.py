from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import PUBLIC_KINDS, EventKind, EventStatus

# On the eve, when the cars are packed; shoppers read the lists in the evening.
GOODS_CLOSE = time(18)


def still_to_come(at: datetime, prefix: str = "") -> Q:
    """Days that are not over at this moment; a day is over when it closes."""
    here = timezone.localtime(at)
    return Q(**{f"{prefix}date__gt": here.date()}) | Q(
        **{f"{prefix}date": here.date(), f"{prefix}closes_at__gt": here.time()}
    )


class EventDayQuerySet(models.QuerySet["EventDay"]):
    def public(self) -> Self:
        return self.filter(event__published=True, event__kind__in=PUBLIC_KINDS)

    def jbl(self) -> Self:
        return self.filter(event__kind=EventKind.JBL)

    def not_cancelled(self) -> Self:
        return self.exclude(event__status=EventStatus.CANCELLED)

    def not_over(self, *, at: datetime) -> Self:
        return self.filter(still_to_come(at))

    def between(self, first: date, last: date) -> Self:
        """From the first day to the last, both included."""
        return self.filter(date__gte=first, date__lte=last)

    def in_order(self) -> Self:
        return self.order_by("date", "opens_at", "pk")

    def next_jbl_day(self, *, at: datetime) -> EventDay | None:
        """The next day of a public edition that is not over yet; cancelled ones do not count."""
        coming = self.public().jbl().not_cancelled().not_over(at=at)
        return coming.select_related("event").in_order().first()


class EventDay(models.Model):
    """One day of an event; times are Jakarta's. `moved_from` is the date it first had."""

    event = models.ForeignKey(
        "Event", verbose_name=_("acara"), on_delete=models.CASCADE, related_name="days"
    )
    date = models.DateField(_("tanggal"))
    set_up_at = models.TimeField(_("penjual datang"), null=True, blank=True)
    opens_at = models.TimeField(_("buka"), default=time(9))
    closes_at = models.TimeField(_("tutup"), default=time(16))
    break_from = models.TimeField(_("istirahat dari"), null=True, blank=True)
    break_to = models.TimeField(_("istirahat sampai"), null=True, blank=True)
    moved_from = models.DateField(_("semula tanggal"), null=True, blank=True, editable=False)
    # Grows with each move, so that calendars of those who saved the day take the new one.
    revision = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = EventDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("hari")
        verbose_name_plural = _("hari")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "date"],
                name="event_day_once",
                violation_error_message=_("Tanggal ini sudah ada pada acara yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")),
                name="event_day_closes_after_opening",
                violation_error_message=_("Jam tutup harus sesudah jam buka."),
            ),
            models.CheckConstraint(
                condition=Q(set_up_at__isnull=True) | Q(set_up_at__lte=F("opens_at")),
                name="event_day_set_up_before_opening",
                violation_error_message=_("Penjual datang sebelum jam buka."),
            ),
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_to__isnull=True)
                | Q(
                    break_from__isnull=False,
                    break_to__isnull=False,
                    break_from__gte=F("opens_at"),
                    break_from__lt=F("break_to"),
                    break_to__lte=F("closes_at"),
                ),
                name="event_day_break_within_hours",
                violation_error_message=_(
                    "Isi awal dan akhir istirahat, di antara jam buka dan tutup."
                ),
            ),
        ]
        indexes = [models.Index(fields=["date", "opens_at"], name="event_day_by_date")]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y}"

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.date, self.opens_at))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.date, self.closes_at))

    @property
    def goods_close_at(self) -> datetime:
        """Until when sellers may say what they bring."""
        eve = self.date - timedelta(days=1)
        return timezone.make_aware(datetime.combine(eve, GOODS_CLOSE))

    def is_over(self, *, at: datetime) -> bool:
        return at >= self.ends

    def is_ongoing(self, *, at: datetime) -> bool:
        return self.begins <= at < self.ends
