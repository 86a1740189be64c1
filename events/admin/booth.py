from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from events.admin.base import KeptAdmin
from events.models import Booth


@admin.register(Booth)
class BoothAdmin(KeptAdmin):
    """Aisle and power of a booth may change; its number and edition do not."""

    list_display = ["number", "event", "zone", "size", "power"]
    list_filter = ["power", ("event", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["number"]
    fields = ["event", "number", "zone", "power", "size", "plan_row", "plan_column"]
    readonly_fields = ["event", "number"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
