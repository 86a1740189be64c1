from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.choices import DocumentKind
from members.models.business import Business
from members.models.person import User


def private_storage() -> Storage:
    return storages["private"]


class DocumentQuerySet(models.QuerySet["Document"]):
    def owned_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(business__owner_id=user.pk)

    def within_reach_of(self, staff: User) -> Self:
        """As of the businesses: a Petugas of one kecamatan sees that kecamatan's."""
        return self.filter(business__in=Business.objects.sent().within_reach_of(staff))

    def to_delete(self, *, on: date) -> Self:
        return self.filter(delete_after__lt=on)


class Document(models.Model):
    """A private scan. `delete_after` is set by the decision: a KTP scan goes 30 days later."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("jenis"), max_length=10, choices=DocumentKind)
    file = models.FileField(_("berkas"), storage=private_storage, max_length=200)
    size = models.PositiveIntegerField(_("ukuran (byte)"))
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now=True)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    delete_after = models.DateField(_("dihapus setelah"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        constraints = [
            models.UniqueConstraint(fields=["business", "kind"], name="document_one_per_kind"),
            models.CheckConstraint(
                condition=models.Q(kind__in=DocumentKind.values), name="document_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.business}"
