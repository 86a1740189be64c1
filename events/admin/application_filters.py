"""What the list of applications can be narrowed by."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.fee_choices import FeeStatus
from events.models import EventDay
from events.models.fee import owing, to_return
from events.reports.applications_desk import places_lacking
from members.choices import LISTING_SECTORS
from members.models import Kecamatan
from umkm_portal.lib.dates import tanggal_pendek

EDITION = "day__event__id__exact"
"""The chosen edition in the address; its days are offered then, else those still to come."""
DAYS_OFFERED = 30


class _OneOf(SimpleListFilter):
    """Rows whose `field` is the chosen one; anything else in the address finds nothing."""

    field = ""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value is None:
            return queryset
        known = {str(key) for key, _label in self.lookup_choices}
        return queryset.filter(**{self.field: value}) if value in known else queryset.none()


class DayFilter(_OneOf):
    title = _("hari")
    parameter_name = "hari"
    field = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        edition = request.GET.get(EDITION, "")
        days = EventDay.objects.jbl().in_order()
        if edition.isascii() and edition.isdigit() and len(edition) < 10:
            days = days.filter(event=int(edition))
        else:
            days = days.not_over(at=timezone.now()).filter(places__isnull=False).distinct()
        return [(str(day.pk), tanggal_pendek(day.date)) for day in days[:DAYS_OFFERED]]


class DistrictFilter(_OneOf):
    title = _("kecamatan")
    parameter_name = "kecamatan"
    field = "business__kelurahan__kecamatan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(one.pk, one.name) for one in Kecamatan.objects.order_by("name")]


class SectorFilter(_OneOf):
    title = _("bidang")
    parameter_name = "bidang"
    field = "business__sector"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(sector.value, sector.label) for sector in LISTING_SECTORS]


class FeeFilter(SimpleListFilter):
    title = _("biaya lapak")
    parameter_name = "biaya"
    narrowed = {"belum": owing, "kembali": to_return}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("belum", FeeStatus.OWED.label), ("kembali", FeeStatus.TO_RETURN.label)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        if value is None:
            return queryset
        narrow = self.narrowed.get(value)
        return narrow(queryset) if narrow else queryset.none()


class PapersFilter(SimpleListFilter):
    """Last of all, so that only what the others left is looked through."""

    title = _("berkas")
    parameter_name = "berkas"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("kurang", _("Belum lengkap"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "kurang":
            return queryset
        return queryset.filter(pk__in=places_lacking(queryset, at=timezone.now()))
