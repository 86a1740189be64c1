"""What an edition sold, for staff: sums with who stands behind them, from the sellers' reports.

Worked out when asked, from closing time on, in six queries whatever the number of sellers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from statistics import median

from django.db.models import Max
from django.utils.translation import gettext as _

from events.choices import EventStatus
from events.models import Event
from events.models.sales import report_locks_at
from events.reports.fees import FeeSums, fee_sums
from events.reports.recap_rows import Entry, entries_of
from events.sales_choices import Mood
from members.models import User
from umkm_portal.lib.dates import tanggal_pendek

BEST = 10


@dataclass(frozen=True)
class Line:
    """Sums of some sellers; `reported` of `expected` reports stand behind each of them."""

    label: str
    entries: list[Entry]

    @property
    def expected(self) -> int:
        return len(self.entries)

    @property
    def said(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_reported]

    @property
    def reported(self) -> int:
        return len(self.said)

    @property
    def missing(self) -> int:
        return self.expected - self.reported

    @property
    def booth(self) -> int:
        return sum(entry.booth for entry in self.entries)

    @property
    def online(self) -> int:
        return sum(entry.online for entry in self.entries)

    @property
    def omzet(self) -> int:
        return self.booth + self.online

    @property
    def estimated(self) -> int:
        return sum(entry.estimated for entry in self.entries)

    @property
    def pieces(self) -> int:
        return sum(entry.pieces for entry in self.entries)

    @property
    def pieces_estimated(self) -> int:
        return sum(entry.pieces_estimated for entry in self.entries)

    @property
    def transactions(self) -> int:
        return sum(entry.transactions or 0 for entry in self.entries)

    @property
    def with_online(self) -> int:
        """How many reports say anything of sales online."""
        return sum(entry.says_online for entry in self.entries)

    @property
    def with_transactions(self) -> int:
        return sum(entry.transactions is not None for entry in self.entries)

    @property
    def told_online(self) -> int | None:
        """The sum online; None where no report says anything of it, which is not nothing sold."""
        return self.online if self.with_online else None

    @property
    def told_transactions(self) -> int | None:
        return self.transactions if self.with_transactions else None

    @property
    def percent_estimated(self) -> int:
        return self.estimated * 100 // self.omzet if self.omzet else 0

    @property
    def sellers(self) -> int:
        return len({entry.business for entry in self.entries})

    @property
    def by_seller(self) -> list[int]:
        """What each seller who reported sold on all her days, the least first."""
        sums: Counter[int] = Counter()
        for entry in self.said:
            sums[entry.business] += entry.omzet
        return sorted(sums.values())

    @property
    def median(self) -> int:
        return round(median(self.by_seller)) if self.by_seller else 0

    @property
    def mean(self) -> int:
        return self.omzet // len(self.by_seller) if self.by_seller else 0


@dataclass(frozen=True)
class Table:
    title: str
    head: str
    lines: list[Line]


@dataclass(frozen=True)
class Best:
    """What sellers called their best: how many of them, and what those sold altogether."""

    name: str
    sellers: int
    pieces: int


@dataclass(frozen=True)
class Before:
    """The edition before: all of it, and what was known of it so long after its closing."""

    event: Event
    total: Line
    then: Line


@dataclass(frozen=True)
class Recap:
    event: Event
    at: datetime
    total: Line
    tables: list[Table]
    best: list[Best]
    moods: list[tuple[str, int]]
    before: Before | None
    fees: FeeSums | None
    """None when no place costs anything."""
    only: str
    """The kecamatan whose sellers alone are counted, for staff who see no others."""

    @property
    def opens_at(self) -> datetime | None:
        days = list(self.event.days.all())
        return min(day.ends for day in days) if days else None

    @property
    def is_open(self) -> bool:
        return self.opens_at is not None and self.at >= self.opens_at

    @property
    def locks_at(self) -> datetime | None:
        return locks_at(self.event)

    @property
    def is_final(self) -> bool:
        return self.locks_at is not None and self.at >= self.locks_at

    @property
    def percent(self) -> int | None:
        """Of the target; a part of the sellers has none."""
        target = None if self.only else self.event.target_omzet
        return self.total.omzet * 100 // target if target else None

    @property
    def overridden(self) -> list[Entry]:
        """Let in by staff out of turn."""
        return [entry for entry in self.total.entries if entry.override_reason]


def recap_of(event: Event, *, staff: User, at: datetime) -> Recap:
    """The event must come with its days."""
    entries = entries_so_far(event, at=at, staff=staff)
    total = Line(_("Semua"), entries)
    return Recap(
        event,
        at,
        total,
        tables=_tables(event, entries),
        best=_best(total.said),
        moods=_moods(total.said),
        before=_before(event, staff=staff, at=at),
        fees=fee_sums(event, staff=staff),
        only=staff.kecamatan.name if staff.kecamatan and not staff.is_superuser else "",
    )


def entries_so_far(event: Event, *, at: datetime, staff: User | None = None) -> list[Entry]:
    """Of its days that are over; who still stands there today is not late with her report."""
    over = {day.pk for day in event.days.all() if day.is_over(at=at)}
    return [entry for entry in entries_of([event], staff=staff) if entry.day in over]


def lines_by(entries: Iterable[Entry], label: Callable[[Entry], str]) -> list[Line]:
    """The largest sum first."""
    rows = sorted(entries, key=label)
    lines = [Line(name, list(group)) for name, group in groupby(rows, key=label)]
    return sorted(lines, key=lambda line: (-line.omzet, line.label))


def locks_at(event: Event) -> datetime | None:
    """When the last of its days is locked."""
    return max((report_locks_at(day) for day in event.days.all()), default=None)


def closes_at(event: Event) -> datetime | None:
    return max((day.ends for day in event.days.all()), default=None)


def edition_before(event: Event) -> Event | None:
    """The last one held before: of the same series, or of none, so that like meets like."""
    first = min((day.date for day in event.days.all()), default=None)
    if first is None:
        return None
    alike = Event.objects.jbl().not_cancelled().with_days().filter(series=event.series_id)
    held = alike.exclude(pk=event.pk).annotate(last=Max("days__date")).filter(last__lt=first)
    return held.order_by("-last", "-pk").first()


def _tables(event: Event, entries: list[Entry]) -> list[Table]:
    many = len(event.days.all()) > 1
    days = sorted(lines_by(entries, lambda entry: entry.date.isoformat()), key=lambda li: li.label)
    by_day = [Line(tanggal_pendek(line.entries[0].date), line.entries) for line in days]
    return [
        Table(_("Per kecamatan"), _("Kecamatan"), lines_by(entries, lambda e: e.kecamatan)),
        Table(_("Per kategori"), _("Kategori"), lines_by(entries, lambda e: e.sector_label)),
        Table(_("Per tempat di pasar"), _("Lorong"), lines_by(entries, lambda e: e.zone)),
        *([Table(_("Per hari"), _("Hari"), by_day)] if many else []),
    ]


def _best(entries: list[Entry]) -> list[Best]:
    named = sorted((e for e in entries if e.best), key=lambda e: e.best.casefold())
    found = []
    for _key, group in groupby(named, key=lambda e: e.best.casefold()):
        some = list(group)
        sellers = len({entry.business for entry in some})
        found.append(Best(some[0].best, sellers, sum(entry.pieces for entry in some)))
    return sorted(found, key=lambda best: (-best.sellers, -best.pieces, best.name))[:BEST]


def _moods(entries: list[Entry]) -> list[tuple[str, int]]:
    counts = Counter(entry.mood for entry in entries)
    return [(str(mood.label), counts[mood]) for mood in Mood if counts[mood]]


def _before(event: Event, *, staff: User, at: datetime) -> Before | None:
    before = edition_before(event)
    mine, its = closes_at(event), closes_at(before) if before else None
    if before is None or mine is None or its is None or before.status == EventStatus.CANCELLED:
        return None
    entries = entries_of([before], staff=staff)
    so_long = its + (at - mine)
    then = [entry.as_known(so_long) for entry in entries]
    return Before(before, Line(before.name, entries), Line(before.name, then))
