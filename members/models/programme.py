"""Jakpreneur, the city's programme: who is in it, its seven steps, and what shows each of them.

The steps are independent flags with a date, an office, and evidence. Their order is a suggestion
(sources disagree about it) and only registration is compulsory.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.choices import DocumentKind, EvidenceKind
from members.models.business import Business
from members.models.document import Document
from members.models.office import Office
from members.models.person import User

LICENCES = (DocumentKind.NIB, DocumentKind.PIRT, DocumentKind.HALAL)
"""Which verified documents show the step of licences."""
DERIVED = (EvidenceKind.REGISTERED, EvidenceKind.LICENCE)
"""Nobody records these: they hold as long as the membership and the document do."""


class JakpreneurMembership(models.Model):
    """The city's programme: no fee, no expiry; made when a business is approved."""

    business = models.OneToOneField(Business, on_delete=models.PROTECT, related_name="jakpreneur")
    joined_on = models.DateField(_("terdaftar sejak"))

    class Meta:
        verbose_name = _("anggota Jakpreneur")
        verbose_name_plural = _("anggota Jakpreneur")

    def __str__(self) -> str:
        return f"{self.business.number} {self.business}"


class ProgrammeStage(models.Model):
    """One step, P1 to P7. Its code stays; name, order, words and rules are the city's to change."""

    code = models.CharField(_("kode"), max_length=4, unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"))
    name = models.CharField(_("nama"), max_length=60)
    description = models.CharField(_("keterangan"), max_length=300, blank=True)
    hint = models.CharField(
        _("langkah berikut"),
        max_length=300,
        blank=True,
        help_text=_("Apa yang bisa dikerjakan pemilik untuk mencapai langkah ini."),
    )
    kinds = ArrayField(
        models.CharField(max_length=12, choices=EvidenceKind),
        verbose_name=_("bukti yang diterima"),
        default=list,
    )
    needed = models.PositiveSmallIntegerField(
        _("banyaknya bukti"),
        default=1,
        help_text=_("Dari satu jenis. Catatan petugas selalu cukup satu."),
    )

    class Meta:
        verbose_name = _("langkah Jakpreneur")
        verbose_name_plural = _("langkah Jakpreneur")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(needed__gte=1), name="stage_needs_something"),
            models.CheckConstraint(condition=~Q(name=""), name="stage_named"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def needed_of(self, kind: str) -> int:
        return 1 if kind == EvidenceKind.STAFF else self.needed

    def reached(self, *, on: date) -> Q:
        """Which businesses have reached this step by the evidence that stands on that day."""
        found = Q(pk__in=[])
        for kind in self.kinds:
            found |= Q(models.Exists(self._rows(kind, on)))
        return found

    def _rows(self, kind: str, on: date) -> models.QuerySet[Any, Any]:
        mine = Q(business=OuterRef("pk"))
        if kind == EvidenceKind.REGISTERED:
            return JakpreneurMembership.objects.filter(mine, joined_on__lte=on)
        if kind == EvidenceKind.LICENCE:
            return Document.objects.valid(on=on).filter(mine, kind__in=LICENCES)
        rows = StageEvidence.objects.standing().filter(mine, stage=self.pk, kind=kind, on__lte=on)
        if self.needed_of(kind) == 1:
            return rows
        counted = rows.order_by().values("business").annotate(count=Count("pk"))
        return counted.filter(count__gte=self.needed_of(kind))


class StageEvidenceQuerySet(models.QuerySet["StageEvidence"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def within_reach_of(self, staff: User) -> Self:
        """As of the businesses: a Petugas of one kecamatan sees that kecamatan's."""
        return self.filter(business__in=Business.objects.sent().within_reach_of(staff))


class StageEvidence(models.Model):
    """One thing that shows a step. standing → removed (with a reason); never edited or deleted.

    `source` names where it comes from ("training:12"), so the same thing counts once. `note` is
    what an officer wrote for colleagues of the city: Kadin never reads it, the owner in a copy of
    her data.
    """

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="evidence"
    )
    stage = models.ForeignKey(
        ProgrammeStage, verbose_name=_("langkah"), on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(_("jenis bukti"), max_length=12, choices=EvidenceKind)
    source = models.CharField(max_length=80)
    on = models.DateField(_("tanggal"))
    label = models.CharField(_("keterangan untuk pemilik"), max_length=120, blank=True)
    note = models.TextField(_("catatan petugas"), blank=True)
    office = models.ForeignKey(
        Office,
        verbose_name=_("dinas pengampu"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        User,
        verbose_name=_("dicatat oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    removed_at = models.DateTimeField(_("dicabut"), null=True, blank=True)
    removed_because = models.CharField(_("alasan dicabut"), max_length=300, blank=True)

    objects = StageEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bukti langkah")
        verbose_name_plural = _("bukti langkah")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "stage", "source"],
                condition=Q(removed_at=None),
                name="evidence_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EvidenceKind.values) & ~Q(kind__in=DERIVED),
                name="evidence_kind_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_because="")
                | (Q(removed_at__isnull=False) & ~Q(removed_because="")),
                name="evidence_removed_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["stage", "kind", "business"],
                condition=Q(removed_at=None),
                name="evidence_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage.code} {self.business}"
