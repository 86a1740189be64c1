"""Staff's work with sales reports: who has not sent hers, what was corrected, sums by venue."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from events.models import BoothPlace, Event, SalesCorrection, SalesReport
from events.models.day import still_to_come
from events.models.sales import expected, last_report_day, takes_reports, to_report, without_report
from events.reports.sales import omzet_words, pieces_words
from events.sales_links import report_link
from members.models import Business, User
from umkm_portal.lib.dates import tanggal
from umkm_portal.lib.phone import whatsapp_link

AT_ONCE = 100


@dataclass(frozen=True)
class Missing:
    """A seller without a report; the message is for who may still send it herself."""

    place: BoothPlace
    phone: str
    message: str
    was_asked: bool = False

    @property
    def whatsapp(self) -> str:
        return whatsapp_link(self.phone, self.message) if self.phone and self.message else ""


@dataclass(frozen=True)
class MissingList:
    rows: list[Missing]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def missing_reports(*, staff: User, at: datetime, event: Event | None = None) -> MissingList:
    """The oldest day first: of all days still open, or of one edition, locked or not."""
    places = without_report(to_report(at=at))
    if event is not None:
        over = [day.pk for day in event.days.all() if day.is_over(at=at)]
        places = without_report(expected(BoothPlace.objects.present().filter(day__in=over)))
    near = places.within(Business.objects.within_reach_of(staff))
    related = near.select_related("business__owner__owner", "day__event", "booth")
    rows = list(related.order_by("day__date", "business__sort_key", "pk")[:AT_ONCE])
    return MissingList([_missing(place, at) for place in rows], near.count())


def reports_to_come(staff: User, *, at: datetime) -> Any:
    """For the counter of the desk."""
    near = Business.objects.within_reach_of(staff)
    return without_report(to_report(at=at)).within(near)


def place_of_report(report: SalesReport) -> BoothPlace | None:
    same = BoothPlace.objects.filter(business=report.business_id, day=report.day_id)
    return same.present().first()


def _missing(place: BoothPlace, at: datetime) -> Missing:
    person = place.business.owner
    owner = getattr(person, "owner", None)
    phone = str(person.phone or (owner.phone if owner else ""))
    is_open = takes_reports(place.day, at=at)
    return Missing(place, phone, _message(place) if is_open else "")


def _message(place: BoothPlace) -> str:
    return _(
        "Lapor penjualan %(name)s, %(day)s. Tiga ketukan, tanpa masuk akun, sampai %(last)s: "
        "%(link)s Belum laku juga jawaban yang wajar."
    ) % {
        "name": place.business.name,
        "day": tanggal(place.day.date),
        "last": tanggal(last_report_day(place.day)),
        "link": settings.SITE_URL + report_link(place),
    }


@dataclass(frozen=True)
class Change:
    """A correction: each number before and after, in words; only those that differ."""

    correction: SalesCorrection
    numbers: list[tuple[str, str, str]]


def changes_of(*reports: int) -> list[Change]:
    rows = SalesCorrection.objects.filter(report__in=reports)
    return [_change(row) for row in rows.select_related("by", "report__business", "report__day")]


def changes_in(event: Event, *, staff: User) -> list[Change]:
    """The latest first; one query."""
    near = SalesReport.objects.within_reach_of(staff).filter(day__event=event)
    rows = SalesCorrection.objects.filter(report__in=near)
    return [_change(row) for row in rows.select_related("by", "report__business", "report__day")]


def _change(row: SalesCorrection) -> Change:
    before, after = _words(row.before), _words(row.after)
    labels = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    nothing = _("belum ada")
    return Change(
        row, [(label, before.get(label, nothing), after.get(label, nothing)) for label in labels]
    )


def _words(numbers: dict[str, Any]) -> dict[str, str]:
    if not numbers:
        return {}
    count = numbers["transactions"]
    online = omzet_words(numbers["online_omzet"], numbers["online_bracket"])
    return {
        _("Omzet lapak"): omzet_words(numbers["booth_omzet"], numbers["booth_bracket"]),
        _("Omzet daring"): online or _("tidak disebut"),
        _("Barang terjual"): pieces_words(numbers["pieces"], numbers["pieces_bracket"]),
        _("Pembeli"): _("tidak disebut") if count is None else str(count),
    }


@dataclass
class VenueYear:
    """One place in one year."""

    venue: str
    year: int
    editions: int = 0
    days: int = 0
    expected: int = 0
    reported: int = 0
    booth: int = 0
    online: int = 0
    pieces: int = 0
    sellers: int = 0

    @property
    def omzet(self) -> int:
        return self.booth + self.online

    @property
    def per_report(self) -> int:
        return self.omzet // self.reported if self.reported else 0


@dataclass(frozen=True)
class Venues:
    rows: list[VenueYear]
    years: list[VenueYear] = field(default_factory=list)


def sums_by_venue(*, staff: User, at: datetime) -> Venues:
    """Of days that are over; the latest year first, the largest sum first. Two queries."""
    near = Business.objects.within_reach_of(staff)
    found: defaultdict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    over = BoothPlace.objects.present().exclude(still_to_come(at, "day__"))
    places = expected(over.within(near))
    there = _by_venue(places).annotate(
        editions=Count("day__event", distinct=True),
        days=Count("day", distinct=True),
        places=Count("pk"),
        sellers=Count("business", distinct=True),
        missing=Count("pk", filter=~Exists(_reports_of_places())),
    )
    for row in there:
        found[row["year"], row["venue"]] |= row
    said = _by_venue(SalesReport.objects.within(near)).annotate(
        reported=Count("pk"),
        booth=Sum("booth_sum"),
        online=Sum("online_sum"),
        pieces=Sum("pieces_sum"),
    )
    for row in said:
        found[row["year"], row["venue"]] |= row
    rows = [_venue_year(row) for row in found.values()]
    rows.sort(key=lambda row: (-row.year, -row.omzet, row.venue))
    return Venues(rows, _by_year(rows))


def _by_venue(rows: Any) -> Any:
    named = rows.order_by().annotate(year=ExtractYear("day__date"), venue=F("day__event__venue"))
    return named.values("year", "venue")


def _reports_of_places() -> Any:
    return SalesReport.objects.filter(business=OuterRef("business"), day=OuterRef("day"))


def _venue_year(row: dict[str, Any]) -> VenueYear:
    reported = row.get("reported", 0)
    return VenueYear(
        row["venue"],
        row["year"],
        editions=row.get("editions", 0),
        days=row.get("days", 0),
        # A report without a place that still stands is one that was expected, too.
        expected=reported + row.get("missing", 0),
        reported=reported,
        booth=row.get("booth", 0),
        online=row.get("online", 0),
        pieces=row.get("pieces", 0),
        sellers=row.get("sellers", 0),
    )


def _by_year(rows: list[VenueYear]) -> list[VenueYear]:
    """Sellers of several venues would count more than once, so they are left out."""
    sums: defaultdict[int, Counter[str]] = defaultdict(Counter)
    names = ("editions", "days", "expected", "reported", "booth", "online", "pieces")
    for row in rows:
        sums[row.year].update({name: getattr(row, name) for name in names})
    return [VenueYear(_("Semua tempat"), year, **sums[year]) for year in sorted(sums, reverse=True)]
