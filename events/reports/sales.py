"""One seller's reports: what her page asks, what she sent, and how it went over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median

from django.utils.translation import gettext as _

from catalog.models import Product
from events.disclosure import FEWEST_SELLERS
from events.models import BoothPlace, BroughtProduct, Event, SalesReport
from events.models.sales import report_locks_at, takes_reports, to_report, without_report
from events.sales_choices import Mood, OmzetBracket, PiecesBracket
from events.sales_links import report_link
from members.choices import ApplicationStatus
from members.models import User
from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.rupiah import rupiah

MOST_PRODUCTS = 60


@dataclass(frozen=True)
class ReportPage:
    """Everything `/lapor/<token>/` shows."""

    place: BoothPlace
    report: SalesReport | None
    products: list[tuple[int, str]]
    is_open: bool
    is_locked: bool
    was_there: bool


def report_page(place: BoothPlace, *, at: datetime) -> ReportPage:
    """Three queries at most."""
    report = report_of(place)
    return ReportPage(
        place,
        report,
        products=products_of(place, report),
        is_open=takes_reports(place.day, at=at),
        is_locked=at >= report_locks_at(place.day),
        was_there=place.status == place.state.PRESENT
        and place.business.status != ApplicationStatus.CANCELLED,
    )


def report_of(place: BoothPlace) -> SalesReport | None:
    reports = SalesReport.objects.select_related("best_product", "day__event")
    return reports.filter(business=place.business_id, day=place.day_id).first()


def products_of(place: BoothPlace, report: SalesReport | None) -> list[tuple[int, str]]:
    """What she brought that day, else all she shows; and what her report names already."""
    brought = BroughtProduct.objects.of(place.business).filter(day=place.day)
    mine = Product.objects.filter(business=place.business_id)
    goods = mine.filter(pk__in=brought.values("product"))
    if not brought.exists():
        goods = mine.visible()
    found = list(goods.order_by("name", "pk").values_list("pk", "name")[:MOST_PRODUCTS])
    named = report.best_product if report else None
    if named and named.pk not in dict(found):
        found.append((named.pk, named.name))
    return found


def omzet_words(exact: int | None, bracket: str) -> str:
    if bracket:
        return str(OmzetBracket(bracket).label)
    if exact is None:
        return ""
    return rupiah(exact) if exact else _("belum laku")


def pieces_words(exact: int | None, bracket: str) -> str:
    return str(PiecesBracket(bracket).label) if bracket else str(exact)


def words_of(report: SalesReport) -> list[tuple[str, str]]:
    """What she said, label and value; what she left out is left out."""
    best = report.best_product.name if report.best_product else report.best_words
    said = [
        (_("Omzet lapak"), omzet_words(report.booth_omzet, report.booth_bracket)),
        (_("Omzet daring"), omzet_words(report.online_omzet, report.online_bracket)),
        (_("Barang terjual"), pieces_words(report.pieces, report.pieces_bracket)),
        (_("Pembeli"), "" if report.transactions is None else str(report.transactions)),
        (_("Paling laku"), best),
        (_("Suasana"), str(Mood(report.mood).label) if report.mood else ""),
        (_("Catatan"), report.note),
    ]
    return [(label, value) for label, value in said if value]


@dataclass(frozen=True)
class MyEdition:
    """One edition of one business: her sum, and on which side of the median it lies."""

    event: Event
    business: str
    reports: list[SalesReport]
    side: str

    @property
    def omzet(self) -> int:
        return sum(report.omzet_sum for report in self.reports)

    @property
    def pieces(self) -> int:
        return sum(report.pieces_sum for report in self.reports)

    @property
    def is_estimate(self) -> bool:
        return any(r.booth_bracket or r.online_bracket for r in self.reports)


@dataclass(frozen=True)
class MySales:
    """The latest edition first; `missing` are days that may still be reported, with their link."""

    editions: list[MyEdition]
    missing: list[tuple[BoothPlace, str]]

    @property
    def trend_rows(self) -> list[tuple[str, int]]:
        """The last twelve, the oldest first."""
        return [
            (tanggal_pendek(each.reports[0].day.date), each.omzet)
            for each in self.editions[:12][::-1]
        ]

    @property
    def most(self) -> int:
        return max((edition.omzet for edition in self.editions), default=0)


def my_sales(owner: User, *, at: datetime) -> MySales:
    """Everything `/saya/penjualan/` shows, in three queries."""
    mine = SalesReport.objects.owned_by(owner)
    related = mine.select_related("day__event", "business", "best_product")
    rows = list(related.order_by("-day__event", "business", "day__date"))
    groups = [list(g) for _k, g in groupby(rows, key=lambda r: (r.day.event_id, r.business_id))]
    middles = _medians({reports[0].day.event_id for reports in groups})
    editions = [
        MyEdition(
            reports[0].day.event,
            reports[0].business.name,
            reports,
            _side(reports, middles.get(reports[0].day.event_id)),
        )
        for reports in groups
    ]
    editions.sort(key=lambda each: each.reports[0].day.date, reverse=True)
    places = without_report(to_report(at=at)).owned_by(owner)
    missing = places.select_related("day__event", "business").order_by("day__date", "pk")
    return MySales(editions, [(place, report_link(place)) for place in missing])


def _medians(events: Iterable[int]) -> dict[int, float]:
    """Per edition, of the sellers' sums over its days; none where fewer than five reported."""
    sums: dict[int, dict[int, int]] = {}
    rows = SalesReport.objects.filter(day__event__in=list(events))
    said = rows.values_list("day__event", "business", "booth_sum", "online_sum")
    for event, seller, booth, online in said:
        of_event = sums.setdefault(event, {})
        of_event[seller] = of_event.get(seller, 0) + booth + online
    return {e: median(by.values()) for e, by in sums.items() if len(by) >= FEWEST_SELLERS}


def _side(reports: list[SalesReport], middle: float | None) -> str:
    if middle is None:
        return ""
    mine = sum(report.omzet_sum for report in reports)
    if mine == middle:
        return _("tepat di median")
    return _("di atas median") if mine > middle else _("di bawah median")
