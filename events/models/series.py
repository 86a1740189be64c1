from __future__ import annotations

from datetime import date, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.models.day import NIGHT_ENDS, break_within_hours
from umkm_portal.lib import recurrence
from umkm_portal.lib.dates import tanggal_polos

AHEAD = timedelta(days=183)
"""Of a series without an end, dates are made for half a year; the clock adds to them."""
MOST_NAMED = 6
"""So many dates that are left out are named; more are counted."""
MOST_DATES = 110
"""Two years of Fridays: a rule typed by mistake does not fill the agenda."""


class EventSeries(models.Model):
    """An event that comes again: one event a date, made like the template.

    Each date is an event of its own from then on, and moves, changes or is called off by itself.
    """

    name = models.CharField(_("nama"), max_length=120)
    template = models.OneToOneField(
        "Event",
        verbose_name=_("acara contoh"),
        on_delete=models.PROTECT,
        related_name="repeated_by",
    )
    # RFC 5545, for a DTSTART that is `first_date`; UNTIL is part of it.
    rule = models.CharField(_("aturan"), max_length=200)
    first_date = models.DateField(_("mulai"))
    exceptions = ArrayField(models.DateField(), verbose_name=_("kecuali"), default=list, blank=True)
    set_up_at = models.TimeField(_("penjual datang"), null=True, blank=True)
    opens_at = models.TimeField(_("buka"), default=time(9))
    closes_at = models.TimeField(_("tutup"), default=time(16))
    break_from = models.TimeField(_("istirahat dari"), null=True, blank=True)
    break_to = models.TimeField(_("istirahat sampai"), null=True, blank=True)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)

    class Meta:
        verbose_name = _("acara berulang")
        verbose_name_plural = _("acara berulang")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__regex=r"^FREQ=[A-Z]+(;[A-Z]+=[-0-9A-Z,]+)*$"),
                name="series_rule_written",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"))
                | Q(closes_at__lt=F("opens_at"), closes_at__lte=NIGHT_ENDS),
                name="series_closes_after_opening",
                violation_error_message=_(
                    "Jam tutup harus sesudah jam buka, atau paling lambat 06.00 esok paginya."
                ),
            ),
            models.CheckConstraint(
                condition=Q(set_up_at__isnull=True) | Q(set_up_at__lte=F("opens_at")),
                name="series_set_up_before_opening",
                violation_error_message=_("Penjual datang sebelum jam buka."),
            ),
            models.CheckConstraint(
                condition=break_within_hours(),
                name="series_break_within_hours",
                violation_error_message=_(
                    "Isi awal dan akhir istirahat, di antara jam buka dan tutup."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pattern(self) -> recurrence.Pattern:
        return recurrence.read(self.rule, first=self.first_date)

    @property
    def words(self) -> str:
        """ "Tiap Jumat sampai 25 Desember 2026, kecuali 18 Desember 2026"."""
        said = recurrence.say(self.rule, first=self.first_date)
        left_out = sorted(set(self.exceptions))
        if not left_out:
            return said
        if len(left_out) > MOST_NAMED:
            return _now("%(said)s, kecuali %(n)d tanggal") % {"said": said, "n": len(left_out)}
        days = ", ".join(tanggal_polos(day) for day in left_out)
        return _now("%(said)s, kecuali %(days)s") % {"said": said, "days": days}

    def dates(self, *, today: date) -> list[date]:
        """All of them, past and coming, without the exceptions."""
        return [day for day in self.all_dates(today=today) if day not in self.exceptions]

    def all_dates(self, *, today: date) -> list[date]:
        """With those that were taken out."""
        to = self.pattern.until or max(today, self.first_date) + AHEAD
        found = recurrence.days(self.rule, first=self.first_date, to=to)
        return [day for day, _number in zip(found, range(MOST_DATES + 1), strict=False)]
