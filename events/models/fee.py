"""The flat fee of a place in the market: what came in, was waived, or went back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from events.choices import STANDING, EventStatus
from events.fee_choices import SETTLING, TAKING_BACK, FeeEntryKind, FeeMethod, FeeStatus
from events.models.booth import BoothPlace, BoothPlaceQuerySet
from members.models import User


class FeeEntryQuerySet(models.QuerySet["FeeEntry"]):
    def standing(self) -> Self:
        """Money that came, or a waiver, and nobody has taken it back."""
        return self.filter(kind__in=SETTLING, taken_back=None)

    def total(self) -> int:
        """Rupiah; below zero when more went out than came in."""
        return int(self.aggregate(sum=Coalesce(Sum("amount"), 0))["sum"])


class FeeEntry(models.Model):
    """One row of the ledger of booth fees: never edited or deleted (a trigger, migration 0013).

    A receipt brings the whole fee of its place. A waiver brings nothing and says why. A refund
    is money that went back, a reversal a row that was typed wrong: each takes one row away.
    """

    place = models.ForeignKey(
        BoothPlace, verbose_name=_("tempat"), on_delete=models.PROTECT, related_name="fee_entries"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=FeeEntryKind)
    amount = models.IntegerField(_("jumlah (Rp)"))
    method = models.CharField(_("cara bayar"), max_length=10, choices=FeeMethod, blank=True)
    moved_on = models.DateField(_("tanggal"))
    reference = models.CharField(_("referensi"), max_length=60, blank=True)
    number = models.CharField(_("nomor"), max_length=24, unique=True)
    code = models.CharField(max_length=10, unique=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    takes_back = models.OneToOneField(
        "self",
        verbose_name=_("membatalkan"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back",
    )
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("dicatat oleh"), on_delete=models.PROTECT, related_name="+"
    )

    objects = FeeEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan biaya lapak")
        verbose_name_plural = _("buku biaya lapak")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FeeEntryKind.RECEIPT, amount__gt=0, takes_back=None)
                & Q(method__in=FeeMethod.values)
                | Q(kind=FeeEntryKind.WAIVER, amount=0, takes_back=None, method="") & ~Q(reason="")
                | Q(kind__in=TAKING_BACK, amount__lte=0, takes_back__isnull=False) & ~Q(reason=""),
                name="fee_entry_kind_fits",
            ),
            models.CheckConstraint(
                condition=~Q(method=FeeMethod.TRANSFER, kind=FeeEntryKind.RECEIPT)
                | ~Q(reference=""),
                name="fee_entry_transfer_referenced",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_taken_back(self) -> bool:
        return hasattr(self, "taken_back")


def standing_entry(place: BoothPlace) -> FeeEntry | None:
    """The receipt or waiver that settles the fee today."""
    return next((r for r in _rows(place) if r.kind in SETTLING and not r.is_taken_back), None)


def fee_status(place: BoothPlace) -> FeeStatus | None:
    """What its rows, and whether she still comes, make of it; None: nothing owed or ever paid."""
    settled = standing_entry(place)
    comes = place.status in STANDING and place.day.event.status != EventStatus.CANCELLED
    if settled and settled.kind == FeeEntryKind.RECEIPT:
        return FeeStatus.PAID if comes else FeeStatus.TO_RETURN
    if comes and place.fee:
        return FeeStatus.WAIVED if settled else FeeStatus.OWED
    went_back = any(row.kind == FeeEntryKind.REFUND for row in _rows(place))
    return FeeStatus.RETURNED if went_back else None


def owing(places: BoothPlaceQuerySet) -> BoothPlaceQuerySet:
    """Those who come and have neither paid nor been let off."""
    here = places.standing().filter(fee__gt=0).exclude(day__event__status=EventStatus.CANCELLED)
    return here.exclude(_settled())


def with_debts(places: BoothPlaceQuerySet) -> BoothPlaceQuerySet:
    """Each standing place with `owes`: whether its fee is neither paid nor waived."""
    return places.annotate(owes=Q(fee__gt=0) & ~_settled())


def to_return(places: BoothPlaceQuerySet) -> BoothPlaceQuerySet:
    """Those who paid and do not come: they called off, or the market was."""
    paid = places.filter(_settled(FeeEntryKind.RECEIPT))
    return paid.filter(~Q(status__in=STANDING) | Q(day__event__status=EventStatus.CANCELLED))


def _settled(*kinds: FeeEntryKind) -> Exists:
    rows = FeeEntry.objects.standing().filter(place=OuterRef("pk"))
    return Exists(rows.filter(kind__in=kinds) if kinds else rows)


def _rows(place: BoothPlace) -> Iterable[FeeEntry]:
    """The newest first; a free place is not asked about."""
    return place.fee_entries.all() if place.fee else []
