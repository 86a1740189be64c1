"""Companions (pendamping) of the city, who help an owner with one business for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from members.models.business import Business
from members.models.person import User

ACCESS_LIFE = timedelta(days=30)
"""Product N14: one business and 30 days."""
CODE_LIFE = timedelta(hours=24)


class TsTzRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class CompanionAccessQuerySet(models.QuerySet["CompanionAccess"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def of(self, companion: User | AnonymousUser) -> Self:
        return self.filter(companion_id=companion.pk).exclude(companion=None)

    def standing(self, *, at: datetime) -> Self:
        """Open now: begun, not over, not taken back."""
        return self.filter(starts_at__lte=at, ends_at__gt=at, revoked_at=None)

    def offered(self, *, at: datetime) -> Self:
        """A code is out that nobody has used."""
        return self.filter(starts_at=None, revoked_at=None, code_expires_at__gt=at)

    def begun(self) -> Self:
        return self.exclude(starts_at=None)


class CompanionAccess(models.Model):
    """One companion may fill the form, add products and ask for booths of one business.

    offered (a code is out) → begun → over by itself or revoked; offered → revoked. A signature
    sheet begins at once. Never money, papers, consents by herself, the NIK in full, the owner's
    phone, e-mail or password, nor other people.

    Companions are staff, and TOTP is asked of them as of all staff: they open the data of many
    owners on a phone they carry through the street, and the app with the codes is on that phone.
    """

    business = models.ForeignKey(
        Business,
        verbose_name=_("usaha"),
        on_delete=models.CASCADE,
        related_name="companion_accesses",
    )
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("dibuka"))
    code_digest = models.CharField(max_length=64, blank=True, editable=False)
    code_expires_at = models.DateTimeField(_("kode berlaku sampai"), null=True)
    sheet = models.CharField(_("nomor lembar tanda tangan"), max_length=40, blank=True)
    signed_on = models.DateField(_("ditandatangani"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    companion = models.ForeignKey(
        User,
        verbose_name=_("pendamping"),
        on_delete=models.PROTECT,
        null=True,
        related_name="companion_accesses",
    )
    starts_at = models.DateTimeField(_("mulai"), null=True)
    ends_at = models.DateTimeField(_("sampai"), null=True)
    revoked_at = models.DateTimeField(_("dicabut"), null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CompanionAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("akses pendamping")
        verbose_name_plural = _("akses pendamping")
        ordering = ["-pk"]
        permissions = [("help_owners", _("Boleh membantu pemilik usaha dengan izinnya"))]
        constraints = [
            models.UniqueConstraint(
                fields=["code_digest"], condition=~Q(code_digest=""), name="companion_code_unique"
            ),
            models.CheckConstraint(
                condition=(
                    ~Q(code_digest="") & Q(code_expires_at__isnull=False, sheet="", signed_on=None)
                )
                | (Q(code_digest="", code_expires_at=None, signed_on__isnull=False) & ~Q(sheet="")),
                name="companion_by_code_or_sheet",
            ),
            models.CheckConstraint(
                condition=Q(companion=None, starts_at=None, ends_at=None)
                | Q(companion__isnull=False, starts_at__isnull=False, ends_at__isnull=False),
                name="companion_begun_whole",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None)
                | Q(ends_at__gt=F("starts_at"), ends_at__lte=F("starts_at") + ACCESS_LIFE),
                name="companion_at_most_30_days",
            ),
            ExclusionConstraint(
                name="companion_once_per_business",
                expressions=[
                    ("business", RangeOperators.EQUAL),
                    ("companion", RangeOperators.EQUAL),
                    (
                        TsTzRange("starts_at", Least("ends_at", "revoked_at"), RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(companion__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["companion", "ends_at"], name="companion_own")]

    def __str__(self) -> str:
        return f"{self.companion or '?'} {self.business}"

    def is_standing(self, *, at: datetime) -> bool:
        return bool(
            self.starts_at
            and self.ends_at
            and self.revoked_at is None
            and self.starts_at <= at < self.ends_at
        )
