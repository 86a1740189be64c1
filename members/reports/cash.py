"""What came in and went out on each day, in parts that add up to the rupiah.

Rows typed wrong stand with their reversal on the same day, and credit moved between two bills
adds nothing, so a day's parts are the ledger's own rows and the held money, each counted once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncDate

from members.choices import EntryKind, HeldStatus, PaymentMethod
from members.models import DuesPayment, HeldPayment


@dataclass
class Cash:
    """Rupiah. By way: the first seven; by what for: `dues`, `joining` and the two of held money."""

    transfer: int = 0
    qris: int = 0
    cash: int = 0
    gateway: int = 0
    refunds: int = 0
    held: int = 0
    held_returned: int = 0
    dues: int = 0
    joining: int = 0

    @property
    def total(self) -> int:
        """What is in hand by the way it came."""
        came = self.transfer + self.qris + self.cash + self.gateway
        return came + self.refunds + self.held + self.held_returned

    @property
    def total_by_kind(self) -> int:
        """The same, by what it was for."""
        return self.dues + self.joining + self.held + self.held_returned

    def add(self, other: Cash) -> None:
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))


@dataclass(frozen=True)
class CashReport:
    """Days without any money are left out. Both ends are inclusive."""

    first: date
    last: date
    days: list[tuple[date, Cash]]
    sum: Cash

    @property
    def file_name(self) -> str:
        return f"kas-iuran-{self.first:%Y-%m-%d}-sampai-{self.last:%Y-%m-%d}.xlsx"


def cash_report(*, first: date, last: date) -> CashReport:
    """Add up the ledger and the held money by the day the money moved."""
    days: dict[date, Cash] = {}
    for on, part, amount in [*_ledger(first, last), *_held(first, last)]:
        cash = days.setdefault(on, Cash())
        setattr(cash, part, getattr(cash, part) + amount)
    whole = Cash()
    for cash in days.values():
        whole.add(cash)
    return CashReport(first, last, sorted(days.items(), key=lambda day: day[0]), whole)


def _ledger(first: date, last: date) -> Iterable[tuple[date, str, int]]:
    rows = (
        DuesPayment.objects.booked_between(first, last)
        .order_by()
        .values_list("received_on", "method", "kind", "invoice__joining_fee")
        .annotate(sum=Sum("amount"))
    )
    for on, method, kind, joining_fee, amount in rows:
        yield on, "refunds" if kind == EntryKind.REFUND else PaymentMethod(method).value, amount
        yield on, "joining" if joining_fee else "dues", amount


def _held(first: date, last: date) -> Iterable[tuple[date, str, int]]:
    """Money that found its bill is in the ledger, on the day it came; the rest is here."""
    unassigned = HeldPayment.objects.exclude(status=HeldStatus.ASSIGNED).order_by()
    came = unassigned.filter(received_on__range=(first, last))
    for on, amount in came.values_list("received_on").annotate(sum=Sum("amount")):
        yield on, "held", amount
    returned = (
        unassigned.filter(status=HeldStatus.RETURNED)
        .annotate(on=TruncDate("decided_at"))
        .filter(on__gte=first, on__lte=last)
    )
    for on, amount in returned.values_list("on").annotate(sum=Sum("amount")):
        yield on, "held_returned", -amount
