from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.day import EventDay
from events.models.event import Event
from members.choices import LISTING_SECTORS, Sector
from members.models import Kecamatan, Office, User

DEFAULT_NEWCOMERS_PERCENT = 20
"""Every fifth seat at the latest is for who never had a place before (N7)."""
DEFAULT_POOL_DAYS = 5
"""From so many days before a market day on, seats a quota left over are for everybody (N8)."""
WITHDRAW_DAYS = 2
"""Until the end of this many days before (H-2) a place is given up without a reason."""
DOCUMENT_DAYS = 7


class EditionQuerySet(models.QuerySet["Edition"]):
    def taking_applications(self, *, at: datetime) -> Self:
        return self.filter(applications_open_at__lte=at, applications_close_at__gt=at)

    def fee_for(self, event: Event) -> int:
        """Rupiah for one day, as it is asked now; 0 is free."""
        return self.filter(event=event).values_list("fee", flat=True).first() or 0


class Edition(models.Model):
    """How a Jumat Beli Lokal is run: what an event of that kind has beside its place and days.

    An edition without this row takes no applications; staff place sellers by hand.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, primary_key=True, related_name="edition"
    )
    applications_open_at = models.DateTimeField(_("pendaftaran dibuka"))
    applications_close_at = models.DateTimeField(_("pendaftaran ditutup"))
    seats_per_day = models.PositiveSmallIntegerField(
        _("tempat per hari"),
        null=True,
        blank=True,
        help_text=_("Kosong berarti sebanyak lapaknya."),
    )
    newcomers_percent = models.PositiveSmallIntegerField(
        _("bagian peserta baru (%)"), default=DEFAULT_NEWCOMERS_PERCENT
    )
    pool_days = models.PositiveSmallIntegerField(
        _("sisa kuota dibuka bersama H-"), default=DEFAULT_POOL_DAYS
    )
    document_days = models.PositiveSmallIntegerField(
        _("berkas lengkap paling lambat H-"), default=DOCUMENT_DAYS
    )
    tables_stock = models.PositiveSmallIntegerField(_("meja tersedia per hari"), default=0)
    chairs_stock = models.PositiveSmallIntegerField(_("kursi tersedia per hari"), default=0)
    watts_stock = models.PositiveIntegerField(_("listrik tersedia per hari (watt)"), default=0)
    fee = models.PositiveIntegerField(_("biaya lapak (Rp)"), default=0)
    fee_how = models.CharField(_("cara membayar biaya"), max_length=300, blank=True, db_default="")
    online_url = models.URLField(_("tautan kanal daring"), max_length=300, blank=True)
    online_label = models.CharField(_("nama kanal daring"), max_length=40, blank=True)
    asn_text = models.TextField(_("untuk ASN"), max_length=2000, blank=True)
    weather_plan = models.CharField(_("rencana bila hujan"), max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("penyelenggaraan JBL")
        verbose_name_plural = _("penyelenggaraan JBL")
        constraints = [
            models.CheckConstraint(
                condition=Q(applications_open_at__lt=F("applications_close_at")),
                name="edition_closes_after_opening",
                violation_error_message=_("Pendaftaran ditutup sesudah dibuka."),
            ),
            models.CheckConstraint(
                condition=Q(newcomers_percent__lte=100),
                name="edition_newcomers_at_most_all",
                violation_error_message=_("Paling banyak 100 persen."),
            ),
            models.CheckConstraint(
                condition=Q(seats_per_day__isnull=True) | Q(seats_per_day__gt=0),
                name="edition_seats_positive",
                violation_error_message=_("Paling sedikit satu tempat, atau kosongkan."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def takes_applications(self, *, at: datetime) -> bool:
        return self.applications_open_at <= at < self.applications_close_at

    def seats(self) -> int:
        """Of one day; the number of booths unless staff wrote another."""
        return self.seats_per_day or self.event.booths.count()

    def pool_opens_at(self, day: EventDay) -> datetime:
        """The beginning of H-5 in Jakarta; from then on no quota keeps a seat back."""
        return _midnight(day, self.pool_days)

    def documents_due_at(self, day: EventDay) -> datetime:
        """The end of H-7."""
        return _midnight(day, self.document_days - 1)

    def free_to_withdraw_until(self, day: EventDay) -> datetime:
        """The end of H-2; later a reason is asked."""
        return _midnight(day, WITHDRAW_DAYS - 1)


def _midnight(day: EventDay, days_before: int) -> datetime:
    date = day.date - timedelta(days=days_before)
    return timezone.make_aware(datetime.combine(date, time.min))


class EditionRules(models.Model):
    """A version of what sellers agree to; never changed, a new one is asked for again."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rules")
    version = models.PositiveSmallIntegerField(_("versi"))
    text = models.TextField(_("tata tertib"), max_length=6000)
    published_at = models.DateTimeField(_("berlaku sejak"), auto_now_add=True)

    class Meta:
        verbose_name = _("tata tertib")
        verbose_name_plural = _("tata tertib")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="edition_rules_version_once"),
            models.CheckConstraint(
                condition=Q(version__gt=0) & ~Q(text=""), name="edition_rules_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} v{self.version}"


class Quota(models.Model):
    """Seats a day of one cell: kecamatan × sponsoring office × category; an empty one is "any".

    Every applicant counts in exactly one cell, the most specific one that fits: her office before
    her kecamatan before her category. Whoever fits in none competes for seats no cell holds.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="quotas")
    kecamatan = models.ForeignKey(
        Kecamatan,
        verbose_name=_("kecamatan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("dinas pengampu"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    sector = models.CharField(_("kategori"), max_length=20, choices=Sector, blank=True)
    seats = models.PositiveSmallIntegerField(_("tempat per hari"))

    class Meta:
        verbose_name = _("kuota")
        verbose_name_plural = _("kuota")
        ordering = ["event", "kecamatan__name", "office__short_name", "sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kecamatan", "office", "sector"],
                name="quota_cell_once",
                nulls_distinct=False,
                violation_error_message=_("Kuota untuk pilihan ini sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(sector__in=["", *LISTING_SECTORS]), name="quota_sector_known"
            ),
        ]

    def __str__(self) -> str:
        parts = [self.kecamatan, self.office, self.get_sector_display()]
        return " · ".join(str(part) for part in parts if part) or str(_("Semua"))


class AllocationRun(models.Model):
    """Who was let in on a day was worked out once more, with this seed; published with it."""

    day = models.ForeignKey(EventDay, on_delete=models.CASCADE, related_name="allocations")
    seed = models.CharField(_("angka acak"), max_length=40)
    run_at = models.DateTimeField(_("dihitung"), auto_now_add=True)
    by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    seats = models.PositiveSmallIntegerField(_("tempat"))
    newcomers_percent = models.PositiveSmallIntegerField(_("bagian peserta baru (%)"))
    pool_was_open = models.BooleanField(_("sisa kuota sudah dibuka bersama"))
    accepted = models.PositiveIntegerField(_("diterima"))
    waitlisted = models.PositiveIntegerField(_("daftar tunggu"))

    class Meta:
        verbose_name = _("pembagian tempat")
        verbose_name_plural = _("pembagian tempat")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(seed=""), name="allocation_has_a_seed")]

    def __str__(self) -> str:
        return f"{self.day} {self.seed}"
