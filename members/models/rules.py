"""What a year of membership costs and how long it lasts; each row holds from its day on."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from members.choices import BusinessSize, RateSize, ValidityMode


class DuesRateQuerySet(models.QuerySet["DuesRate"]):
    def begun(self, *, on: date, size: str | None = None) -> Self:
        """Rates for all sizes or for this one that began by `on`, the one in force first.

        A business whose sales are not known pays as a micro one. On the same day the rate for
        its size comes before the one for all.
        """
        mine = self.filter(size__in=[RateSize.ALL, size or BusinessSize.MIKRO], starts_on__lte=on)
        # "all" comes first in the alphabet, so backwards it is the last of a day.
        return mine.order_by("-starts_on", "-size")

    def in_force(self, *, on: date, size: str | None = None) -> DuesRate:
        """Return the rate that began last; raises DuesRate.DoesNotExist when none has begun."""
        found = self.begun(on=on, size=size).first()
        if found is None:
            raise DuesRate.DoesNotExist
        return found


class DuesRate(models.Model):
    """What a year costs from a day on; old invoices keep the amount they were made with.

    A rate for all sizes replaces those of single sizes from its day on. Rows are only added, by
    two people (ChangeProposal).
    """

    starts_on = models.DateField(_("berlaku mulai"))
    size = models.CharField(
        _("untuk usaha"),
        max_length=10,
        choices=RateSize,
        default=RateSize.ALL,
        db_default=RateSize.ALL,
    )
    amount = models.PositiveIntegerField(_("iuran setahun (Rp)"))
    joining_fee = models.PositiveIntegerField(_("uang pangkal (Rp)"), default=0, db_default=0)

    objects = DuesRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("tarif iuran")
        verbose_name_plural = _("tarif iuran")
        ordering = ["-starts_on", "size"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="dues_rate_positive"),
            models.UniqueConstraint(fields=["starts_on", "size"], name="dues_rate_one_a_day"),
            models.CheckConstraint(
                condition=Q(size__in=RateSize.values), name="dues_rate_size_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.amount}"


class DuesRulesQuerySet(models.QuerySet["DuesRules"]):
    def in_force(self, *, on: date) -> DuesRules:
        """Return the rules of that day; before any row has begun, those of the settings."""
        begun = self.filter(starts_on__lte=on).order_by("-starts_on").first()
        return begun or DuesRules.initial()


class DuesRules(models.Model):
    """How long a paid year lasts and what happens at its end, from a day on.

    The rules in force on the day that is asked about decide, so a new grace holds for everybody
    from its day on. Rows are only added, by two people (ChangeProposal).
    """

    starts_on = models.DateField(_("berlaku mulai"), unique=True)
    mode = models.CharField(_("masa berlaku"), max_length=18, choices=ValidityMode)
    grace_days = models.PositiveSmallIntegerField(_("masa tenggang (hari)"))
    window_days = models.PositiveSmallIntegerField(
        _("bisa diperpanjang sebelum berakhir (hari)"),
        help_text=_("Selama hari-hari ini keanggotaan disebut segera berakhir."),
    )

    objects = DuesRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("aturan masa berlaku")
        verbose_name_plural = _("aturan masa berlaku")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=ValidityMode.values), name="dues_rules_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(grace_days__lte=366, window_days__lte=366), name="dues_rules_days_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.get_mode_display()}"

    @classmethod
    def initial(cls) -> DuesRules:
        """The rules of the settings, not saved: the first row is made of them."""
        return cls(
            starts_on=date(2000, 1, 1),
            mode=ValidityMode.ROLLING,
            grace_days=settings.DUES_GRACE_DAYS,
            window_days=settings.DUES_SOON_DAYS,
        )


def rule_days(field: str, *, on: date) -> Coalesce:
    """`grace_days` or `window_days` in force on that day, for use inside a query."""
    begun = DuesRules.objects.filter(starts_on__lte=on).order_by("-starts_on")
    return Coalesce(Subquery(begun.values(field)[:1]), Value(getattr(DuesRules.initial(), field)))
