"""A business's own sheet of goods on its way into the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.utils.translation import gettext_lazy as _

from members.choices import ImportState
from members.models import Business, User
from members.models.bulk_import import AT_WORK, STAMPED, SheetImport
from members.models.business import BusinessQuerySet
from members.models.document import private_storage


class ProductImportQuerySet(models.QuerySet["ProductImport"]):
    def within(self, businesses: BusinessQuerySet) -> Self:
        return self.filter(business__in=businesses)

    def at_work(self) -> Self:
        return self.filter(state__in=AT_WORK)

    def stalled(self, *, since: datetime) -> Self:
        """No job has touched these since then: the worker or the database went away."""
        return self.at_work().filter(touched_at__lt=since)

    def with_file_until(self, moment: datetime) -> Self:
        """Settled before that moment, and the uploaded files still lie there."""
        return self.exclude(state__in=AT_WORK).exclude(file="").filter(touched_at__lt=moment)


class ProductImport(SheetImport):
    """One sheet of goods with its photos; right rows are written, wrong ones named.

    to_check → checking → checked | refused; checked → to_write → writing → done;
    checked | refused → cancelled; done → undone, within a day. A job that dies begins again: rows
    written before are then found unchanged. The files go when a day has passed.
    """

    NOUN = "product_import"
    FILES = ("file", "photos")
    BESIDE = ("business", "uploaded_by")

    business = models.ForeignKey(
        Business, verbose_name=_("usaha"), on_delete=models.CASCADE, related_name="product_imports"
    )
    photos = models.FileField(_("ZIP foto"), storage=private_storage, max_length=200, blank=True)
    submits = models.BooleanField(_("kirim ke kurator"), default=True, db_default=True)
    changes = models.JSONField(
        default=list, blank=True, help_text=_("[nomor baris, nama, apa yang berubah]")
    )
    # [line, product, what it said before, or null for a new one] of each row, to take it back.
    written = models.JSONField(
        default=list, db_default=Value([], models.JSONField()), blank=True, editable=False
    )
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("oleh"), on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ProductImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("impor produk")
        verbose_name_plural = _("impor produk")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="product_import_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STAMPED, finished_at__isnull=False)
                | (~Q(state__in=STAMPED) & Q(finished_at__isnull=True)),
                name="product_import_done_iff_stamped",
            ),
            # Two at once would each draft the goods both of them name.
            models.UniqueConstraint(
                fields=["business"],
                condition=Q(state__in=AT_WORK),
                name="product_import_one_at_work",
            ),
        ]
