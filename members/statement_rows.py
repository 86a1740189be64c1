"""What the rows of a bank's file say: days, money in and out, descriptions. No database."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from umkm_portal.lib.dates import parse_tanggal

MOST = 10_000_000_000
"""Rupiah of one line: no member pays ten milliards, so such a file has its columns mixed up."""
MOST_BAD_SHOWN = 50
DESCRIPTION_LENGTH = 300

_TIME = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?WIB)?$")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_SHORT_YEAR = re.compile(r"(\d{1,2})[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -](\d{2})")
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)
"""2000 to 2099, as Excel counts days; other numbers of five digits are no days."""

_MONEY = re.compile(r"(?P<minus>[-(]|\+)?(?:RP|IDR)?\.?(?P<number>\d[\d.,]*)[)]?(?P<side>[A-Z+-]*)")
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3}(?:\1\d{3})*)?|\d+")
_DECIMALS = re.compile(r"[.,](\d{1,2}|\d{4,})$")
CREDIT = frozenset({"CR", "C", "K", "KR", "KREDIT", "CREDIT", "MASUK", "+"})
DEBIT = frozenset({"DB", "D", "DR", "DEBET", "DEBIT", "KELUAR", "-"})


@dataclass(frozen=True)
class Columns:
    """Where a bank writes what: places counted from 0. `header_row` is -1 when there is none."""

    header_row: int
    date: int
    amount: int
    descriptions: tuple[int, ...]
    direction: int | None = None


@dataclass(frozen=True)
class BankLine:
    """Money that came in. `digest` is the same for the same line in any file."""

    row: int
    on: date
    amount: int
    has_cents: bool
    description: str
    occurrence: int
    digest: str


@dataclass
class Found:
    """What a file holds. `bad` names rows that look like transfers and cannot be read."""

    lines: list[BankLine] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    outgoing: int = 0
    others: int = 0


def read_day(text: str) -> date:
    """Read a day as banks write it: 12/06/2026, 12/06/26, 2026-06-12, 12 Jun 2026, 46185.

    A time behind it is dropped. Raises ValueError.
    """
    text = _TIME.sub("", text.strip().lstrip("'")).strip()
    if _SERIAL.fullmatch(text) and int(float(text)) in _SERIALS:
        return _EXCEL_EPOCH + timedelta(days=int(float(text)))
    if match := _COMPACT.fullmatch(text):
        return date(*(int(part) for part in match.groups()))
    if match := _SHORT_YEAR.fullmatch(text):
        text = f"{match[1]} {match[2]} 20{match[3]}"
    return parse_tanggal(text)


def read_money(text: str) -> Decimal:
    """Read "120.000,00", "120,000.00 CR", "Rp120.000", "(5.000)"; money out is below zero.

    Raises ValueError.
    """
    squeezed = re.sub(r"\s", "", text).lstrip("'").upper()
    match = _MONEY.fullmatch(re.sub(r"[.,]-$", "", squeezed))
    if not match or match["side"] not in {"", *CREDIT, *DEBIT}:
        raise ValueError(f"no money: {text}")
    amount = _plain(match["number"])
    is_out = match["minus"] in {"-", "("} or match["side"] in DEBIT
    return -amount if is_out else amount


def _plain(number: str) -> Decimal:
    """Tell the decimals from the thousands: three digits behind a sign are thousands."""
    cents = "0"
    if match := _DECIMALS.search(number):
        number, cents = number[: match.start()], match[1]
    if not _GROUPS.fullmatch(number):
        raise ValueError(f"no money: {number}")
    return Decimal(f"{re.sub(r'[.,]', '', number)}.{cents}")


def line_digest(method: str, on: date, amount: Decimal, description: str, occurrence: int) -> str:
    """Same transfer, same digest; the second of two equal transfers of a day has its own."""
    words = " ".join(description.upper().split())
    key = "\x1f".join([method, on.isoformat(), f"{amount:.2f}", words, str(occurrence)])
    return hashlib.sha256(key.encode()).hexdigest()


def read_lines(
    rows: Iterable[Sequence[str]], columns: Columns, *, method: str, today: date
) -> Found:
    """Sort every row into money in, money out, bad, or none of a bank's transfers.

    A row without a day is a head, a total or a pending transfer, and left out; a row with a day
    must have an amount that can be read.
    """
    found = Found()
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows, 1):
        if number <= columns.header_row + 1 or not any(row):
            continue
        try:
            _sort_row(found, seen, number, row, columns, method=method, today=today)
        except ValueError as error:
            found.bad.append(_("Baris %(row)d: %(why)s") % {"row": number, "why": error})
    return found


def _sort_row(  # noqa: PLR0913  one row and what is known so far
    found: Found,
    seen: Counter[str],
    number: int,
    row: Sequence[str],
    columns: Columns,
    *,
    method: str,
    today: date,
) -> None:
    typed = _cell(row, columns.date)
    try:
        on = read_day(typed)
    except ValueError:
        found.others += 1
        return
    amount = _amount(row, columns)
    if amount is None or amount <= 0:
        found.outgoing += 1
        return
    if on > today:
        raise ValueError(_("tanggal “%s” belum terjadi.") % typed)
    if amount > MOST:
        raise ValueError(_("jumlah “%s” terlalu besar.") % _cell(row, columns.amount))
    parts = [_cell(row, place) for place in columns.descriptions]
    description = " ".join(" ".join(part for part in parts if part).split())
    description = description[:DESCRIPTION_LENGTH]
    first = line_digest(method, on, amount, description, 1)
    seen[first] += 1
    digest = first
    if seen[first] > 1:
        digest = line_digest(method, on, amount, description, seen[first])
    whole = int(amount)
    found.lines.append(
        BankLine(number, on, whole, amount != whole, description, seen[first], digest)
    )


def _amount(row: Sequence[str], columns: Columns) -> Decimal | None:
    """Money in above zero, money out below; None when the cell for money in is empty."""
    text = _cell(row, columns.amount)
    if text in {"", "-"}:
        return None
    try:
        amount = read_money(text)
    except ValueError:
        raise ValueError(_("jumlah “%s” tidak terbaca.") % text[:40]) from None
    if columns.direction is None:
        return amount
    side = _cell(row, columns.direction).upper().strip(".")
    if side in DEBIT:
        return -abs(amount)
    if side in CREDIT:
        return amount
    raise ValueError(_("“%s” bukan CR/DB.") % side[:40])


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


# --- which column is which ------------------------------------------------------------------

_NAMES = {
    "date": ("tanggal", "tgl", "date", "waktu"),
    "amount": ("kredit", "credit", "masuk", "jumlah", "nominal", "amount", "mutasi"),
    "description": (
        "keterangan",
        "uraian",
        "berita",
        "deskripsi",
        "description",
        "remark",
        "transaksi",
        "pengirim",
        "referensi",
        "rrn",
    ),
    "direction": ("cr/db", "db/cr", "d/k", "k/d", "dk", "tipe", "jenis", "type"),
}


def guess_columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Find the head of the table by its words; None when no row has a day and an amount."""
    for number, row in enumerate(rows):
        words = [cell.strip().lower() for cell in row]
        day = _first(words, _NAMES["date"])
        amount = _first(words, _NAMES["amount"])
        if day is None or amount is None or day == amount:
            continue
        described = [
            place
            for place, word in enumerate(words)
            if place not in {day, amount} and any(n in word for n in _NAMES["description"])
        ]
        direction = next((p for p, w in enumerate(words) if w in _NAMES["direction"]), None)
        return Columns(
            number, day, amount, tuple(p for p in described if p != direction)[:2], direction
        )
    return None


def _first(words: Sequence[str], names: Sequence[str]) -> int | None:
    return next((p for name in names for p, word in enumerate(words) if name in word), None)
