"""Members in and out by sheet: upload, look at what would change, write, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.actions.import_batch import (
    cancel_import,
    confirm_import,
    note_bad_lines_taken,
    note_exported,
    upload_members,
)
from members.actions.import_undo import undo_import
from members.admin.decisions import DecidedAdmin, Decision
from members.choices import ImportState
from members.forms.bulk_import import MemberFileForm, WriteForm
from members.import_job import import_job
from members.member_import import bad_lines
from members.models import ImportBatch, User
from members.reports.member_files import export_csv, export_xlsx, template
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull, private_response, private_stream

SHOWN = 100
"""Bad lines on the page; the file to download has all of them."""
IMPORT, EXPORT = "members.import_members", "members.export_members"


def _write(batch: ImportBatch, values: dict[str, Any], user: User) -> None:
    with transaction.atomic():
        confirm_import(batch, tell_owners=values["tell_owners"], by=user, via="admin")
        import_job.enqueue(batch.pk)


@admin.register(ImportBatch)
class ImportBatchAdmin(DecidedAdmin):
    """The page of a file refreshes itself while a job has it; nothing here needs a script."""

    change_list_template = "admin/members/importbatch/list.html"
    change_form_template = "admin/members/importbatch/page.html"
    list_display = [
        "file_name",
        "state",
        "created",
        "updated",
        "unchanged",
        "refused",
        "uploaded_by",
        "uploaded_at",
    ]
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]
    fields = ["file_name", "state", "uploaded_by", "uploaded_at", "finished_at"]
    decisions = [
        Decision(
            "tulis",
            _("Impor semua baris"),
            _("Berkas masuk antrean dan segera ditulis."),
            _write,
            lambda row: row.state == ImportState.CHECKED,
            WriteForm,
        ),
        Decision(
            "batal",
            _("Batalkan"),
            _("Impor dibatalkan dan berkasnya dihapus."),
            lambda row, values, user: cancel_import(row, by=user, via="admin"),
            lambda row: row.state in {ImportState.CHECKED, ImportState.REFUSED},
            is_refusal=True,
        ),
        Decision(
            "tarik",
            _("Tarik kembali impor ini"),
            _("Yang belum dipakai sudah dihapus. Yang tetap ada disebut di bawah."),
            lambda row, values, user: undo_import(row, by=user, via="admin"),
            lambda row: row.state == ImportState.DONE and row.created > 0,
            is_refusal=True,
        ),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(IMPORT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(IMPORT)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(IMPORT)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "members_importbatch"
        own = [
            path("templat/", wrap(self.template_view), name=f"{name}_templat"),
            path("ekspor/<slug:kind>/", wrap(self.export_view), name=f"{name}_ekspor"),
            path("<int:pk>/baris-salah/", wrap(self.bad_lines_view), name=f"{name}_salah"),
        ]
        return own + super().get_urls()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        user = self._user(request, IMPORT)
        is_sent = request.method == "POST"
        form = MemberFileForm(request.POST, request.FILES) if is_sent else MemberFileForm()
        if form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                with transaction.atomic():
                    batch = upload_members(
                        upload.read(), name=upload.name or "", by=user, via="admin"
                    )
                    import_job.enqueue(batch.pk)
            except (ActionRefused, StorageFull) as refusal:
                form.add_error("file", str(refusal))
            else:
                return redirect("admin:members_importbatch_change", batch.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unggah anggota"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/members/importbatch/upload.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        extra = {
            "batch": batch,
            "problems": batch.problems[:SHOWN],
            "more": max(0, len(batch.problems) - SHOWN),
            "may_take_bad": batch.file and batch.problems and batch.uploaded_by == request.user,
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, extra)

    def template_view(self, request: HttpRequest) -> HttpResponse:
        self._user(request, IMPORT)
        return private_response(template(), filename="templat-anggota.xlsx")

    def export_view(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        user = self._user(request, EXPORT)
        name = f"anggota-{timezone.localdate()}.{kind}"
        if kind not in {"xlsx", "csv"}:
            raise Http404
        note_exported(user, kind=kind, by=user, via="admin")
        if kind == "csv":
            return private_stream(export_csv(user), filename=name)
        return private_response(export_xlsx(user), filename=name)

    def bad_lines_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file's own cells, so only who sent it may have them back."""
        user = self._user(request, IMPORT)
        batch = ImportBatch.objects.filter(pk=pk, uploaded_by=user).exclude(file="").first()
        if batch is None or not batch.problems:
            raise Http404
        content = bad_lines(batch)
        note_bad_lines_taken(batch, by=user, via="admin")
        return private_response(content, filename=f"baris-salah-{batch.pk}.xlsx")

    def _user(self, request: HttpRequest, permission: str) -> User:
        if not (isinstance(request.user, User) and request.user.has_perm(permission)):
            raise PermissionDenied
        return request.user
