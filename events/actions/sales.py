"""Sales reports: the seller's own, those staff take down by phone, and corrections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Product
from events.choices import PlaceStatus
from events.models import BoothPlace, SalesCorrection, SalesReport
from events.models.sales import (
    MOST_OMZET,
    MOST_PIECES,
    last_report_day,
    report_locks_at,
    to_report,
    without_report,
)
from events.sales_choices import OmzetBracket, PiecesBracket, ReportSource
from events.sales_links import report_link
from members.choices import ApplicationStatus
from members.models import User
from umkm_portal.audit.models import record
from umkm_portal.lib.dates import pukul, tanggal
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.actions import Extra, mark_read, send_later
from umkm_portal.notices.models import Notice

ASK = "sales_report"
ASKED_AT_ONCE = 500
"""Of one tick; the next minute asks the others."""
WORDS_KEPT = timedelta(days=731)
NUMBERS = (
    *("booth_omzet", "booth_bracket", "online_omzet", "online_bracket"),
    *("pieces", "pieces_bracket", "transactions"),
)


@dataclass(frozen=True)
class Figures:
    """What a seller says of one day; a bracket where she did not count."""

    booth: int | OmzetBracket
    pieces: int | PiecesBracket
    online: int | OmzetBracket | None = None
    transactions: int | None = None
    best_product: int | None = None
    best_words: str = ""
    mood: str = ""
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            **_either("booth_omzet", "booth_bracket", self.booth),
            **_either("online_omzet", "online_bracket", self.online),
            **_either("pieces", "pieces_bracket", self.pieces),
            "transactions": self.transactions,
            "best_product_id": self.best_product,
            "best_words": "" if self.best_product else self.best_words,
            "mood": self.mood,
            "note": self.note,
        }


@transaction.atomic
def ask_for_reports(*, at: datetime, by: User | None, via: str) -> int:
    """Send each seller who stood there her link, once the day has closed; return how many.

    Also to those whom staff mark as present later, as long as the link is good.
    """
    places = without_report(to_report(at=at)).exclude(Exists(_asked()))
    related = places.select_related("business__owner", "day__event", "booth").order_by("pk")
    asked = list(related[:ASKED_AT_ONCE])
    for place in asked:
        send_later(
            ASK,
            to=place.business.owner,
            about=place,
            link=report_link(place),
            event=place.day.event,
            day=place.day,
            last_day=last_report_day(place.day),
            extra=Extra(until=report_locks_at(place.day)),
        )
    return len(asked)


@transaction.atomic
def report_sales(place: BoothPlace, *, figures: Figures, by: User | None, via: str) -> SalesReport:
    """The seller reports, or changes her report; possible from closing until the end of H+7."""
    place = _locked(place)
    _refuse_early(place)
    if timezone.now() >= report_locks_at(place.day):
        raise ActionRefused(_locked_sentence(place))
    report = _report_of(place) or SalesReport(source=ReportSource.SELLER)
    return _keep(report, place, figures, by=by, via=via)


@transaction.atomic
def report_on_behalf(place: BoothPlace, *, figures: Figures, by: User, via: str) -> SalesReport:
    """Staff write down what the seller said by phone, marked so; only where there is nothing yet.

    The same again, as after a second press, is nothing.
    """
    place = _locked(place)
    _refuse_early(place)
    _refuse_own(place, by)
    report = _report_of(place)
    if report and not _changes(report, figures):
        return report
    if report or timezone.now() >= report_locks_at(place.day):
        raise ActionRefused(_("Laporan ini hanya bisa dikoreksi, dengan alasan."))
    report = SalesReport(source=ReportSource.STAFF, entered_by=by)
    return _keep(report, place, figures, by=by, via=via)


@transaction.atomic
def correct_sales(
    place: BoothPlace, *, figures: Figures, reason: str, by: User, via: str
) -> SalesReport:
    """Staff correct a report, or bring one in after the lock; both values are kept."""
    place = _locked(place)
    _refuse_early(place)
    _refuse_own(place, by)
    if not reason.strip():
        raise ActionRefused(_("Tulis alasan koreksi. Nilai lama tetap disimpan."))
    report = _report_of(place)
    if report and not _changes(report, figures):
        return report
    before = {name: getattr(report, name) for name in NUMBERS} if report else {}
    report = report or SalesReport(source=ReportSource.STAFF, entered_by=by)
    report = _keep(report, place, figures, by=by, via=via, reason=reason.strip())
    after = {name: getattr(report, name) for name in NUMBERS}
    SalesCorrection.objects.create(
        report=report, before=before, after=after, reason=reason.strip(), by=by
    )
    return report


def forget_words(*, at: datetime) -> int:
    """Drop what sellers wrote two years ago, and leave the numbers; return how many."""
    old = SalesReport.objects.filter(changed_at__lt=at - WORDS_KEPT)
    return old.exclude(note="", best_words="").update(note="", best_words="")


def _asked() -> QuerySet[Notice]:
    """For places: the letter about it to its owner."""
    return Notice.objects.filter(
        purpose=ASK,
        content_type=ContentType.objects.get_for_model(BoothPlace),
        object_id=OuterRef("pk"),
        recipient=OuterRef("business__owner"),
    )


def _locked(place: BoothPlace) -> BoothPlace:
    """The place is the lock: two who report the same day follow one another."""
    return (
        BoothPlace.objects.select_for_update(of=("self",))
        .select_related("day__event", "business")
        .get(pk=place.pk)
    )


def _report_of(place: BoothPlace) -> SalesReport | None:
    return SalesReport.objects.filter(business=place.business_id, day=place.day_id).first()


def _keep(
    report: SalesReport,
    place: BoothPlace,
    figures: Figures,
    *,
    by: User | None,
    via: str,
    **more: Any,
) -> SalesReport:
    """Write what changed; the letter that asked for it has done its work."""
    _refuse_nonsense(place, figures)
    changed = _changes(report, figures)
    if report.pk and not changed:
        return report
    is_new, now = report.pk is None, timezone.now()
    for name, value in figures.columns().items():
        setattr(report, name, value)
    report.business, report.day, report.changed_at = place.business, place.day, now
    report.reported_at = report.reported_at or now
    report.save()
    verb = "sales.reported" if is_new else "sales.changed"
    # What she wrote in words stands in her report alone.
    numbers = {name: value for name, value in changed.items() if name in NUMBERS}
    record(verb, report, by=by, via=via, source=report.source, changed=numbers, **more)
    mark_read(Notice.objects.about(place).filter(purpose=ASK))
    return report


def _changes(report: SalesReport, figures: Figures) -> dict[str, list[Any]]:
    """By column, old and new; all of them for a report that is not saved yet."""
    new = figures.columns()
    return {
        name: [getattr(report, name), value]
        for name, value in new.items()
        if report.pk is None or getattr(report, name) != value
    }


def _refuse_early(place: BoothPlace) -> None:
    if place.business.status == ApplicationStatus.CANCELLED:
        raise ActionRefused(_("Usaha ini sudah tidak tercatat di portal."))
    if place.status != PlaceStatus.PRESENT:
        raise ActionRefused(_("Belum tercatat hadir pada hari itu. Hubungi petugas JBL."))
    closes = place.day.ends
    if timezone.now() < closes:
        raise ActionRefused(
            _("Laporan dibuka setelah tutup: %(day)s %(time)s.")
            % {"day": tanggal(closes), "time": pukul(closes)}
        )


def _refuse_own(place: BoothPlace, by: User) -> None:
    if by.pk == place.business.owner_id:
        raise ActionRefused(_("Penjualan usaha Anda sendiri dicatat oleh petugas lain."))


def _refuse_nonsense(place: BoothPlace, figures: Figures) -> None:
    money = [value for value in (figures.booth, figures.online) if isinstance(value, int)]
    counts = [figures.pieces, figures.transactions]
    if any(not 0 <= value <= MOST_OMZET for value in money):
        raise ActionRefused(_("Lebih dari Rp1 miliar dalam sehari? Periksa jumlah nol."))
    if any(isinstance(value, int) and not 0 <= value <= MOST_PIECES for value in counts):
        raise ActionRefused(_("Lebih dari 100.000 dalam sehari? Periksa jumlah nol."))
    if figures.best_product:
        mine = Product.objects.filter(business=place.business_id, pk=figures.best_product)
        if not mine.exists():
            raise ActionRefused(_("Pilih dari produk Anda. Muat ulang halaman ini."))


def _locked_sentence(place: BoothPlace) -> str:
    return _("Laporan ini dikunci sejak %s. Salah angka? Hubungi petugas JBL.") % tanggal(
        report_locks_at(place.day)
    )


def _either(exact: str, bracket: str, value: object) -> dict[str, Any]:
    """A number goes into one column, a bracket into the other."""
    if isinstance(value, OmzetBracket | PiecesBracket):
        return {exact: None, bracket: value.value}
    return {exact: value, bracket: ""}
