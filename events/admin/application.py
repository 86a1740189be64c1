"""Who asked for a place in the market: looked through, sent back, refused or let in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from events.actions.allocation import accept_place
from events.actions.applications import (
    MENDABLE,
    REFUSABLE,
    reject_application,
    return_application,
)
from events.admin.application_bulk import reject_page, return_page
from events.admin.application_filters import (
    DayFilter,
    DistrictFilter,
    FeeFilter,
    PapersFilter,
    SectorFilter,
)
from events.admin.base import person
from events.admin.fees import FEE_DECISIONS
from events.demand import TO_BE_GIVEN
from events.forms.decisions import AcceptForm, RejectForm, ReturnForm
from events.models import BoothPlace
from events.models.booth import BoothPlaceQuerySet
from events.reports.applications_desk import (
    lacking_papers,
    phone_of,
    reminder,
    still_matters,
)
from events.reports.fees import fee_of
from events.reports.papers import papers_of_places
from events.reports.rentals import short_sentence, stock_of
from events.seats import DaySeats
from members.admin.decisions import DecidedAdmin, Decision
from umkm_portal.lib.dates import pukul, tanggal, tanggal_pendek
from umkm_portal.lib.phone import show_phone, whatsapp_link
from umkm_portal.lib.rupiah import rupiah

# Django writes "None" for what a method of a read-only field leaves out.
NOTHING = "–"


class ApplicationList(ChangeList):
    """With the papers of the rows on this page, in two queries."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        now = timezone.now()
        papers = lacking_papers([row for row in rows if still_matters(row, at=now)])
        for row in rows:
            row.lacking = papers.get(row.pk)
        self.result_list = rows


@admin.register(BoothPlace)
class ApplicationAdmin(DecidedAdmin):
    list_display = [
        "business",
        "day_shown",
        "status",
        "district",
        "sector",
        "asked_for",
        "papers",
        "booth",
    ]
    list_filter = [
        "status",
        ("day__event", admin.RelatedOnlyFieldListFilter),
        DayFilter,
        DistrictFilter,
        SectorFilter,
        FeeFilter,
        PapersFilter,
    ]
    search_fields = ["business__name", "business__number", "booth__number"]
    ordering = ["-day__date", "rank", "applied_at", "pk"]
    actions = ("return_many", "reject_many")
    fields = [
        "business_link",
        "contact",
        "day_link",
        "status",
        "reason",
        "goods",
        "asked_for",
        "note",
        "sponsor",
        "paper_lines",
        "rules_shown",
        "rank",
        "booth",
        "fee_shown",
        "override_reason",
        "applied_at",
        "placed_at",
    ]
    decisions = [
        Decision(
            "terima",
            _("Terima"),
            _("Diterima. Penjual diberi tahu."),
            lambda row, values, user: accept_place(
                row,
                reason=values["reason"],
                beyond_quota=values["beyond"],
                by=user,
                via="admin",
            ),
            lambda row: row.status in TO_BE_GIVEN,
            AcceptForm,
        ),
        Decision(
            "kembalikan",
            _("Kembalikan untuk dilengkapi"),
            _("Dikembalikan. Penjual membaca apa yang perlu dilengkapi."),
            lambda row, values, user: return_application(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.status in MENDABLE,
            ReturnForm,
        ),
        Decision(
            "tolak",
            _("Tolak"),
            _("Ditolak. Penjual membaca alasannya."),
            lambda row, values, user: reject_application(
                row, reason=values["reason"], by=user, via="admin"
            ),
            lambda row: row.status in REFUSABLE,
            RejectForm,
            is_refusal=True,
        ),
        *FEE_DECISIONS,
    ]

    def get_queryset(self, request: HttpRequest) -> BoothPlaceQuerySet:
        rows = BoothPlace.objects.within_reach_of(person(request))
        return rows.select_related(
            "booth",
            "business__kelurahan__kecamatan",
            "business__owner__owner",
            "day__event__edition",
        )

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ApplicationList

    @admin.action(description=_("Kembalikan untuk dilengkapi"), permissions=["change"])
    def return_many(
        self, request: HttpRequest, queryset: BoothPlaceQuerySet
    ) -> HttpResponse | None:
        return return_page(self, request, queryset)

    @admin.action(description=_("Tolak dengan satu alasan"), permissions=["change"])
    def reject_many(
        self, request: HttpRequest, queryset: BoothPlaceQuerySet
    ) -> HttpResponse | None:
        return reject_page(self, request, queryset)

    def letters_about(self, row: BoothPlace) -> list[Model]:
        return [row]

    def facts(self, row: BoothPlace) -> list[tuple[str, Any]]:
        facts: list[tuple[Any, Any]] = [
            (_("Usaha"), row.business),
            (_("Kecamatan, bidang"), f"{self.district(row)}, {self.sector(row)}"),
            (_("Hari"), f"{row.day.event}, {tanggal(row.day.date)}"),
            (_("Keperluan"), self.asked_for(row)),
            (_("Berkas"), self.paper_lines(row)),
            *([(_("Biaya lapak"), self.fee_shown(row))] if row.fee else []),
        ]
        if seats := DaySeats.of(row.day, at=timezone.now()):
            left = _("%(free)d dari %(seats)d") % {"free": seats.free, "seats": seats.seats}
            facts.append((_("Sisa tempat"), left))
        facts += [(stock.label, stock.sentence) for stock in stock_of(row.day)]
        if row.status in TO_BE_GIVEN and (short := short_sentence(row.day, row)):
            facts.append((_("Bila diterima"), f"⚠ {short}"))
        return [(str(label), value) for label, value in facts]

    @admin.display(description=_("hari"), ordering="day__date")
    def day_shown(self, place: BoothPlace) -> str:
        return tanggal_pendek(place.day.date)

    @admin.display(description=_("kecamatan"))
    def district(self, place: BoothPlace) -> str:
        kelurahan = place.business.kelurahan
        return str(kelurahan.kecamatan) if kelurahan else ""

    @admin.display(description=_("bidang"))
    def sector(self, place: BoothPlace) -> str:
        return str(place.business.get_sector_display())

    @admin.display(description=_("keperluan"))
    def asked_for(self, place: BoothPlace) -> str:
        parts = [
            (place.tables, _("%d meja") % place.tables),
            (place.chairs, _("%d kursi") % place.chairs),
            (place.power_watts, _("%d watt") % place.power_watts),
            (place.cooks, str(_("memasak"))),
        ]
        return ", ".join(str(text) for wanted, text in parts if wanted) or NOTHING

    @admin.display(description=_("berkas yang belum ada"))
    def papers(self, place: Any) -> str:
        if place.lacking is None:
            return ""
        return ", ".join(paper.label for paper in place.lacking) or str(_("Lengkap"))

    @admin.display(description=_("berkas pada hari itu"))
    def paper_lines(self, place: BoothPlace) -> str:
        papers = papers_of_places([place])[place.pk]
        return "; ".join(f"{paper.label}: {paper.word}" for paper in papers)

    @admin.display(description=_("usaha"))
    def business_link(self, place: BoothPlace) -> str:
        url = reverse("admin:members_business_change", args=[place.business_id])
        return format_html('<a href="{}">{}</a>', url, place.business)

    @admin.display(description=_("hubungi"))
    def contact(self, place: BoothPlace) -> str:
        phone = phone_of(place.business)
        if not phone:
            return NOTHING
        lacking = lacking_papers([place])[place.pk]
        url = whatsapp_link(phone, reminder(place, lacking) if lacking else "")
        return format_html(
            '{} <a href="{}" target="_blank" rel="noopener noreferrer">{}</a>',
            show_phone(phone),
            url,
            _("Tulis lewat WhatsApp"),
        )

    @admin.display(description=_("hari"))
    def day_link(self, place: BoothPlace) -> str:
        url = reverse("admin:events_event_change", args=[place.day.event_id])
        return format_html('<a href="{}">{}</a>, {}', url, place.day.event, tanggal(place.day.date))

    @admin.display(description=_("produk yang dibawa"))
    def goods(self, place: BoothPlace) -> str:
        brought = place.day.brought.filter(product__business=place.business_id)
        names = brought.order_by("product__name").values_list("product__name", flat=True)
        return ", ".join(names) or str(_("Semua produknya"))

    @admin.display(description=_("biaya lapak"))
    def fee_shown(self, place: BoothPlace) -> str:
        if not place.fee:
            return str(_("Gratis"))
        fee = fee_of(place)
        return fee.words if fee else str(_("%s, bila ikut")) % rupiah(place.fee)

    @admin.display(description=_("tata tertib"))
    def rules_shown(self, place: BoothPlace) -> str:
        if place.rules_version is None or place.rules_accepted_at is None:
            return NOTHING
        when = f"{tanggal_pendek(place.rules_accepted_at)} {pukul(place.rules_accepted_at)}"
        return _("Versi %(n)d, disetujui %(when)s") % {"n": place.rules_version, "when": when}
