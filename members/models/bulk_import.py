from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices import ImportState
from members.models.business import Business
from members.models.document import private_storage
from members.models.paper_code import PaperCode
from members.models.person import User

AT_WORK = (ImportState.TO_CHECK, ImportState.CHECKING, ImportState.TO_WRITE, ImportState.WRITING)
"""A job has the file or will take it."""
STAMPED = (ImportState.DONE, ImportState.UNDONE)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)

    def stalled(self, *, since: datetime) -> Self:
        """No job has touched these since then: the worker or the database went away."""
        return self.at_work().filter(touched_at__lt=since)

    def with_file_until(self, moment: datetime) -> Self:
        """Settled before that moment, and the uploaded file still lies there."""
        return self.exclude(state__in=AT_WORK).exclude(file="").filter(touched_at__lt=moment)


class SheetImport(models.Model):
    """An uploaded sheet that a job checks and, once somebody has seen what it would do, writes.

    NOUN begins its lines in the trail, FILES are what was uploaded, BESIDE is read with it.
    """

    NOUN: ClassVar[str]
    FILES: ClassVar[tuple[str, ...]] = ("file",)
    BESIDE: ClassVar[tuple[str, ...]] = ("uploaded_by",)

    file = models.FileField(_("berkas"), storage=private_storage, max_length=200, blank=True)
    file_name = models.CharField(_("nama berkas"), max_length=200)
    file_digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        _("keadaan"), max_length=10, choices=ImportState, default=ImportState.TO_CHECK
    )
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    touched_at = models.DateTimeField(_("terakhir bergerak"))
    tries = models.PositiveSmallIntegerField(_("percobaan"), default=0, db_default=0)
    finished_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    rows_total = models.PositiveIntegerField(_("baris"), default=0)
    rows_done = models.PositiveIntegerField(_("baris selesai"), default=0)
    created = models.PositiveIntegerField(_("baru"), default=0)
    updated = models.PositiveIntegerField(_("diubah"), default=0)
    unchanged = models.PositiveIntegerField(_("tetap"), default=0)
    refused = models.PositiveIntegerField(_("bermasalah"), default=0)
    refusal = models.CharField(_("sebab"), max_length=500, blank=True)
    problems = models.JSONField(
        _("baris bermasalah"),
        default=list,
        blank=True,
        help_text=_("[nomor baris, alasan], tanpa isi barisnya."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


class ImportBatch(SheetImport):
    """One uploaded file of members, all rows of it or none.

    to_check → checking → checked | refused; checked → to_write → writing → done | refused;
    checked | refused → cancelled; done → undone (what was created and is untouched is deleted).
    The file goes once it is written, called off, or a day old.
    """

    NOUN = "member_import"

    tell_owners = models.BooleanField(_("kabari pemilik"), default=False)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("oleh"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("impor anggota")
        verbose_name_plural = _("impor anggota")
        ordering = ["-pk"]
        permissions = [
            ("import_members", "Boleh mengimpor anggota"),
            ("export_members", "Boleh mengekspor anggota"),
            ("issue_claim_code", "Boleh membuat kode klaim"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STAMPED, finished_at__isnull=False)
                | (~Q(state__in=STAMPED) & Q(finished_at__isnull=True)),
                name="import_done_iff_stamped",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=STAMPED) | Q(file=""), name="import_file_gone_when_done"
            ),
        ]


class ImportedMemberQuerySet(models.QuerySet["ImportedMember"]):
    def unclaimed(self) -> Self:
        return self.filter(claimed_at=None)


class ImportedMember(models.Model):
    """This business was made by an import. Until claimed, its owner is a name without sign-in."""

    batch = models.ForeignKey(
        ImportBatch, verbose_name=_("impor"), on_delete=models.PROTECT, related_name="members"
    )
    business = models.OneToOneField(
        Business, verbose_name=_("usaha"), on_delete=models.CASCADE, related_name="imported"
    )
    line = models.PositiveIntegerField(_("baris"))
    claimed_at = models.DateTimeField(_("diklaim"), null=True, blank=True)

    objects = ImportedMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("anggota impor")
        verbose_name_plural = _("anggota impor")

    def __str__(self) -> str:
        return f"{self.business}"


class ClaimCode(PaperCode):
    """A one-time code on paper that binds an imported record to its owner's account."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claim_codes")

    class Meta:
        verbose_name = _("kode klaim")
        verbose_name_plural = _("kode klaim")

    def __str__(self) -> str:
        return f"{self.user} {self.issued_at:%Y-%m-%d}"
