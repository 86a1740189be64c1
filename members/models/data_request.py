from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.choices import DataRequestKind, DataRequestStatus
from members.models.person import User

CLOCK = timedelta(hours=72)
"""UU 27/2022 art. 30, 32, 40 and 41: answered within 3 x 24 hours of the request."""


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    def of(self, user: User | AnonymousUser) -> Self:
        return self.filter(user_id=user.pk)

    def waiting(self) -> Self:
        """What staff still owe an answer, the most urgent first."""
        return self.filter(status=DataRequestStatus.WAITING).order_by("due_at")

    def erasures_due(self, *, at: datetime) -> Self:
        return self.waiting().filter(kind=DataRequestKind.ERASURE, due_at__lte=at)


class DataRequest(models.Model):
    """A person asks to have data mended or erased.

    waiting → done | refused (with an answer) by staff; waiting → withdrawn by the person;
    an erasure still waiting when its 72 hours are over is carried out by the schedule.
    """

    user = models.ForeignKey(
        User, verbose_name=_("akun"), on_delete=models.PROTECT, related_name="data_requests"
    )
    kind = models.CharField(_("permintaan"), max_length=10, choices=DataRequestKind)
    text = models.TextField(_("isi"), blank=True)
    asked_at = models.DateTimeField(_("diminta"))
    due_at = models.DateTimeField(_("dijawab sebelum"))
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DataRequestStatus,
        default=DataRequestStatus.WAITING,
    )
    answer = models.TextField(_("jawaban"), blank=True)
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("permintaan data pribadi")
        verbose_name_plural = _("permintaan data pribadi")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DataRequestKind.values), name="data_request_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DataRequestStatus.values), name="data_request_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=DataRequestStatus.WAITING, decided_at__isnull=True)
                | (~Q(status=DataRequestStatus.WAITING) & Q(decided_at__isnull=False)),
                name="data_request_decided_iff_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(status=DataRequestStatus.REFUSED) | ~Q(answer=""),
                name="data_request_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="data_request_due_after_asked"
            ),
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=Q(status=DataRequestStatus.WAITING),
                name="data_request_one_waiting_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.asked_at:%d/%m/%Y}"

    @property
    def waits(self) -> bool:
        return self.status == DataRequestStatus.WAITING
