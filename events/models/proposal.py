from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import PROPOSED_KINDS, EventKind, ProposalStatus
from events.models.day import NIGHT_ENDS, goes_past_midnight
from events.models.event import Event
from events.models.registration import new_token
from members.models import Kecamatan, User


class EventProposalQuerySet(models.QuerySet["EventProposal"]):
    def waiting(self) -> Self:
        return self.filter(status=ProposalStatus.WAITING)


class EventProposal(models.Model):
    """What a partner or a kelurahan would like to see in the agenda, sent without an account.

    waiting → accepted (with an event, a draft) | refused (with a reason) | withdrawn.
    """

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    organiser = models.CharField(_("penyelenggara"), max_length=120)
    contact_name = models.CharField(_("nama penghubung"), max_length=100)
    phone = models.CharField(_("nomor HP"), max_length=16)
    email = models.EmailField(_("e-mail"), blank=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=EventKind)
    name = models.CharField(_("nama acara"), max_length=120)
    description = models.TextField(_("keterangan"), max_length=2000, blank=True)
    venue = models.CharField(_("tempat"), max_length=120)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    kecamatan = models.ForeignKey(
        Kecamatan, verbose_name=_("kecamatan"), on_delete=models.PROTECT, related_name="+"
    )
    date = models.DateField(_("tanggal"))
    opens_at = models.TimeField(_("mulai"))
    closes_at = models.TimeField(_("selesai"))
    status = models.CharField(
        _("status"), max_length=10, choices=ProposalStatus, default=ProposalStatus.WAITING
    )
    sent_at = models.DateTimeField(_("diusulkan"), auto_now_add=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    event = models.OneToOneField(
        Event,
        verbose_name=_("acara"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="proposal",
    )

    objects = EventProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan acara")
        verbose_name_plural = _("usulan acara")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PROPOSED_KINDS), name="event_proposal_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="event_proposal_status_known"
            ),
            models.CheckConstraint(
                condition=Q(phone__regex=r"^\+\d{8,15}$"), name="event_proposal_phone_e164"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at"))
                | Q(closes_at__lt=F("opens_at"), closes_at__lte=NIGHT_ENDS),
                name="event_proposal_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(status=ProposalStatus.WAITING, decided_at__isnull=True)
                | (~Q(status=ProposalStatus.WAITING) & Q(decided_at__isnull=False)),
                name="event_proposal_decided_iff_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.REFUSED) | ~Q(reason=""),
                name="event_proposal_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:proposal", args=[self.token])

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.date, self.opens_at))

    @property
    def ends(self) -> datetime:
        last = self.date + timedelta(days=goes_past_midnight(self.opens_at, self.closes_at))
        return timezone.make_aware(datetime.combine(last, self.closes_at))

    @property
    def state(self) -> ProposalStatus:
        return ProposalStatus(self.status)
