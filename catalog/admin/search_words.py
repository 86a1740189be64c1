"""Staff's synonyms, and what shoppers looked for in vain."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.actions.search_words import remove_synonym, save_synonym
from catalog.models import SearchMiss, SearchReindex, Synonym
from catalog.tasks import reindex_job
from members.models import User
from umkm_portal.lib.search_text import query_words


class SynonymForm(ModelForm[Synonym]):
    """Lower case before the check for twins, as the action keeps it."""

    def clean_variant(self) -> str:
        return _searchable(self.cleaned_data["variant"])

    def clean_canonical(self) -> str:
        return _searchable(self.cleaned_data["canonical"])


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = SynonymForm
    list_display = ["variant", "relation", "canonical"]
    list_filter = ["relation"]
    search_fields = ["variant", "canonical"]
    fields = ["variant", "relation", "canonical"]
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        run = SearchReindex.objects.unfinished().first()
        if run is not None:
            said = {"done": run.done, "total": run.total or "…"}
            messages.info(request, _("Produk diindeks ulang: %(done)s dari %(total)s.") % said)
        return super().changelist_view(request, extra_context)

    def save_model(
        self,
        request: HttpRequest,
        obj: Synonym,
        form: ModelForm[Synonym],
        change: bool,  # noqa: FBT001
    ) -> None:
        typed = form.cleaned_data
        save_synonym(
            obj,
            variant=typed["variant"],
            canonical=typed["canonical"],
            by=_person(request),
            via="admin",
        )
        _queue()

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        remove_synonym(obj, by=_person(request), via="admin")
        _queue()


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["text", "hours", "count", "last_at"]
    list_filter = ["last_at"]
    fields = ["text", "hours", "count", "first_at", "last_at"]
    search_fields = ["text"]
    list_per_page = 100
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchMiss]:
        return SearchMiss.objects.exclude(text="")


def _searchable(text: str) -> str:
    flat = " ".join(text.lower().split())
    if not query_words(flat):
        raise ValidationError(_("Isi kata yang bisa dicari."))
    return flat


def _queue() -> None:
    transaction.on_commit(lambda: reindex_job.enqueue() and None)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user
