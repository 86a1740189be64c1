"""The two-column screen: lines of the bank beside the bills they may pay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.matching import Bill, Hint, Line, Match, propose
from members.models import BankStatement, DuesInvoice, DuesPayment, DuesProof

PAIRS_SHOWN = 100
REST_SHOWN = 25
BILLS_SHOWN = 100
OPTIONS_SHOWN = 30
OPEN, BOOKED = "tagihan", "catatan"


@dataclass(frozen=True)
class Payer:
    """An open bill as the treasurer knows it."""

    pk: int
    number: str
    business: str
    owner: str
    missing: int
    due_on: date

    @property
    def key(self) -> str:
        return f"{OPEN}-{self.pk}"

    def is_named_in(self, description: str) -> bool:
        words = f"{self.business} {self.owner}".upper().split()
        return any(len(word) >= 4 and word in description for word in words)


@dataclass
class Pair:
    """A proposal as it is shown; `business` is whose bill it is."""

    match: Match
    business: str

    @property
    def value(self) -> str:
        return f"{self.match.line.key}:{self.match.bill.key}"

    @property
    def is_booked(self) -> bool:
        return self.match.bill.key.startswith(BOOKED)


@dataclass
class Rest:
    """A line left to a person: why, and the bills that come near, the nearest first."""

    hint: Hint
    options: list[Payer]
    chosen: str = ""
    number: str = ""
    reason: str = ""
    error: str = ""


@dataclass
class Screen:
    """One page of it; `..._more` count what the page does not show."""

    pairs: list[Pair]
    pairs_more: int
    rest: list[Rest]
    rest_more: int
    bills: list[Payer]
    bills_more: int
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        return self.counts["all"] - self.counts["waiting"]


def screen_of(statement: BankStatement) -> Screen:
    """What waits of one statement, beside all open bills."""
    payers = _payers()
    matches, hints = proposals_of(statement)
    named = {payer.key: payer for payer in payers}
    taken = {match.bill.key for match in matches}
    pairs = [Pair(match, "") for match in matches[:PAIRS_SHOWN]]
    _name_businesses(pairs, named)
    left = [payer for payer in payers if payer.key not in taken]
    return Screen(
        pairs,
        len(matches) - len(pairs),
        [Rest(hint, _options(hint, left, named)) for hint in hints[:REST_SHOWN]],
        max(0, len(hints) - REST_SHOWN),
        left[:BILLS_SHOWN],
        max(0, len(left) - BILLS_SHOWN),
        statement.lines.all().counts(),
    )


def proposals_of(statement: BankStatement) -> tuple[list[Match], list[Hint]]:
    """Match what waits of a statement against every open bill and money booked by hand."""
    waiting = statement.lines.all().waiting().values_list("pk", "on", "amount", "description")
    lines = [Line(*values) for values in waiting]
    if not lines:
        return [], []
    return propose(lines, [*_open_bills(), *_booked_by_hand(statement, lines)])


def _open_bills() -> Iterable[Bill]:
    proofs = DuesProof.objects.only("invoice_id", "uploaded_at", "reference_end")
    for invoice in _with_missing().prefetch_related(Prefetch("proofs", queryset=proofs)):
        shown = invoice.proofs.all()
        days = [timezone.localdate(proof.uploaded_at) for proof in shown]
        yield Bill(
            f"{OPEN}-{invoice.pk}",
            invoice.number,
            invoice.amount - invoice.got,
            tuple((day, day) for day in days) or ((invoice.issued_on, invoice.due_on),),
            frozenset(proof.reference_end for proof in shown if proof.reference_end),
        )


def _with_missing() -> Any:  # the annotation has no name in types
    return DuesInvoice.objects.open().annotate(got=Coalesce(Sum("payments__amount"), 0))


def _booked_by_hand(statement: BankStatement, lines: Sequence[Line]) -> Iterable[Bill]:
    first = min(line.on for line in lines) - timedelta(days=1)
    last = max(line.on for line in lines) + timedelta(days=1)
    booked = (
        DuesPayment.objects.standing()
        .booked_between(first, last)
        .filter(statement_line=None, method=statement.method)
        .select_related("invoice")
    )
    for payment in booked:
        day = payment.received_on
        yield Bill(
            f"{BOOKED}-{payment.pk}",
            payment.invoice.number,
            payment.amount,
            ((day, day),),
            words=payment.reference,
        )


def _payers() -> list[Payer]:
    rows = (
        _with_missing()
        .order_by("due_on", "pk")
        .values_list(
            "pk",
            "number",
            "membership__business__name",
            "membership__business__owner__name",
            "amount",
            "got",
            "due_on",
        )
    )
    return [
        Payer(pk, number, business, owner, amount - got, due_on)
        for pk, number, business, owner, amount, got, due_on in rows
    ]


def _name_businesses(pairs: Iterable[Pair], named: dict[str, Payer]) -> None:
    booked = [int(p.match.bill.key.removeprefix(f"{BOOKED}-")) for p in pairs if p.is_booked]
    names = dict(
        DuesPayment.objects.filter(pk__in=booked).values_list(
            "pk", "invoice__membership__business__name"
        )
        if booked
        else ()
    )
    for pair in pairs:
        key = pair.match.bill.key
        if pair.is_booked:
            pair.business = names[int(key.removeprefix(f"{BOOKED}-"))]
        elif key in named:
            pair.business = named[key].business


def _options(hint: Hint, payers: Sequence[Payer], named: dict[str, Payer]) -> list[Payer]:
    """The bill that comes near, then those whose names stand on the line, then equal amounts."""
    description = hint.line.description.upper()
    near = [named[hint.bill.key]] if hint.bill and hint.bill.key in named else []
    by_name = [payer for payer in payers if payer.is_named_in(description)]
    by_amount = [payer for payer in payers if payer.missing == hint.line.amount]
    return list(dict.fromkeys([*near, *by_name, *by_amount, *payers[:OPTIONS_SHOWN]]))[
        :OPTIONS_SHOWN
    ]
