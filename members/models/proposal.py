"""A change that two people make: one proposes, another confirms within seven days."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices import ProposalKind, ProposalState
from members.models.person import User

DECIDED = (ProposalState.CONFIRMED, ProposalState.REFUSED)
"""Ends that another person chose; taking back is the proposer's own."""
STORED = (ProposalState.PROPOSED, *DECIDED, ProposalState.WITHDRAWN)


class ChangeProposalQuerySet(models.QuerySet["ChangeProposal"]):
    def open(self, *, at: datetime) -> Self:
        return self.filter(status=ProposalState.PROPOSED, expires_at__gt=at)

    def waiting_for(self, user: User, *, at: datetime) -> Self:
        """What this person may decide: whatever is open and somebody else's."""
        return self.open(at=at).exclude(proposed_by_id=user.pk)


class ChangeProposal(models.Model):
    """A new fee, rule, bank account or QRIS code, waiting for a second pair of eyes.

    proposed → confirmed | refused (by another) | withdrawn (by whoever proposed); proposed and
    past `expires_at` is "expired", which is computed. Confirming writes the new row; nothing
    that was in force before is changed.
    """

    kind = models.CharField(_("yang diubah"), max_length=8, choices=ProposalKind)
    payload = models.JSONField(_("isi"))
    before = models.JSONField(
        _("yang digantikan"),
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text=_("Yang berlaku saat diusulkan. Bila sudah berubah, usulan tidak bisa disahkan."),
    )
    reason = models.CharField(_("alasan"), max_length=300)
    proposed_by = models.ForeignKey(
        User, verbose_name=_("diusulkan oleh"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("diusulkan"))
    expires_at = models.DateTimeField(_("disahkan paling lambat"))
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED
    )
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    refusal_reason = models.CharField(_("alasan penolakan"), max_length=300, blank=True)

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan perubahan")
        verbose_name_plural = _("usulan perubahan")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="proposal_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_by__isnull=False)
                | (~Q(status__in=DECIDED) & Q(decided_by__isnull=True)),
                name="proposal_decider_iff_decided",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalState.PROPOSED, decided_at__isnull=True)
                | (~Q(status=ProposalState.PROPOSED) & Q(decided_at__isnull=False)),
                name="proposal_end_stamped",
            ),
            models.CheckConstraint(condition=Q(status__in=STORED), name="proposal_status_known"),
            models.CheckConstraint(
                condition=Q(kind__in=ProposalKind.values), name="proposal_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_reason"),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"], condition=Q(status="proposed"), name="proposal_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposed_at:%d/%m/%Y}"

    def state(self, *, at: datetime) -> ProposalState:
        status = ProposalState(self.status)
        if status == ProposalState.PROPOSED and self.expires_at <= at:
            return ProposalState.EXPIRED
        return status
