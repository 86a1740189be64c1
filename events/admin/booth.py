from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.admin.base import KeptAdmin, ReadOnlyAdmin
from events.models import Booth, BoothPlace


@admin.register(Booth)
class BoothAdmin(KeptAdmin):
    """Aisle and power of a booth may change; its number and edition do not."""

    list_display = ["number", "event", "zone", "power"]
    list_filter = ["power", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["number"]
    fields = ["event", "number", "zone", "power", "size", "plan_row", "plan_column"]
    readonly_fields = ["event", "number"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(BoothPlace)
class BoothPlaceAdmin(ReadOnlyAdmin):
    """Who stood where; placing and removing is done on the page of the day."""

    list_display = ["business", "booth", "day", "event", "status", "rank"]
    list_filter = ["status", ("day__event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["booth", "business", "day__event"]
    search_fields = ["business__name", "booth__number"]

    @admin.display(description="acara")
    def event(self, place: Any) -> str:
        return str(place.day.event)
