"""Days that come again, as an RFC 5545 rule. The only importer of dateutil."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from umkm_portal.lib.dates import DAYS, MONTHS, tanggal_polos

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINALS = {1: _("pertama"), 2: _("kedua"), 3: _("ketiga"), 4: _("keempat"), -1: _("terakhir")}
LAST = -1


class Every(models.TextChoices):
    """How staff say it; what the rule is follows from the first day."""

    WEEK = "minggu", _("Tiap minggu")
    FORTNIGHT = "dua-minggu", _("Tiap dua minggu")
    MONTH_DATE = "bulan-tanggal", _("Tiap bulan, tanggal yang sama")
    MONTH_WEEKDAY = "bulan-hari", _("Tiap bulan, hari dan pekan yang sama")
    YEAR = "tahun", _("Tiap tahun")


@dataclass(frozen=True)
class Pattern:
    """`weekdays` (Monday is 0) of the weekly ones; `until` is the last day, both included."""

    every: Every
    first: date
    weekdays: tuple[int, ...] = ()
    until: date | None = None

    def rule(self) -> str:
        """In RFC 5545's words, for a DTSTART that is a date."""
        until = f";UNTIL={self.until:%Y%m%d}" if self.until else ""
        return self._frequency() + until

    def _frequency(self) -> str:
        if self.every in {Every.WEEK, Every.FORTNIGHT}:
            interval = ";INTERVAL=2" if self.every == Every.FORTNIGHT else ""
            days = ",".join(CODES[day] for day in sorted(self.weekdays or (self.first.weekday(),)))
            return f"FREQ=WEEKLY{interval};WKST=MO;BYDAY={days}"
        if self.every == Every.MONTH_WEEKDAY:
            nth = _week_of_month(self.first)
            return f"FREQ=MONTHLY;BYDAY={nth}{CODES[self.first.weekday()]}"
        month = f"YEARLY;BYMONTH={self.first.month}" if self.every == Every.YEAR else "MONTHLY"
        return f"FREQ={month}{_day_of_month(self.first.day)}"


def read(rule: str, *, first: date) -> Pattern:
    """The pattern a rule of ours was made from."""
    parts = dict(part.split("=") for part in rule.split(";"))
    until = parts.get("UNTIL")
    weekdays: tuple[int, ...] = ()
    if parts["FREQ"] == "WEEKLY":
        every = Every.FORTNIGHT if parts.get("INTERVAL") == "2" else Every.WEEK
        weekdays = tuple(CODES.index(code) for code in parts["BYDAY"].split(","))
    elif parts["FREQ"] == "YEARLY":
        every = Every.YEAR
    else:
        every = Every.MONTH_WEEKDAY if "BYDAY" in parts else Every.MONTH_DATE
    end = datetime.strptime(until, "%Y%m%d").date() if until else None  # noqa: DTZ007  a day
    return Pattern(every, first, weekdays, end)


def days(rule: str, *, first: date, to: date) -> Iterator[date]:
    """The days of the rule from the first on, none after `to`.

    The first day counts only if the rule names it, so that "tiap Jumat" has Fridays only.
    """
    for moment in rrulestr(rule, dtstart=datetime.combine(first, time.min)):
        if moment.date() > to:
            return
        yield moment.date()


def is_rule(text: str) -> bool:
    """Whether the text is a rule as Pattern writes one."""
    return re.fullmatch(r"FREQ=[A-Z]+(;[A-Z]+=[-0-9A-Z,]+)*", text) is not None


def say(rule: str, *, first: date) -> str:
    """In the words of the desk: "Tiap Jumat sampai 25 Desember 2026"."""
    pattern = read(rule, first=first)
    until = _now(" sampai %s") % tanggal_polos(pattern.until) if pattern.until else ""
    return _say(pattern) + until


def _say(pattern: Pattern) -> str:
    first = pattern.first
    weekdays = _listed([DAYS[day] for day in pattern.weekdays])
    if pattern.every == Every.WEEK:
        return _now("Tiap %s") % weekdays
    if pattern.every == Every.FORTNIGHT:
        return _now("Tiap dua minggu, %s") % weekdays
    if pattern.every == Every.MONTH_WEEKDAY:
        words = {"day": DAYS[first.weekday()], "nth": ORDINALS[_week_of_month(first)]}
        return _now("Tiap bulan, %(day)s %(nth)s") % words
    if pattern.every == Every.YEAR:
        return _now("Tiap tahun, %(day)d %(month)s") % {
            "day": first.day,
            "month": MONTHS[first.month - 1],
        }
    if first.day == 31:
        return _now("Tiap bulan, hari terakhir")
    return _now("Tiap bulan, tanggal %d") % first.day


def _listed(names: list[str]) -> str:
    return _now(" dan ").join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _week_of_month(day: date) -> int:
    """1 to 4, or the last; a fifth Friday is the last one, for not each month has five."""
    week = (day.day + 6) // 7
    return LAST if week > 4 else week


def _day_of_month(day: int) -> str:
    """The 31st is the last day of shorter months too, as people mean it; RFC 5545 skips them."""
    if day <= 28:
        return f";BYMONTHDAY={day}"
    return f";BYMONTHDAY={','.join(map(str, range(28, day + 1)))};BYSETPOS=-1"
