from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import ReminderOutcome, ReminderRule
from members.models.membership import MembershipTerm
from umkm_portal.notices.models import Notice

OUTCOME_WORDS = {
    ReminderOutcome.SENT: _("dikirim"),
    ReminderOutcome.INBOX: _("hanya di Pesan"),
    ReminderOutcome.SKIPPED: _("tidak dikirim"),
}


class ReminderLog(models.Model):
    """Whether one rule spoke about one paid year, and if not, why. Never changed.

    One row per term and rule: running twice sends once, and next year's term is spoken of again.
    """

    term = models.ForeignKey(
        MembershipTerm,
        verbose_name=_("masa keanggotaan"),
        on_delete=models.CASCADE,
        related_name="reminders",
    )
    rule = models.CharField(_("aturan"), max_length=4, choices=ReminderRule)
    decided_at = models.DateTimeField(_("diputuskan"), auto_now_add=True)
    outcome = models.CharField(_("hasil"), max_length=7, choices=ReminderOutcome)
    reason = models.CharField(_("karena"), max_length=120, blank=True)
    notice = models.ForeignKey(
        Notice, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("pengingat iuran")
        verbose_name_plural = _("pengingat iuran")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "rule"], name="reminder_once_per_term_rule"),
            models.CheckConstraint(
                condition=Q(rule__in=ReminderRule.values), name="reminder_rule_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ReminderOutcome.SENT, reason="")
                | (Q(outcome__in=ReminderOutcome.values) & ~Q(outcome="sent") & ~Q(reason="")),
                name="reminder_reasoned_unless_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.get_outcome_display()}"

    @property
    def line(self) -> str:
        """ "H-7 tidak dikirim: sudah diperpanjang", as staff read it."""
        words = f"{self.rule} {OUTCOME_WORDS[ReminderOutcome(self.outcome)]}"
        return f"{words}: {self.reason}" if self.reason else words
