"""Which line of a bank's statement pays which bill. A pure function: no database, no clock.

A pair is proposed only when three things agree: the exact amount, a day at most one off, and a
reference that names the bill. Whatever could mean two bills, or a bill that two lines could pay,
is left to a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from umkm_portal.lib.dates import tanggal_pendek
from umkm_portal.lib.rupiah import rupiah

ONE_DAY = timedelta(days=1)
# "inv kjs 2026 000123", "INVKJS2026000123", "INV-KJS-2026-0001 23": any spacing, any case.
_NUMBER = re.compile(
    r"I[\W_]*N[\W_]*V[\W_]*K[\W_]*J[\W_]*S[\W_]*((?:\d[\W_]*){9}\d)(?!\d)", re.IGNORECASE
)
# An RRN has twelve digits; its last six end a run of digits.
_RUN = re.compile(r"(?<!\d)\d{6,}(?!\d)")


@dataclass(frozen=True)
class Line:
    """One line of money in."""

    key: int
    on: date
    amount: int
    description: str


@dataclass(frozen=True)
class Bill:
    """What waits for a line: `missing` in rupiah, the days it is expected, how it may be named.

    `days` are inclusive stretches: the day of a proof, or the time from issue to due date.
    `endings` are the last six digits of references people typed. Money that a treasurer booked
    by hand waits for its line too: on its one day, under the `words` typed as its reference.
    """

    key: str
    number: str
    missing: int
    days: tuple[tuple[date, date], ...]
    endings: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True)
class Match:
    """A pair and the sentence that explains it."""

    line: Line
    bill: Bill
    reason: str


@dataclass(frozen=True)
class Hint:
    """Why a line was left to a person; `bill` when one comes near."""

    line: Line
    reason: str
    bill: Bill | None = None


def numbers_in(description: str) -> set[str]:
    """Return the bill numbers a description names, as they are written on bills."""
    digits = (re.sub(r"\D", "", match[1]) for match in _NUMBER.finditer(description))
    return {f"INV-KJS-{found[:4]}-{found[4:]}" for found in digits}


def endings_in(description: str) -> set[str]:
    """Return the last six digits of every long number, those of bill numbers left out."""
    return {run[-6:] for run in _RUN.findall(_NUMBER.sub(" ", description))}


def propose(lines: Iterable[Line], bills: Iterable[Bill]) -> tuple[list[Match], list[Hint]]:
    """Return the pairs that are sure, and a hint for every line that has none."""
    index = _Index(bills)
    matches: list[Match] = []
    hints: list[Hint] = []
    wanted: dict[str, list[Match]] = defaultdict(list)
    for line in lines:
        outcome = _look(line, index)
        if isinstance(outcome, Hint):
            hints.append(outcome)
        else:
            wanted[outcome.bill.key].append(outcome)
    for rivals in wanted.values():
        if len(rivals) == 1:
            matches += rivals
            continue
        reason = _("%(count)d baris cocok dengan %(number)s. Pilih sendiri.") % {
            "count": len(rivals),
            "number": rivals[0].bill.number,
        }
        hints += [Hint(rival.line, reason, rival.bill) for rival in rivals]
    return matches, hints


class _Index:
    """The bills by number and by ending, so that ten thousand lines stay quick."""

    def __init__(self, bills: Iterable[Bill]) -> None:
        self.by_number: dict[str, list[Bill]] = defaultdict(list)
        self.by_ending: dict[str, list[Bill]] = defaultdict(list)
        self.by_words: dict[tuple[date, int], list[Bill]] = defaultdict(list)
        for bill in bills:
            self.by_number[bill.number].append(bill)
            for ending in bill.endings:
                self.by_ending[ending].append(bill)
            if bill.words:
                self.by_words[bill.days[0][0], bill.missing].append(bill)

    def named(self, line: Line) -> tuple[set[str], list[Bill]]:
        """The numbers on the line, and the bills that any of its references names."""
        numbers = numbers_in(line.description)
        found = [bill for number in numbers for bill in self.by_number[number]]
        for ending in endings_in(line.description):
            found += self.by_ending[ending]
        squeezed = _squeezed(line.description)
        for day in (line.on - ONE_DAY, line.on, line.on + ONE_DAY):
            nearby = self.by_words.get((day, line.amount), [])
            found += [bill for bill in nearby if _says(squeezed, _squeezed(bill.words))]
        return numbers, list(dict.fromkeys(found))


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()


def _says(description: str, words: str) -> bool:
    """Short words ("1", "BCA") stand in many lines and say nothing."""
    return words in description if len(words) >= 6 else words == description


def _look(line: Line, index: _Index) -> Match | Hint:
    numbers, named = index.named(line)
    if not named:
        if numbers:
            text = _("%s tidak menunggu pembayaran.") % ", ".join(sorted(numbers))
            return Hint(line, text)
        return Hint(line, _("Tidak ada nomor tagihan atau referensi yang dikenal."))
    if len(numbers | {bill.number for bill in named}) > 1:
        return Hint(line, _("Menyebut lebih dari satu tagihan. Pilih sendiri."))
    fitting = [bill for bill in named if not _misfit(line, bill)]
    if len(fitting) == 1:
        return Match(line, fitting[0], _why(line, fitting[0], numbers))
    if fitting:
        reason = _("%s cocok dengan lebih dari satu catatan. Pilih sendiri.") % named[0].number
        return Hint(line, reason, named[0])
    return Hint(line, _misfit(line, named[0]), named[0])


def _misfit(line: Line, bill: Bill) -> str:
    """Return what does not agree, as a sentence; "" when all does."""
    if line.amount != bill.missing:
        return _("%(number)s cocok, tetapi masuk %(came)s dan tagihannya %(asked)s.") % {
            "number": bill.number,
            "came": rupiah(line.amount),
            "asked": rupiah(bill.missing),
        }
    if not any(first - ONE_DAY <= line.on <= last + ONE_DAY for first, last in bill.days):
        return _("%(number)s dan jumlahnya cocok, tetapi harinya tidak: ditunggu %(days)s.") % {
            "number": bill.number,
            "days": ", ".join(_stretch(*days) for days in bill.days),
        }
    return ""


def _stretch(first: date, last: date) -> str:
    if first == last:
        return tanggal_pendek(first)
    return f"{tanggal_pendek(first)}–{tanggal_pendek(last)}"


def _why(line: Line, bill: Bill, numbers: set[str]) -> str:
    if bill.number in numbers:
        named = _("nomor %s ada di berita") % bill.number
    elif endings := bill.endings & endings_in(line.description):
        named = _("referensi berakhir %s seperti pada bukti") % min(endings)
    else:
        named = _("referensi sama dengan yang sudah dicatat")
    return _("%(amount)s pas, %(day)s sesuai, dan %(named)s.") % {
        "amount": rupiah(line.amount),
        "day": tanggal_pendek(line.on),
        "named": named,
    }
