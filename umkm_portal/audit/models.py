"""What happened, to what, by whom. Actions write here; nobody changes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    WEB = "web", _("Portal")
    ADMIN = "admin", _("Meja petugas")
    LINK = "tautan", _("Tautan bertanda tangan")
    GATEWAY = "gateway", _("Gerbang pembayaran")
    IMPORT = "impor", _("Impor")
    SCHEDULE = "jadwal", _("Jadwal")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        )


class AuditEntry(models.Model):
    """A database trigger refuses UPDATE and DELETE (migration 0001)."""

    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    via = models.CharField(_("lewat"), max_length=10, choices=Via)
    verb = models.CharField(_("kejadian"), max_length=60)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    subject = GenericForeignKey()
    data = models.JSONField(_("isi"), default=dict, encoder=DjangoJSONEncoder)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan jejak")
        verbose_name_plural = _("catatan jejak")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_by_subject")]
        constraints = [
            models.CheckConstraint(condition=models.Q(via__in=Via.values), name="audit_via_known")
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.object_id}"


def record(
    verb: str, subject: models.Model, *, by: AbstractBaseUser | None, via: str, **data: Any
) -> AuditEntry:
    """Write one line ``noun.verb_past``; `data` says what changed from what to what."""
    return AuditEntry.objects.create(
        verb=verb, subject=subject, by_id=by.pk if by else None, via=via, data=data
    )


def record_many(
    verb: str,
    lines: Iterable[tuple[models.Model, dict[str, Any]]],
    *,
    by: AbstractBaseUser | None,
    via: str,
) -> None:
    """Write one line per subject as `record` does, many at once; for imports of thousands."""
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(verb=verb, subject=subject, by_id=by.pk if by else None, via=via, data=data)
            for subject, data in lines
        ),
        batch_size=500,
    )
