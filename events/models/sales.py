from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from events.models.booth import BoothPlace, BoothPlaceQuerySet
from events.models.day import EventDay, still_to_come
from events.sales_choices import (
    OMZET_COUNTS,
    PIECES_COUNTS,
    Mood,
    OmzetBracket,
    PiecesBracket,
    ReportSource,
)
from members.choices import ApplicationStatus
from members.models import Business, User

REPORT_DAYS = 7
"""Until the end of H+7 a seller sends and changes her report (N6); then it is locked."""
MOST_OMZET = 1_000_000_000
"""Of one seller, on one day and channel; more has a nought too many."""
MOST_PIECES = 100_000
FORGOTTEN = "Data dihapus"


def last_report_day(day: EventDay) -> date:
    """H+7."""
    return day.date + timedelta(days=REPORT_DAYS)


def report_locks_at(day: EventDay) -> datetime:
    """The midnight after H+7."""
    first_locked = last_report_day(day) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(first_locked, time.min))


def takes_reports(day: EventDay, *, at: datetime) -> bool:
    return day.ends <= at < report_locks_at(day)


def to_report(*, at: datetime) -> BoothPlaceQuerySet:
    """Places of who stood there and is still with us, on days closed and not locked yet."""
    first = timezone.localdate(at) - timedelta(days=REPORT_DAYS)
    return (
        expected(BoothPlace.objects.present())
        .filter(day__date__gte=first)
        .exclude(still_to_come(at, "day__"))
    )


def expected(places: BoothPlaceQuerySet) -> BoothPlaceQuerySet:
    """Without those of closed records, whose reports nobody could send any more."""
    return places.exclude(business__status=ApplicationStatus.CANCELLED)


def without_report(places: BoothPlaceQuerySet) -> BoothPlaceQuerySet:
    theirs = SalesReport.objects.filter(business=OuterRef("business"), day=OuterRef("day"))
    return places.exclude(Exists(theirs))


class SalesReportQuerySet(models.QuerySet["SalesReport"]):
    def owned_by(self, user: User) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within(self, businesses: models.QuerySet[Business]) -> Self:
        return self.filter(business__in=businesses)

    def within_reach_of(self, staff: User) -> Self:
        """A Petugas of one kecamatan sees that kecamatan's sellers, anyone else all."""
        return self.within(Business.objects.within_reach_of(staff))


def _counted(
    bracket: str, counts: Mapping[OmzetBracket, int] | Mapping[PiecesBracket, int], exact: str
) -> Any:
    """A column of the database: the exact number, else the middle of the bracket, else 0."""
    middles = [When(**{bracket: code}, then=Value(count)) for code, count in counts.items()]
    return models.GeneratedField(
        expression=Case(
            *middles,
            default=Coalesce(F(exact), Value(0), output_field=models.BigIntegerField()),
            output_field=models.BigIntegerField(),
        ),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )


class SalesReport(models.Model):
    """What one seller sold on one day, as she says: each number exact, or a bracket, never both.

    open from closing time on → locked at the end of H+7, by the clock alone; after that staff
    correct it with a reason, and `SalesCorrection` keeps both values.
    """

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="sales_reports"
    )
    day = models.ForeignKey(
        EventDay, verbose_name=_("hari"), on_delete=models.PROTECT, related_name="sales_reports"
    )
    booth_omzet = models.BigIntegerField(_("omzet lapak (Rp)"), null=True, blank=True)
    booth_bracket = models.CharField(
        _("kisaran omzet lapak"), max_length=5, choices=OmzetBracket, blank=True
    )
    # Both empty: she did not say, which counts as nothing.
    online_omzet = models.BigIntegerField(_("omzet daring (Rp)"), null=True, blank=True)
    online_bracket = models.CharField(
        _("kisaran omzet daring"), max_length=5, choices=OmzetBracket, blank=True
    )
    pieces = models.PositiveIntegerField(_("barang terjual"), null=True, blank=True)
    pieces_bracket = models.CharField(
        _("kisaran barang terjual"), max_length=5, choices=PiecesBracket, blank=True
    )
    transactions = models.PositiveIntegerField(_("transaksi"), null=True, blank=True)
    best_product = models.ForeignKey(
        Product,
        verbose_name=_("paling laku"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    best_words = models.CharField(_("paling laku, dengan kata"), max_length=80, blank=True)
    mood = models.CharField(_("suasana"), max_length=5, choices=Mood, blank=True)
    note = models.CharField(_("catatan penjual"), max_length=200, blank=True)
    source = models.CharField(
        _("sumber"), max_length=7, choices=ReportSource, default=ReportSource.SELLER
    )
    entered_by = models.ForeignKey(
        User,
        verbose_name=_("dicatat oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    # What each counts as in a sum.
    booth_sum = _counted("booth_bracket", OMZET_COUNTS, "booth_omzet")
    online_sum = _counted("online_bracket", OMZET_COUNTS, "online_omzet")
    pieces_sum = _counted("pieces_bracket", PIECES_COUNTS, "pieces")
    reported_at = models.DateTimeField(_("dilaporkan"))
    changed_at = models.DateTimeField(_("terakhir diubah"))

    objects = SalesReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan penjualan")
        verbose_name_plural = _("laporan penjualan")
        ordering = ["-day__date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["business", "day"], name="sales_once_a_seller_and_day"),
            models.CheckConstraint(
                condition=Q(booth_bracket="", booth_omzet__isnull=False)
                | Q(booth_bracket__in=OmzetBracket.values, booth_omzet__isnull=True),
                name="sales_booth_exact_or_bracket",
            ),
            models.CheckConstraint(
                condition=Q(online_bracket="")
                | Q(online_bracket__in=OmzetBracket.values, online_omzet__isnull=True),
                name="sales_online_exact_or_bracket",
            ),
            models.CheckConstraint(
                condition=Q(pieces_bracket="", pieces__isnull=False)
                | Q(pieces_bracket__in=PiecesBracket.values, pieces__isnull=True),
                name="sales_pieces_exact_or_bracket",
            ),
            models.CheckConstraint(
                condition=(
                    Q(booth_omzet__isnull=True) | Q(booth_omzet__gte=0, booth_omzet__lte=MOST_OMZET)
                )
                & (
                    Q(online_omzet__isnull=True)
                    | Q(online_omzet__gte=0, online_omzet__lte=MOST_OMZET)
                ),
                name="sales_omzet_of_one_day",
                violation_error_message=_("Omzet sehari paling banyak Rp1.000.000.000."),
            ),
            models.CheckConstraint(
                condition=(Q(pieces__isnull=True) | Q(pieces__lte=MOST_PIECES))
                & (Q(transactions__isnull=True) | Q(transactions__lte=MOST_PIECES)),
                name="sales_pieces_of_one_day",
                violation_error_message=_("Jumlah sehari paling banyak 100.000."),
            ),
            models.CheckConstraint(
                condition=Q(best_product__isnull=True) | Q(best_words=""),
                name="sales_best_product_or_words",
            ),
            models.CheckConstraint(
                condition=Q(mood__in=["", *Mood.values]), name="sales_mood_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=ReportSource.values), name="sales_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business} {self.day}"

    @property
    def omzet_sum(self) -> int:
        return int(self.booth_sum + self.online_sum)

    @property
    def omzet_estimated(self) -> int:
        """How much of it is the middle of brackets."""
        booth = self.booth_sum if self.booth_bracket else 0
        return int(booth + (self.online_sum if self.online_bracket else 0))

    @property
    def pieces_estimated(self) -> int:
        return int(self.pieces_sum) if self.pieces_bracket else 0

    def is_locked(self, *, at: datetime) -> bool:
        return at >= report_locks_at(self.day)


class SalesCorrection(models.Model):
    """What staff changed in a report, with the numbers before and after.

    A database trigger refuses UPDATE and DELETE, but for the reason of a business that is
    forgotten, which becomes FORGOTTEN. `before` is empty when there was no report yet.
    """

    report = models.ForeignKey(
        SalesReport,
        verbose_name=_("laporan"),
        on_delete=models.PROTECT,
        related_name="corrections",
    )
    before = models.JSONField(_("semula"), default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("menjadi"), default=dict, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("alasan"), max_length=300)
    by = models.ForeignKey(User, verbose_name=_("oleh"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("koreksi laporan penjualan")
        verbose_name_plural = _("koreksi laporan penjualan")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sales_correction_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.at:%d/%m/%Y}"
