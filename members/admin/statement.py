"""The bank's file at the treasurer's desk: upload, say its columns, pair its lines with bills."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from members.actions.statement import RowsRefused, keep_statement, read_statement
from members.actions.statement_lines import book_line, hold_line, ignore_line, link_line
from members.admin.base import ReadOnlyAdmin
from members.forms.statement import Choice, MappingForm, UploadForm, read_choices
from members.models import BankStatement, DuesInvoice, DuesPayment, StatementLine, User
from members.reports.statement import screen_of
from members.statement_rows import MOST_BAD_SHOWN
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import StorageFull
from umkm_portal.lib.xlsx import SheetRefused, iter_rows

PREVIEW = 15


@admin.register(BankStatement)
class BankStatementAdmin(ReadOnlyAdmin):
    """Files of the bank, newest first; each opens where its work goes on."""

    list_display = ["name", "uploaded_at", "uploaded_by", "added", "known", "waiting"]
    list_select_related = ["uploaded_by"]
    search_fields = ["name"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_waiting()

    @admin.display(description=_("menunggu"))
    def waiting(self, row: Any) -> str:
        return str(row.lines_waiting) if row.read_at else str(_("kolom belum dipilih"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("members.add_bankstatement"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("members.change_bankstatement"))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(view),
                name=f"members_bankstatement_{name}",
            )
            for name, view in [("kolom", self.columns_view), ("cocokkan", self.pairs_view)]
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A statement has no page of its own: it opens where its work goes on."""
        statement: Any = self.get_object(request, object_id)
        if not self.has_change_permission(request, statement):
            raise PermissionDenied
        return redirect(next_step_of(statement))

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
        if is_sent and form.is_valid():
            try:
                kept = keep_statement(form.cleaned_data["mutasi"], by=staff(request), via="admin")
            except (SheetRefused, StorageFull) as refusal:
                form.add_error("mutasi", str(refusal))
            else:
                if kept.read_at:
                    text = _("Berkas ini sudah pernah dibaca. Tidak ada yang ditambah.")
                    messages.warning(request, text)
                return redirect(next_step_of(kept))
        context = self._context(request, _("Unggah mutasi bank"), form=form)
        return TemplateResponse(request, "admin/members/statement_upload.html", context)

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        statement = self._statement(request, pk)
        if statement.read_at:
            return redirect(next_step_of(statement))
        with statement.file.open("rb") as file:
            rows = list(islice(iter_rows(file, name=statement.name), PREVIEW))
        form = MappingForm(request.POST if request.method == "POST" else None, rows=rows)
        bad: list[str] = []
        if request.method == "POST" and form.is_valid():
            bad = self._read(request, statement, form)
            if not form.errors:
                return redirect(next_step_of(statement))
        context = self._context(
            request,
            _("Kolom berkas %s") % statement.name,
            form=form,
            rows=list(enumerate(rows, 1)),
            bad=bad[:MOST_BAD_SHOWN],
            bad_more=max(0, len(bad) - MOST_BAD_SHOWN),
            width=range(max(map(len, rows), default=0)),
        )
        return TemplateResponse(request, "admin/members/statement_columns.html", context)

    def _read(self, request: HttpRequest, statement: BankStatement, form: MappingForm) -> list[str]:
        """Take the lines over; return a sentence for each row that cannot be read."""
        try:
            read = read_statement(
                statement,
                columns=form.columns,
                header=form.header,
                method=form.cleaned_data["method"],
                remember_as=form.cleaned_data["name"],
                by=staff(request),
                via="admin",
            )
        except RowsRefused as refusal:
            form.add_error(None, str(refusal))
            return list(refusal.rows)
        except (ActionRefused, SheetRefused) as refusal:
            form.add_error(None, str(refusal))
            return []
        text = _(
            "%(added)d baris uang masuk ditambah, %(known)d sudah ada. "
            "Tidak diambil: %(outgoing)d uang keluar, %(others)d bukan transaksi."
        )
        messages.success(
            request,
            text
            % {
                "added": read.added,
                "known": read.known,
                "outgoing": read.outgoing,
                "others": read.others,
            },
        )
        return []

    def pairs_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The two columns; whatever is sent is done line by line, each all or nothing."""
        statement = self._statement(request, pk)
        if not statement.read_at:
            return redirect(next_step_of(statement))
        if request.method == "POST":
            choices = read_choices(request.POST)
            done, refused = carry_out(statement, choices, by=staff(request))
            self._report(request, done, refused)
            return redirect(next_step_of(statement))
        lines = reverse("admin:members_statementline_changelist")
        context = self._context(
            request,
            _("Cocokkan %s") % statement.name,
            statement=statement,
            screen=screen_of(statement),
            lines_url=f"{lines}?mutasi={statement.pk}",
        )
        return TemplateResponse(request, "admin/members/statement_pairs.html", context)

    def _report(self, request: HttpRequest, done: int, refused: list[str]) -> None:
        if done:
            text = ngettext("%d baris diputuskan.", "%d baris diputuskan.", done) % done
            messages.success(request, text)
        for sentence in refused[:20]:
            messages.warning(request, sentence)
        if len(refused) > 20:
            messages.warning(request, _("Dan %d baris lain.") % (len(refused) - 20))
        if not done and not refused:
            messages.warning(request, _("Belum ada baris yang dipilih."))

    def _statement(self, request: HttpRequest, pk: int) -> BankStatement:
        statement = self.get_object(request, str(pk))
        if not isinstance(statement, BankStatement):
            raise Http404
        if not self.has_change_permission(request, statement):
            raise PermissionDenied
        return statement

    def _context(self, request: HttpRequest, title: Any, **more: Any) -> dict[str, Any]:
        back = reverse("admin:members_bankstatement_changelist")
        common = self.admin_site.each_context(request)
        return {**common, "title": title, "opts": self.opts, "back": back, **more}


def next_step_of(statement: BankStatement) -> str:
    step = "cocokkan" if statement.read_at else "kolom"
    return reverse(f"admin:members_bankstatement_{step}", args=[statement.pk])


def staff(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin is behind sign-in
    return request.user


def carry_out(
    statement: BankStatement, choices: Iterable[Choice], *, by: User
) -> tuple[int, list[str]]:
    """Do each choice by itself; return how many were done and a sentence for each refused."""
    lines = StatementLine.objects.filter(statement=statement)
    done, refused = 0, []
    for choice in choices:
        line = lines.filter(pk=choice.line).first()
        if line is None:
            continue
        try:
            _do(line, choice, by)
            done += 1
        except ActionRefused as refusal:
            name = _("Baris %(row)d, %(words)s:") % {"row": line.row, "words": line}
            refused.append(f"{name} {refusal}")
    return done, refused


def _do(line: StatementLine, choice: Choice, by: User) -> None:
    if choice.do == "tahan":
        hold_line(line, reason=choice.reason, by=by, via="admin")
    elif choice.do == "abaikan":
        ignore_line(line, reason=choice.reason, by=by, via="admin")
    elif choice.do == "catatan":
        link_line(line, _found(DuesPayment, pk=choice.target), by=by, via="admin")
    elif choice.do == "nomor":
        book_line(line, _found(DuesInvoice, number=choice.target), by=by, via="admin")
    else:
        book_line(line, _found(DuesInvoice, pk=choice.target), by=by, via="admin")


def _found(model: Any, **which: Any) -> Any:
    row = model.objects.filter(**which).first()
    if row is None:
        raise ActionRefused(_("Tagihan itu tidak ada. Periksa nomornya."))
    return row
