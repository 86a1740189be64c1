"""Private scans: which there are and when they go; opening one is written down."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from members.admin.base import ReadOnlyAdmin
from members.admin.business import person
from members.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["business", "kind", "size", "uploaded_at", "delete_after"]
    list_filter = ["kind"]
    list_select_related = ["business"]
    ordering = ["delete_after", "pk"]
    # Without the file: it has no address. It is opened from the page of its business.
    fields = ["business", "kind", "size", "uploaded_at", "uploaded_by", "delete_after"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return Document.objects.within_reach_of(person(request))
