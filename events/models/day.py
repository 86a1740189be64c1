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
# A day that closes before it opened goes on until the next morning, and no longer than this:
# hours typed the wrong way round (16.00 to 09.00) are a mistake, not a night market.
NIGHT_ENDS = time(6)


def goes_past_midnight(opens_at: time, closes_at: time) -> bool:
    return closes_at < opens_at


def hours_are_in_order(opens_at: time, closes_at: time) -> bool:
    return opens_at < closes_at or (
        goes_past_midnight(opens_at, closes_at) and closes_at <= NIGHT_ENDS
    )


def break_is_within(opens_at: time, closes_at: time, pause: tuple[time, time]) -> bool:
    """A break of a night may lie before midnight, after it, or across."""
    night = goes_past_midnight(opens_at, closes_at)

    def since_opening(moment: time) -> tuple[bool, time]:
        return night and moment < opens_at, moment

    begins, ends = map(since_opening, pause)
    return (False, opens_at) <= begins < ends <= since_opening(closes_at)


def still_to_come(at: datetime, prefix: str = "") -> Q:
    """Days that are not over at this moment; a night is over the morning after."""
    here = timezone.localtime(at)
    today, yesterday = here.date(), here.date() - timedelta(days=1)
    night = {f"{prefix}closes_at__lt": F(f"{prefix}opens_at")}
    later = Q(**{f"{prefix}closes_at__gt": here.time()})
    return (
        Q(**{f"{prefix}date__gt": today})
        | Q(**{f"{prefix}date": today}) & (later | Q(**night))
        | Q(**{f"{prefix}date": yesterday}, **night) & later
    )


def break_within_hours() -> Q:
    """None at all, or both its ends between opening and closing."""
    in_the_evening = Q(break_from__gte=F("opens_at"))
    by_closing = Q(break_to__lte=F("closes_at"))
    in_order = Q(break_from__lt=F("break_to"))
    night = Q(closes_at__lt=F("opens_at"))
    within = (in_the_evening & in_order & by_closing) | night & (
        # Before midnight, after it, or across.
        (in_the_evening & in_order) | (in_order & by_closing) | (in_the_evening & by_closing)
    )
    return (
        Q(break_from__isnull=True, break_to__isnull=True)
        | Q(break_from__isnull=False, break_to__isnull=False) & within
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
    """One day of an event; times are Jakarta's. `moved_from` is the date it first had.

    Closing before opening means the next morning: a night market of Friday, 18.00–01.00.
    """

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
                condition=Q(opens_at__lt=F("closes_at"))
                | Q(closes_at__lt=F("opens_at"), closes_at__lte=NIGHT_ENDS),
                name="event_day_closes_after_opening",
                violation_error_message=_(
                    "Jam tutup harus sesudah jam buka, atau paling lambat 06.00 esok paginya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(set_up_at__isnull=True) | Q(set_up_at__lte=F("opens_at")),
                name="event_day_set_up_before_opening",
                violation_error_message=_("Penjual datang sebelum jam buka."),
            ),
            models.CheckConstraint(
                condition=break_within_hours(),
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
        last = self.date + timedelta(days=self.goes_past_midnight)
        return timezone.make_aware(datetime.combine(last, self.closes_at))

    @property
    def goes_past_midnight(self) -> bool:
        return goes_past_midnight(self.opens_at, self.closes_at)

    @property
    def sellers_come_at(self) -> datetime:
        """When they carry their things in."""
        return timezone.make_aware(datetime.combine(self.date, self.set_up_at or self.opens_at))

    @property
    def goods_close_at(self) -> datetime:
        """Until when sellers may say what they bring."""
        eve = self.date - timedelta(days=1)
        return timezone.make_aware(datetime.combine(eve, GOODS_CLOSE))

    def is_over(self, *, at: datetime) -> bool:
        return at >= self.ends

    def is_ongoing(self, *, at: datetime) -> bool:
        return self.begins <= at < self.ends
