from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.sales import report_sales as report
from events.forms.sales import SalesForm
from events.models.sales import last_report_day, report_locks_at
from events.reports.sales import ReportPage, my_sales, report_page, words_of
from events.reports.sales_files import my_sales_xlsx
from events.sales_links import place_of
from members.views.secret_address import secret_address, show_to_stranger
from members.views.signed_in import signed_in
from members.views.working import not_while_helping
from umkm_portal.lib.dates import pukul, tanggal, tanggal_polos
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.signing import BadLink
from umkm_portal.lib.xlsx import xlsx_response


@require_http_methods(["GET", "HEAD", "POST"])
@secret_address("lapor")
def report_sales(request: HttpRequest, token: str) -> HttpResponse:
    """Three taps; sent, the same address says thanks, and "?ubah=1" opens the form again."""
    try:
        page = report_page(place_of(token), at=timezone.now())
    except BadLink:
        text = _("Tautan ini sudah tidak berlaku. Minta tautan baru di Pesan.")
        return _closed(request, text, status=404)
    if not page.is_open or not page.was_there:
        return _not_now(request, page)
    if request.method != "POST" and page.report and "ubah" not in request.GET:
        context: dict[str, Any] = {"page": page, "said": words_of(page.report)}
        context["last"] = last_report_day(page.place.day)
        return show_to_stranger(request, "events/sales_thanks.html", **context)
    return _ask(request, page)


def _ask(request: HttpRequest, page: ReportPage) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = SalesForm(typed, products=page.products, report=page.report)
    if form.is_bound and form.is_valid():
        try:
            report(page.place, figures=form.figures(), by=None, via="tautan")
            return redirect(request.path)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
    context: dict[str, Any] = {"page": page, "form": form, "last": last_report_day(page.place.day)}
    return show_to_stranger(request, "events/sales_report.html", **context)


def _not_now(request: HttpRequest, page: ReportPage) -> HttpResponse:
    """Too late, too early, or not seen at the booth."""
    day = page.place.day
    if page.is_locked:
        since = tanggal_polos(report_locks_at(day))
        text = _("Tautan ini sudah tidak berlaku sejak %s. Minta tautan baru di Pesan.") % since
        return _closed(request, text, status=410)
    if not page.was_there:
        text = _("Anda belum tercatat hadir pada hari itu. Hubungi petugas JBL.")
        return _closed(request, text, status=404)
    when = {"day": tanggal(day.ends), "time": pukul(day.ends)}
    return _closed(request, _("Laporan dibuka setelah tutup: %(day)s %(time)s.") % when, status=200)


def _closed(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    return show_to_stranger(request, "events/sales_closed.html", status=status, text=text)


@require_safe
@not_while_helping
def my_sales_page(request: HttpRequest) -> HttpResponse:
    """The owner's alone: whoever works for her sees no money."""
    sales = my_sales(signed_in(request), at=timezone.now())
    return render(request, "events/my_sales.html", {"sales": sales})


@require_safe
@not_while_helping
def my_sales_file(request: HttpRequest) -> HttpResponse:
    sales = my_sales(signed_in(request), at=timezone.now())
    return xlsx_response(my_sales_xlsx(sales), filename="penjualan-saya.xlsx")
