"""Sheets of goods that owners sent, with what was wrong in them: who calls for help has one."""

from __future__ import annotations

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import ProductImport
from members.admin.base import ReadOnlyAdmin

BREAK = mark_safe("<br>")
SHOWN = 300
"""As many rows as a sheet may have."""


@admin.register(ProductImport)
class ProductImportAdmin(ReadOnlyAdmin):
    """Looked at only; the cells of a sheet stay its owner's."""

    list_display = [
        "file_name",
        "business",
        "state",
        "created",
        "updated",
        "unchanged",
        "refused",
        "uploaded_by",
        "uploaded_at",
    ]
    list_filter = ["state", "uploaded_at"]
    list_select_related = ["business", "uploaded_by"]
    search_fields = ["file_name", "business__name"]
    fields = [
        "file_name",
        "business",
        "state",
        "refusal",
        "wrong_rows",
        "created",
        "updated",
        "unchanged",
        "refused",
        "uploaded_by",
        "uploaded_at",
        "finished_at",
        "tries",
    ]
    readonly_fields = ["wrong_rows"]

    @admin.display(description=_("baris bermasalah"))
    def wrong_rows(self, batch: ProductImport) -> SafeString | str:
        rows = batch.problems[:SHOWN]
        if not rows:
            return "–"
        word = gettext("Baris")
        said = ((word, line, sentence) for line, sentence in rows)
        return format_html_join(BREAK, "{} {}: {}", said)
