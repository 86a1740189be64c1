"""What happened, to what, by whom. Actions write here; nobody changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from umkm_portal.audit.trail import data_words, verb_words


class Via(models.TextChoices):
    WEB = "web", _("Portal")
    ADMIN = "admin", _("Meja petugas")
    LINK = "tautan", _("Tautan bertanda tangan")
    GATEWAY = "gateway", _("Gerbang pembayaran")
    IMPORT = "impor", _("Impor")
    SCHEDULE = "jadwal", _("Jadwal")
    SHEET = "lembar", _("Lembar tanda tangan")


class Help(NamedTuple):
    """For whom somebody else acts, and the key of the permission that lets him."""

    owner: int
    permission: int


_help: ContextVar[Help | None] = ContextVar("help", default=None)


@contextmanager
def helping(help_given: Help) -> Iterator[None]:
    """Mark every line written inside as done for the owner, so that no action can forget it."""
    token = _help.set(help_given)
    try:
        yield
    finally:
        _help.reset(token)


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, subject: models.Model) -> Self:
        return self.filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        )

    def helped_by(self, *permissions: int) -> Self:
        """What was done for owners under these permissions."""
        return self.filter(permission__in=permissions)


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
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("atas nama"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    permission = models.BigIntegerField(null=True, editable=False)
    data = models.JSONField(_("isi"), default=dict, encoder=DjangoJSONEncoder)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan jejak")
        verbose_name_plural = _("catatan jejak")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="audit_by_subject"),
            models.Index(
                fields=["permission"],
                condition=models.Q(permission__isnull=False),
                name="audit_by_permission",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(via__in=Via.values), name="audit_via_known"),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of=None, permission=None)
                | models.Q(on_behalf_of__isnull=False, permission__isnull=False),
                name="audit_help_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} #{self.object_id}"

    @property
    def words(self) -> str:
        return verb_words(self.verb)

    @property
    def details(self) -> list[tuple[str, Any]]:
        return data_words(self.data, self.content_type.model_class())


def record(
    verb: str, subject: models.Model, *, by: AbstractBaseUser | None, via: str, **data: Any
) -> AuditEntry:
    """Write one line ``noun.verb_past``; `data` says what changed from what to what."""
    help_given = _help.get()
    return AuditEntry.objects.create(
        verb=verb,
        subject=subject,
        by_id=by.pk if by else None,
        via=via,
        on_behalf_of_id=help_given.owner if help_given else None,
        permission=help_given.permission if help_given else None,
        data=data,
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
