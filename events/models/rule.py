from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from members.models import ProgrammeStage


class SignUpRule(models.Model):
    """Who may sign up for an event beyond "anybody": each part is optional, none means no rule."""

    event = models.OneToOneField(
        Event,
        verbose_name=_("acara"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="rule",
    )
    per_kecamatan = models.PositiveSmallIntegerField(
        _("paling banyak per kecamatan"),
        null=True,
        blank=True,
        help_text=_("Yang lebih masuk daftar tunggu kecamatannya. Kosong berarti tidak dibatasi."),
    )
    stage = models.ForeignKey(
        ProgrammeStage,
        verbose_name=_("sudah mencapai langkah"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Hanya usaha yang sudah mencapai langkah Jakpreneur ini."),
    )
    needs_nib = models.BooleanField(
        _("sudah punya NIB"),
        default=False,
        help_text=_("Hanya usaha yang NIB-nya sudah diperiksa petugas."),
    )

    class Meta:
        verbose_name = _("syarat peserta")
        verbose_name_plural = _("syarat peserta")
        constraints = [
            models.CheckConstraint(
                condition=Q(per_kecamatan__isnull=True) | Q(per_kecamatan__gt=0),
                name="sign_up_rule_seats_positive",
                violation_error_message=_("Tulis angka lebih dari 0, atau kosongkan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.event)

    @property
    def is_for_businesses(self) -> bool:
        """A guest cannot show a step or a number: who has no account is refused."""
        return self.needs_nib or self.stage_id is not None

    @property
    def asked(self) -> str:
        """What a business must show, for a sentence: "sudah punya NIB"."""
        nib = [gettext("sudah punya NIB")] if self.needs_nib else []
        step = [gettext("sudah mencapai langkah %s") % self.stage] if self.stage else []
        return gettext(" dan ").join([*nib, *step])


def rule_of(event: Event) -> SignUpRule | None:
    """The event's rule; None when everybody may come. Asked once of one event."""
    rule: SignUpRule | None = getattr(event, "rule", None)
    return rule
