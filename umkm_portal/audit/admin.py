from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from umkm_portal.audit.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["at", "words", "subject", "by", "via"]
    list_filter = ["via", "content_type"]
    list_select_related = ["by", "content_type"]
    date_hierarchy = "at"
    show_full_result_count = False

    fields = ["at", "words", "subject", "by", "via", "on_behalf_of", "written"]
    readonly_fields = ["words", "written"]

    @admin.display(description=_("kejadian"), ordering="verb")
    def words(self, entry: AuditEntry) -> str:
        return entry.words

    @admin.display(description=_("isi"))
    def written(self, entry: AuditEntry) -> str:
        return "; ".join(f"{name}: {value}" for name, value in entry.details) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
