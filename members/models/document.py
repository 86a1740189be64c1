from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import ApplicationStatus, DocumentKind, DocumentState, DocumentStatus
from members.models.business import Business
from members.models.person import User

SOON_DAYS = 60
"""A document "ends soon" from the day of the first reminder on (H-60)."""
DRAFT_DAYS = 90
"""How long the scans of an application wait that was never sent or was called off."""
WAITING = (DocumentStatus.UPLOADED, DocumentStatus.CHECKING)


def private_storage() -> Storage:
    return storages["private"]


class DocumentQuerySet(models.QuerySet["Document"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within_reach_of(self, staff: User) -> Self:
        """As of the businesses: a Petugas of one kecamatan sees that kecamatan's."""
        return self.filter(business__in=Business.objects.sent().within_reach_of(staff))

    def in_vault(self) -> Self:
        """Licences of a business. A KTP goes with its application, not here."""
        return self.exclude(kind=DocumentKind.KTP)

    def current(self) -> Self:
        """Without those another upload took the place of."""
        return self.filter(replaced_at=None)

    def waiting(self) -> Self:
        """An officer has still to say whether it is good."""
        return self.in_vault().current().filter(status__in=WAITING)

    def valid(self, *, on: date) -> Self:
        """Verified and not over on that day; what badges may claim."""
        return (
            self.in_vault()
            .current()
            .filter(Q(expires_on=None) | Q(expires_on__gte=on), status=DocumentStatus.VERIFIED)
        )

    def to_delete(self, *, on: date) -> Self:
        """Time over by decision, or scans of an application that nobody sent for 90 days."""
        unsent = Q(
            business__status__in=[ApplicationStatus.DRAFT, ApplicationStatus.CANCELLED],
            uploaded_at__date__lt=on - timedelta(days=DRAFT_DAYS),
        )
        return self.filter(Q(delete_after__lt=on) | unsent)


class Document(models.Model):
    """A private scan. `delete_after` is set by the decision: a KTP scan goes 30 days later.

    uploaded → checking (an officer opened it) → verified | refused; uploaded → verified | refused.
    Whether a verified one ends soon or is over is computed from `expires_on`. An upload takes the
    place of one that waits or was refused; one that is verified stays good until the next is.
    """

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.CASCADE, related_name="documents"
    )
    kind = models.CharField(_("jenis"), max_length=10, choices=DocumentKind)
    number = models.CharField(_("nomor"), max_length=40, blank=True, db_default="", default="")
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=DocumentStatus,
        default=DocumentStatus.UPLOADED,
        db_default=DocumentStatus.UPLOADED.value,
    )
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200)
    size = models.PositiveIntegerField(_("ukuran (byte)"))
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("diunggah oleh"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("diputuskan oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    refusal_reason = models.CharField(
        _("alasan ditolak"), max_length=300, blank=True, db_default="", default=""
    )
    replaced_at = models.DateTimeField(_("diganti"), null=True, blank=True)
    delete_after = models.DateField(_("dihapus setelah"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        constraints = [
            models.UniqueConstraint(
                fields=["business", "kind"],
                condition=Q(replaced_at=None) & ~Q(status=DocumentStatus.VERIFIED),
                name="document_one_undecided_per_kind",
            ),
            models.UniqueConstraint(
                fields=["business", "kind"],
                condition=Q(replaced_at=None, status=DocumentStatus.VERIFIED),
                name="document_one_in_force_per_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values), name="document_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=WAITING) | Q(decided_at__isnull=False),
                name="document_stamped_once_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.business}"

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING and self.replaced_at is None

    @property
    def extension(self) -> str:
        """ "jpg" or "pdf"; a scan is stored as nothing else."""
        return str(self.file.name).rpartition(".")[2]

    def state(self, *, on: date) -> DocumentState:
        """What people read; a verified one is soon over or over by its date."""
        if self.status != DocumentStatus.VERIFIED:
            return DocumentState(self.status)
        if self.expires_on is None or on < self.expires_on - timedelta(days=SOON_DAYS):
            return DocumentState.VALID
        return DocumentState.SOON if on <= self.expires_on else DocumentState.EXPIRED
