"""What everybody may read of an edition's sales: sums of five or more sellers, published once.

While reports come in, a sum that grows would tell what the last seller sold. So until the last
day is locked only the share of the target is told, in steps of ten percent; then all sums at once.
What staff bring in after the lock is not added to them, for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.disclosure import FEWEST_SELLERS, safe_cells
from events.models import Event, SalesReport
from events.reports.recap import Line, entries_so_far, lines_by, locks_at
from events.reports.recap_rows import Entry

AFTER_CLOSING = timedelta(minutes=10)
STEP = 10
ROUND = 50_000


@dataclass(frozen=True)
class PublicTable:
    """`shown` with their sums, the largest first; of those `hidden` the names, in their order."""

    title: str
    head: str
    shown: list[Line]
    hidden: list[str]


@dataclass(frozen=True)
class Results:
    event: Event
    total: Line
    is_final: bool
    locks_at: datetime
    tables: list[PublicTable]

    @property
    def has_sums(self) -> bool:
        return self.is_final and sellers_who_sold(self.total.entries) >= FEWEST_SELLERS

    @property
    def percent(self) -> int | None:
        """Of the target."""
        target = self.event.target_omzet
        return self.total.omzet * 100 // target if target and self.has_sums else None

    @property
    def percent_so_far(self) -> int:
        """At least so much of the target, while reports still come in."""
        target = self.event.target_omzet
        if not target or self.is_final or sellers_who_sold(self.total.entries) < FEWEST_SELLERS:
            return 0
        return self.total.omzet * 100 // target // STEP * STEP

    @property
    def channels(self) -> list[tuple[str, int, int]]:
        """Booth and online apart, each with how many name it, where neither tells of too few."""
        booth = {entry.business for entry in self.total.entries if entry.booth}
        online = {entry.business for entry in self.total.entries if entry.online}
        if not self.has_sums or min(len(booth), len(online)) < FEWEST_SELLERS:
            return []
        return [
            (_("Di lapak"), self.total.booth, self.total.reported),
            (_("Daring"), self.total.online, self.total.with_online),
        ]

    @property
    def transactions(self) -> int | None:
        sellers = {entry.business for entry in self.total.entries if entry.transactions}
        return self.total.transactions if len(sellers) >= FEWEST_SELLERS else None

    @property
    def median(self) -> int:
        """About: the middle one of an odd number is one seller's own."""
        return round(self.total.median / ROUND) * ROUND


def results_of(event: Event, *, at: datetime) -> Results | None:
    """None before ten minutes after closing, and where nobody was seen. Two queries.

    Of a market of several days from its first closing on, so that its share of the target grows
    while it runs. The event must come with its days.
    """
    locks = locks_at(event)
    if locks is None or not _is_open(event, at=at):
        return None
    entries = [entry.as_known(locks) for entry in entries_so_far(event, at=at)]
    if not entries:
        return None
    return Results(event, Line(_("Semua"), entries), at >= locks, locks, _tables(entries))


def has_results(event: Event, *, at: datetime) -> bool:
    """Whether its page of results has anything to say; one query."""
    if not _is_open(event, at=at):
        return False
    return SalesReport.objects.filter(day__event=event).exists()


def _is_open(event: Event, *, at: datetime) -> bool:
    closes = min((day.ends for day in event.days.all()), default=None)
    is_closed = closes is not None and at >= closes + AFTER_CLOSING
    return is_closed and event.status != EventStatus.CANCELLED


def published_sums(events: Iterable[Event], *, at: datetime) -> dict[int, tuple[int, int]]:
    """Omzet and pieces of the editions among these whose sums are published; one query."""
    locked = {event.pk: locks for event in events if (locks := locks_at(event)) and at >= locks}
    in_time = [Q(day__event=key, reported_at__lte=locks) for key, locks in locked.items()]
    if not in_time:
        return {}
    reports = SalesReport.objects.filter(reduce(or_, in_time)).order_by()
    sums = reports.values("day__event").annotate(
        omzet=Sum(F("booth_sum") + F("online_sum")),
        pieces=Sum("pieces_sum"),
        sellers=Count("business", distinct=True, filter=Q(booth_sum__gt=0) | Q(online_sum__gt=0)),
    )
    return {
        row["day__event"]: (row["omzet"], row["pieces"])
        for row in sums
        if row["sellers"] >= FEWEST_SELLERS
    }


def sellers_who_sold(entries: Iterable[Entry]) -> int:
    """Who sold nothing hides nobody: the neighbours saw her stand there."""
    return len({entry.business for entry in entries if entry.omzet})


def _tables(entries: list[Entry]) -> list[PublicTable]:
    """By kecamatan and by kind of goods; the lists of sellers name both for everybody."""
    sold = {e.business: (e.kecamatan, e.sector_label) for e in entries if e.omzet}
    districts, sectors = safe_cells(sold.values(), 2)
    return [
        _table(_("Per kecamatan"), _("Kecamatan"), lines_by(entries, _kecamatan), districts),
        _table(_("Per kategori"), _("Kategori"), lines_by(entries, _sector), sectors),
    ]


def _kecamatan(entry: Entry) -> str:
    return entry.kecamatan


def _sector(entry: Entry) -> str:
    return entry.sector_label


def _table(title: str, head: str, lines: list[Line], shown: set[str]) -> PublicTable:
    hidden = sorted(line.label for line in lines if line.label not in shown)
    return PublicTable(title, head, [line for line in lines if line.label in shown], hidden)
