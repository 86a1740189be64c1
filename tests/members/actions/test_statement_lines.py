"""A line of the bank's file is paired with a bill, held, or left aside; each once."""

from __future__ import annotations

import pytest

from members.actions.dues import submit_proof
from members.actions.statement_lines import hold_line, ignore_line, link_line, restore_line
from members.choices import InvoiceStatus, LineState, ProofStatus, Role
from members.models import DuesPayment, HeldPayment, StatementLine
from tests import make
from tests.members import bank
from tests.members.bank import book
from tests.members.money import member, pay, picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(invoice, bendahara) -> StatementLine:
    """Siti's transfer of today, with her bill's number."""
    return bank.read([bank.row(bank.today(), f"TRF {invoice.number}")], by=bendahara).lines.get()


def test_a_line_pays_its_bill_on_the_banks_day(line, invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), reference_end="004512", by=siti, via="web")
    booked = book(line, invoice, bendahara)

    invoice.refresh_from_db()
    proof.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert proof.status == ProofStatus.ACCEPTED
    payment = DuesPayment.objects.get()
    assert booked.payment == payment
    assert (payment.received_on, payment.reference) == (line.on, line.reference)
    assert line.description not in payment.reference, "the ledger can never forget a payer's name"
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


def test_twice_is_once(line, invoice, bendahara) -> None:
    book(line, invoice, bendahara)
    book(line, invoice, bendahara)
    assert DuesPayment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


def test_two_equal_transfers_for_one_bill_are_two_payments(invoice, bendahara) -> None:
    half = [bank.row(bank.today(), "Siti cicil", "60.000,00")] * 2
    lines = bank.read(half, by=bendahara).lines.all()
    for line in lines:
        book(line, invoice, bendahara)
    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert DuesPayment.objects.count() == 2


def test_a_line_pays_one_bill_only(line, invoice, budi, sekretariat, bendahara) -> None:
    other = member(make.business(budi, name="Keripik Budi"), by=sekretariat).invoices.get()
    book(line, invoice, bendahara)
    with pytest.raises(ActionRefused, match=invoice.number):
        book(line, other, bendahara)
    with pytest.raises(ActionRefused, match=invoice.number):
        hold_line(line, reason="x", by=bendahara, via="admin")
    with pytest.raises(ActionRefused, match="sudah dicatat"):
        restore_line(line, by=bendahara, via="admin")


def test_part_of_the_money_and_more_than_asked_have_their_states(invoice, bendahara) -> None:
    rows = [
        bank.row(bank.today(-1), "Siti 1", "100.000"),
        bank.row(bank.today(), "Siti 2", "50.000"),
    ]
    for line, status in zip(
        bank.read(rows, by=bendahara).lines.order_by("on"),
        [InvoiceStatus.UNDERPAID, InvoiceStatus.OVERPAID],
        strict=True,
    ):
        book(line, invoice, bendahara)
        invoice.refresh_from_db()
        assert invoice.status == status


def test_money_for_a_closed_bill_is_held(line, invoice, bendahara) -> None:
    pay(invoice, by=bendahara, on=bank.today(-10))
    held = book(line, invoice, bendahara)
    assert held.state == LineState.HELD
    assert HeldPayment.objects.get().about == invoice
    assert DuesPayment.objects.count() == 1


def test_money_booked_by_hand_is_not_booked_again(line, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    assert book(line, invoice, bendahara).payment == payment
    assert not HeldPayment.objects.exists()
    assert DuesPayment.objects.count() == 1
    link_line(line, payment, by=bendahara, via="admin")
    assert AuditEntry.objects.filter(verb="statement_line.linked").count() == 1


def test_a_payment_has_one_line(line, invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    link_line(line, payment, by=bendahara, via="admin")
    other = bank.read([bank.row(bank.today(), "lain")], by=bendahara).lines.get()
    with pytest.raises(ActionRefused, match="sudah punya baris"):
        link_line(other, payment, by=bendahara, via="admin")


def test_money_of_nobody_knows_whom_is_held_and_of_the_rent_is_ignored(bendahara) -> None:
    rows = [bank.row(bank.today(), "Tak dikenal"), bank.row(bank.today(), "Sewa tenda")]
    first, second = bank.read(rows, by=bendahara).lines.order_by("row")
    for _twice in range(2):
        hold_line(first, reason="", by=bendahara, via="admin")
        ignore_line(second, reason="Sewa tenda", by=bendahara, via="admin")
    assert HeldPayment.objects.get().reason == "Belum diketahui untuk tagihan mana."
    second.refresh_from_db()
    assert second.state == LineState.IGNORED
    assert AuditEntry.objects.filter(verb="statement_line.ignored").count() == 1


def test_ignoring_needs_a_reason(line, bendahara) -> None:
    with pytest.raises(ActionRefused, match="Tulis mengapa"):
        ignore_line(line, reason=" ", by=bendahara, via="admin")
    ignore_line(line, reason="Sewa", by=bendahara, via="admin")
    with pytest.raises(ActionRefused, match="Bukan iuran"):
        hold_line(line, reason="x", by=bendahara, via="admin")


def test_nobody_pairs_their_own_bill(bendahara, sekretariat) -> None:
    own = member(make.business(bendahara, name="Warung Bendahara"), by=sekretariat)
    line = bank.read([bank.row(bank.today(), "saya")], by=bendahara).lines.get()
    with pytest.raises(ActionRefused, match="petugas lain"):
        book(line, own.invoices.get(), bendahara)
    line.refresh_from_db()
    assert line.state == LineState.WAITING


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_confirm_the_same_line_at_once(line, invoice, bendahara) -> None:
    other = make.staff("wakil", Role.BENDAHARA)
    outcomes = all_at_once(lambda by: book(line, invoice, by), [bendahara, other])
    assert outcomes == ["done", "done"]
    assert DuesPayment.objects.count() == 1
    assert not HeldPayment.objects.exists()
    assert AuditEntry.objects.filter(verb="statement_line.booked").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_pair_the_same_line_with_different_bills_at_once(
    line, invoice, budi, sekretariat, bendahara
) -> None:
    other = member(make.business(budi, name="Keripik Budi"), by=sekretariat).invoices.get()
    outcomes = all_at_once(lambda bill: book(line, bill, bendahara), [invoice, other])
    assert outcomes == ["done", "refused"]
    assert DuesPayment.objects.count() == 1
