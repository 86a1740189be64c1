"""What a training is beyond its event: who teaches what, who signs, what one takes home."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events.choices import Topic
from events.models.event import Event
from members.models import Office, User

GIVES = "P2"
"""The step of Jakpreneur that a training shows unless told otherwise."""


def private_storage() -> Storage:
    return storages["private"]


class Training(models.Model):
    """The details of an event of the kind "pelatihan"; without them it gives no certificates."""

    event = models.OneToOneField(
        Event,
        verbose_name=_("acara"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="training",
    )
    topic = models.CharField(_("topik"), max_length=10, choices=Topic)
    trainer = models.CharField(_("pelatih"), max_length=100)
    partner = models.CharField(
        _("mitra"),
        max_length=120,
        blank=True,
        help_text=_("Kampus, bank, atau lembaga yang ikut mengajar."),
    )
    hours = models.PositiveSmallIntegerField(
        _("jam pelajaran"), help_text=_("Tertulis di sertifikat.")
    )
    signer_name = models.CharField(_("penanda tangan"), max_length=100)
    signer_office = models.CharField(_("jabatan penanda tangan"), max_length=120)
    stage = models.CharField(
        _("bukti untuk langkah"),
        max_length=4,
        blank=True,
        default=GIVES,
        help_text=_("Usaha yang hadir mendapat bukti langkah Jakpreneur ini."),
    )
    office = models.ForeignKey(
        Office,
        verbose_name=_("dinas pengampu"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    feedback_open = models.BooleanField(_("masukan dibuka"), default=True)

    class Meta:
        verbose_name = _("keterangan pelatihan")
        verbose_name_plural = _("keterangan pelatihan")
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="training_topic_known"
            ),
            models.CheckConstraint(
                condition=Q(hours__gt=0),
                name="training_has_hours",
                violation_error_message=_("Jam pelajaran harus lebih dari 0."),
            ),
            models.CheckConstraint(
                condition=~Q(trainer="") & ~Q(signer_name="") & ~Q(signer_office=""),
                name="training_taught_and_signed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)


class MaterialQuerySet(models.QuerySet["Material"]):
    def for_everybody(self) -> Self:
        return self.filter(attendees_only=False)


class Material(models.Model):
    """Something to take home: a file in private storage, or a link to a recording."""

    event = models.ForeignKey(
        Event, verbose_name=_("acara"), on_delete=models.CASCADE, related_name="materials"
    )
    title = models.CharField(_("judul"), max_length=100)
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200, blank=True)
    size = models.PositiveIntegerField(_("ukuran (byte)"), default=0)
    url = models.URLField(_("tautan"), max_length=300, blank=True)
    after_event = models.BooleanField(_("tampil sesudah acara"), default=True)
    attendees_only = models.BooleanField(_("hanya untuk yang hadir"), default=True)
    added_at = models.DateTimeField(_("ditambahkan"), auto_now_add=True)
    added_by = models.ForeignKey(
        User,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("materi")
        verbose_name_plural = _("materi")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(url="", size__gt=0)) | (Q(file="", size=0) & ~Q(url="")),
                name="material_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def extension(self) -> str:
        """ "pdf", "pptx", "xlsx" or "jpg"; "" for a link."""
        return str(self.file.name).rpartition(".")[2] if self.file else ""

    @property
    def file_name(self) -> str:
        """What the file is called when it is saved, without its ending."""
        return slugify(self.title) or "materi"

    @property
    def kilobytes(self) -> int:
        return -(-self.size // 1000)

    def is_out(self, *, at: datetime) -> bool:
        """Whether its time has come; uses the event's `days`."""
        return not self.after_event or self.event.is_done(at=at)
