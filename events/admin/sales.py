"""Sales at the desk: who has not reported, one report with its corrections, recap, venues."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions.sales import correct_sales, report_on_behalf
from events.admin.base import ReadOnlyAdmin, person
from events.forms.sales import StaffSalesForm
from events.models import BoothPlace, Event, SalesReport
from events.models.sales import report_locks_at
from events.reports.recap import Recap, recap_of
from events.reports.recap_files import recap_pdf, recap_xlsx
from events.reports.sales import products_of, report_of, words_of
from events.reports.sales_desk import (
    changes_in,
    changes_of,
    missing_reports,
    place_of_report,
    sums_by_venue,
)
from events.reports.sales_editions import editions_by_venue
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.files import private_response
from umkm_portal.lib.rupiah import rupiah
from umkm_portal.lib.xlsx import xlsx_response


@admin.register(SalesReport)
class SalesReportAdmin(ReadOnlyAdmin):
    """Nothing is typed into a row: staff enter and correct on a page that keeps both values."""

    list_display = ["day", "business", "omzet", "pieces_words", "source", "corrected"]
    list_filter = ["source"]
    list_select_related = ["day", "business"]
    search_fields = ["business__name"]
    change_list_template = "admin/events/sales_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SalesReport]:
        rows = SalesReport.objects.within_reach_of(person(request))
        return rows.annotate(times=Count("corrections"))

    def get_urls(self) -> list[URLPattern]:
        pages: list[tuple[str, Any, str]] = [
            ("belum/", self.missing, "belum"),
            ("tempat-acara/", self.venues, "tempat_acara"),
            ("tempat/<int:pk>/", self.entry, "tempat"),
            ("rekap/<int:pk>/", self.recap, "rekap"),
            ("rekap/<int:pk>/pdf/", self.recap_as_pdf, "rekap_pdf"),
            ("rekap/<int:pk>/xlsx/", self.recap_as_xlsx, "rekap_xlsx"),
        ]
        wrap = self.admin_site.admin_view
        own = [path(at, wrap(view), name=f"events_salesreport_{n}") for at, view, n in pages]
        return own + super().get_urls()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page of its place says more; only a seller no longer marked as present has none."""
        report = self.get_object(request, object_id)
        place = place_of_report(report) if report else None
        if place and self._may_change(request):
            return redirect("admin:events_salesreport_tempat", place.pk)
        return super().change_view(request, object_id, form_url, extra_context)

    def missing(self, request: HttpRequest) -> HttpResponse:
        self._refuse_unless(self._may_change(request))
        key = request.GET.get("acara", "")
        event = None
        if key:
            pk = int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0
            event = get_object_or_404(Event.objects.jbl().with_days(), pk=pk)
        found = missing_reports(staff=person(request), at=timezone.now(), event=event)
        title = _("Laporan penjualan belum masuk")
        page = {"missing": found, "event": event, "title": title}
        return render(request, "admin/events/sales_missing.html", self._context(request) | page)

    def entry(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take a report down by phone, or correct one and say why."""
        self._refuse_unless(self._may_change(request))
        near = BoothPlace.objects.present().within_reach_of(person(request))
        related = near.select_related("day__event", "business__owner", "booth")
        place = get_object_or_404(related, pk=pk)
        report = report_of(place)
        is_locked = timezone.now() >= report_locks_at(place.day)
        form = StaffSalesForm(
            request.POST if request.method == "POST" else None,
            products=products_of(place, report),
            report=report,
            needs_reason=is_locked or report is not None,
        )
        if form.is_bound and form.is_valid() and self._kept(request, place, form):
            return redirect(request.path)
        page = {
            "form": form,
            "place": place,
            "event": place.day.event,
            "report": report,
            "said": words_of(report) if report else [],
            "changes": changes_of(report.pk) if report else [],
            "is_locked": is_locked,
            "title": f"{place.business}, {tanggal(place.day.date)}",
        }
        return render(request, "admin/events/sales_entry.html", self._context(request) | page)

    def recap(self, request: HttpRequest, pk: int) -> HttpResponse:
        recap = self._recap(request, pk)
        changes = changes_in(recap.event, staff=person(request))
        page = {"recap": recap, "event": recap.event, "changes": changes}
        title = {"title": _("Rekap %s") % recap.event}
        context = self._context(request) | page | title
        return render(request, "admin/events/recap.html", context)

    def recap_as_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        recap = self._recap(request, pk)
        name = f"rekap-{recap.event.slug}.pdf"
        return private_response(recap_pdf(recap), filename=name)

    def recap_as_xlsx(self, request: HttpRequest, pk: int) -> HttpResponse:
        recap = self._recap(request, pk)
        changes = changes_in(recap.event, staff=person(request))
        name = f"rekap-{recap.event.slug}.xlsx"
        return xlsx_response(recap_xlsx(recap, changes), filename=name)

    def venues(self, request: HttpRequest) -> HttpResponse:
        self._refuse_unless(self.has_view_permission(request))
        page = {
            "venues": sums_by_venue(staff=person(request), at=timezone.now()),
            "editions": editions_by_venue(staff=person(request), at=timezone.now()),
            "title": _("Penjualan per tempat dan edisi"),
        }
        return render(request, "admin/events/sales_venues.html", self._context(request) | page)

    @admin.display(description=gettext_lazy("omzet"))
    def omzet(self, report: SalesReport) -> str:
        mark = f" ({_('perkiraan')})" if report.omzet_estimated else ""
        return f"{rupiah(report.omzet_sum)}{mark}"

    @admin.display(description=gettext_lazy("barang"))
    def pieces_words(self, report: SalesReport) -> str:
        mark = f" ({_('perkiraan')})" if report.pieces_bracket else ""
        return f"{report.pieces_sum}{mark}"

    @admin.display(description=gettext_lazy("koreksi"))
    def corrected(self, report: SalesReport) -> str:
        times: int = getattr(report, "times", 0)
        return ngettext("%d kali", "%d kali", times) % times if times else ""

    def _kept(self, request: HttpRequest, place: BoothPlace, form: StaffSalesForm) -> bool:
        by, figures = person(request), form.figures()
        try:
            if "alasan" in form.fields:
                reason = form.cleaned_data["alasan"]
                correct_sales(place, figures=figures, reason=reason, by=by, via="admin")
                done = _("Koreksi tersimpan. Nilai lama tetap ada di bawah.")
            else:
                report_on_behalf(place, figures=figures, by=by, via="admin")
                done = _("Laporan tersimpan, ditandai dicatat petugas.")
        except ActionRefused as refused:
            form.add_error(None, str(refused))
            return False
        messages.success(request, done)
        return True

    def _recap(self, request: HttpRequest, pk: int) -> Recap:
        self._refuse_unless(self.has_view_permission(request))
        event = get_object_or_404(Event.objects.jbl().with_days(), pk=pk)
        return recap_of(event, staff=person(request), at=timezone.now())

    def _may_change(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_salesreport")

    def _refuse_unless(self, allowed: bool) -> None:  # noqa: FBT001
        if not allowed:
            raise PermissionDenied

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}
