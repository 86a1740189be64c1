"""Whatever people, banks and gateways do in whatever order: no year is paid twice, no rupiah lost.

The machine keeps its own plain book of what came and what went back, and holds the portal to it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members.actions.dues import refuse_proof, submit_proof
from members.actions.dues_changes import void_invoice, waive_invoice
from members.actions.held import assign_held_payment, hold_payment, return_held_payment
from members.actions.payments import correct_payment, move_credit, refund_payment
from members.choices import InvoiceStatus, PaymentMethod
from members.models import (
    DuesInvoice,
    DuesPayment,
    HeldPayment,
    KadinMembership,
    MembershipTerm,
    User,
)
from members.reports.ledger import ledger_totals
from tests import make
from tests.members.money import bill, member, pay, pdf
from umkm_portal.lib.errors import ActionRefused

STEPS = [
    "open",
    "proof",
    "refuse proof",
    "confirm",
    "confirm again",
    "cash",
    "partial",
    "over",
    "gateway",
    "gateway again",
    "refund",
    "refund part",
    "correct",
    "waive",
    "void",
    "hold",
    "assign",
    "return",
    "move credit",
    "wait",
]


class Book:
    """Runs the steps and notes, apart from the portal, what money really moved."""

    def __init__(self, membership: KadinMembership, treasurer: User) -> None:
        self.membership = membership
        self.owner = membership.business.owner
        self.treasurer = treasurer
        self.came = self.went_back = 0
        self.references = map("TRF-{:04d}".format, itertools.count(1))
        self.last_line: dict[str, object] | None = None
        self.last_gateway: dict[str, object] | None = None

    @property
    def invoice(self) -> DuesInvoice | None:
        """The open bill, else the newest."""
        invoices = self.membership.invoices
        return invoices.open().first() or invoices.first()

    def run(self, step: str) -> None:
        """A refusal is an answer like any other: it must leave everything as it was."""
        try:
            with transaction.atomic():
                getattr(self, f"do_{step.replace(' ', '_')}")()
        except ActionRefused:
            pass

    def book(self, amount: int, **line: object) -> None:
        line = {"invoice": self.invoice, "amount": amount, **line}
        line.setdefault("reference", next(self.references))
        self._book(line)

    def _book(self, line: dict[str, object]) -> None:
        before = DuesPayment.objects.receipts().count()
        pay(**{"by": self.treasurer, "on": timezone.localdate(), **line})
        self.came += int(str(line["amount"])) * (DuesPayment.objects.receipts().count() - before)
        self.last_line = line

    def do_open(self) -> None:
        bill(self.membership)

    def do_proof(self) -> None:
        submit_proof(self.invoice, pdf(), by=self.owner, via="web")

    def do_refuse_proof(self) -> None:
        for proof in self.invoice.proofs.waiting():
            refuse_proof(proof, reason="Buram.", by=self.treasurer, via="admin")

    def do_confirm(self) -> None:
        self.book(self.invoice.missing or self.invoice.amount)

    def do_confirm_again(self) -> None:
        if self.last_line:
            self._book(self.last_line)

    def do_cash(self) -> None:
        self.book(self.invoice.missing or 120_000, method=PaymentMethod.CASH, reference="")

    def do_partial(self) -> None:
        self.book(50_000)

    def do_over(self) -> None:
        self.book(self.invoice.missing + 30_000)

    def do_gateway(self) -> None:
        self.last_gateway = {
            "invoice": self.invoice,
            "amount": self.invoice.missing or self.invoice.amount,
            "reference": next(self.references),
            "on": timezone.localdate(),
            "method": PaymentMethod.GATEWAY,
            "by": None,
            "via": "gateway",
        }
        self.do_gateway_again()

    def do_gateway_again(self) -> None:
        """As the notification endpoint does: what no bill takes is held."""
        if self.last_gateway is None:
            return
        line = self.last_gateway
        try:
            with transaction.atomic():
                self._book(line)
        except ActionRefused:
            self._hold(
                amount=line["amount"],
                received_on=line["on"],
                reference=line["reference"],
                method=PaymentMethod.GATEWAY,
                about=line["invoice"],
                by=None,
                via="gateway",
            )

    def do_refund(self) -> None:
        self._refund(None)

    def do_refund_part(self) -> None:
        self._refund(20_000)

    def _refund(self, amount: int | None) -> None:
        payment = DuesPayment.objects.standing().first()
        if payment:
            before = DuesPayment.objects.count()
            row = refund_payment(
                payment, amount=amount, reason="Diminta.", by=self.treasurer, via="admin"
            )
            self.went_back += row.paid_out * (DuesPayment.objects.count() - before)

    def do_correct(self) -> None:
        payment = DuesPayment.objects.standing().first()
        if payment:
            line = {"received_on": payment.received_on, "method": payment.method}
            right = correct_payment(
                payment,
                amount=payment.amount + 10_000,
                reference=next(self.references),
                reason="Salah ketik.",
                by=self.treasurer,
                via="admin",
                **line,
            )
            self.came += right.amount - payment.amount

    def do_waive(self) -> None:
        waive_invoice(self.invoice, reason="Kebakaran.", by=self.treasurer, via="admin")

    def do_void(self) -> None:
        void_invoice(self.invoice, reason="Salah tarif.", by=self.treasurer, via="admin")

    def do_hold(self) -> None:
        self._hold(
            amount=70_000,
            received_on=timezone.localdate(),
            reference="TRF-TELAT",
            method=PaymentMethod.TRANSFER,
            about=self.invoice,
            by=self.treasurer,
            via="admin",
        )

    def _hold(self, **line: object) -> None:
        before = HeldPayment.objects.count()
        held = hold_payment(reason="Tagihan tidak terbuka.", **line)
        self.came += held.amount * (HeldPayment.objects.count() - before)

    def do_assign(self) -> None:
        held = HeldPayment.objects.waiting().first()
        if held:
            assign_held_payment(held, self.invoice, by=self.treasurer, via="admin")

    def do_return(self) -> None:
        held = HeldPayment.objects.waiting().first()
        if held:
            return_held_payment(held, reason="Salah kirim.", by=self.treasurer, via="admin")
            self.went_back += held.amount

    def do_move_credit(self) -> None:
        for older in self.membership.invoices.all():
            if older.credit and older != self.invoice:
                move_credit(older, self.invoice, by=self.treasurer, via="admin")

    def do_wait(self) -> None:
        """The clock is moved by the test."""


@pytest.fixture
def membership(batik, sekretariat) -> Iterator[KadinMembership]:
    with time_machine.travel("2026-06-05T05:00:00+00:00", tick=False):
        yield member(batik, by=sekretariat)


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=14))
def test_no_year_is_paid_twice_and_no_rupiah_is_lost(membership, bendahara, steps) -> None:
    with transaction.atomic():
        book = Book(membership, bendahara)
        with time_machine.travel("2026-06-05T05:00:00+00:00", tick=False) as clock:
            for step in steps:
                book.run(step)
                check(book)
                clock.shift(timedelta(days=200 if step == "wait" else 1))
        transaction.set_rollback(True)


def check(book: Book) -> None:
    totals = ledger_totals()
    assert (totals.came, totals.went_back) == (book.came, book.went_back)
    assert totals.on_bills + totals.held == book.came - book.went_back
    assert totals.is_whole
    terms = list(MembershipTerm.objects.order_by("period"))
    for before, after in itertools.pairwise(terms):
        assert before.period.upper <= after.period.lower
    invoices = list(DuesInvoice.objects.prefetch_related("payments", "terms"))
    assert sum(invoice.is_open for invoice in invoices) <= 1
    for invoice in invoices:
        check_bill(invoice)


def check_bill(invoice: DuesInvoice) -> None:
    assert invoice.received >= 0
    settled = invoice.status in {InvoiceStatus.PAID, InvoiceStatus.OVERPAID}
    has_year = settled or invoice.status == InvoiceStatus.WAIVED
    assert (invoice.term is not None) is has_year
    if settled:
        assert invoice.received >= invoice.amount
        assert (invoice.status == InvoiceStatus.OVERPAID) is (invoice.credit > 0)
    if invoice.is_open:
        assert invoice.received < invoice.amount
        assert invoice.proofs.waiting().exists() is (invoice.status == InvoiceStatus.CHECKING)
    if invoice.status == InvoiceStatus.UNDERPAID:
        assert invoice.received > 0


@pytest.fixture
def other(budi, sekretariat) -> DuesInvoice:
    return member(make.business(budi, name="Roti Budi"), by=sekretariat).invoices.get()


@pytest.mark.django_db
def test_gateway_money_is_not_counted_on_two_bills(membership, other, bendahara) -> None:
    line = {"method": PaymentMethod.GATEWAY, "by": None, "via": "gateway", "reference": "MID-1"}
    pay(membership.invoices.get(), **line)
    with pytest.raises(ActionRefused, match="sudah tercatat"):
        pay(other, **line)
