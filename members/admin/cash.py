"""The cash report at the desk: for whoever may see the ledger."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.forms.cash import CashDaysForm
from members.models import DuesPayment
from members.reports.cash import Cash, CashReport, cash_report
from umkm_portal.lib.xlsx import write_rows, xlsx_response


def cash_urls(site: AdminSite) -> list[URLPattern]:
    """The report's two addresses, to stand before the ledger's own."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        form, report = _asked(request)
        context = {
            **site.each_context(request),
            "title": _("Laporan kas iuran"),
            "opts": DuesPayment._meta,
            "back": reverse("admin:members_duespayment_changelist"),
            "form": form,
            "report": report,
            "sum": report.sum,
            "xlsx": f"?dari={report.first:%d/%m/%Y}&sampai={report.last:%d/%m/%Y}",
        }
        return TemplateResponse(request, "admin/members/cash_report.html", context)

    return [
        path("kas/", site.admin_view(page), name="members_duespayment_kas"),
        path("kas/xlsx/", site.admin_view(cash_xlsx), name="members_duespayment_kas_xlsx"),
    ]


@require_safe
def cash_xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as the page shows; the file's name says of which days."""
    _form, report = _asked(request)
    rows: list[list[Any]] = [[on, *_cells(cash)] for on, cash in report.days]
    rows.append([_("Jumlah"), *_cells(report.sum)])
    headers = [
        _("Tanggal"),
        _("Transfer bank"),
        _("QRIS"),
        _("Tunai"),
        _("Pembayaran daring"),
        _("Pengembalian"),
        _("Ditahan"),
        _("Tahanan dikembalikan"),
        _("Jumlah"),
        _("Iuran tahunan"),
        _("Iuran dengan uang pangkal"),
    ]
    return xlsx_response(write_rows(headers, rows, sheet=_("Kas iuran")), filename=report.file_name)


def _cells(cash: Cash) -> list[int]:
    return [
        cash.transfer,
        cash.qris,
        cash.cash,
        cash.gateway,
        cash.refunds,
        cash.held,
        cash.held_returned,
        cash.total,
        cash.dues,
        cash.joining,
    ]


def _asked(request: HttpRequest) -> tuple[CashDaysForm, CashReport]:
    if not request.user.has_perm("members.view_duespayment"):
        raise PermissionDenied
    form = CashDaysForm(request.GET or None)
    first, last = form.days(today=timezone.localdate())
    if not form.errors:
        form = CashDaysForm(initial={"dari": first, "sampai": last})
    return form, cash_report(first=first, last=last)
