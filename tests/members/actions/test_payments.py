from __future__ import annotations

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.dues_changes import void_invoice
from members.actions.payments import move_credit, refund_payment
from members.choices import EntryKind, InvoiceStatus, MembershipState, PaymentMethod, ProofStatus
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from tests import make
from tests.members.money import bill, member, pay, picture
from tests.race import all_at_once
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


def fresh(invoice: DuesInvoice) -> DuesInvoice:
    return DuesInvoice.objects.get(pk=invoice.pk)


def void(invoice: DuesInvoice, *, by, reason: str = "Salah tarif.") -> DuesInvoice:
    return void_invoice(invoice, reason=reason, by=by, via="admin")


def refund(payment: DuesPayment, *, by, amount=None, reason: str = "Bayar dua kali.", via="admin"):
    return refund_payment(payment, amount=amount, reason=reason, by=by, via=via)


def at(day: str):
    return time_machine.travel(f"{day}T05:00:00+00:00", tick=False)


def letters(purpose: str) -> int:
    return Notice.objects.filter(purpose=purpose).count()


# --- refund --------------------------------------------------------------------------------------


def test_a_refund_is_a_new_row_and_ends_the_year(invoice, siti, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    row = refund(payment, by=bendahara)
    assert refund(payment, by=bendahara) == row

    found = fresh(invoice)
    assert (row.amount, row.kind, row.refunds) == (-120_000, EntryKind.REFUND, payment)
    assert row.receipt_number.startswith("BK-KJS-")
    assert (found.status, found.term, found.balance) == (InvoiceStatus.REFUNDED, None, 0)
    assert MembershipTerm.with_revoked.get().revoked_because == "Bayar dua kali."
    assert invoice.membership.state(on=timezone.localdate()) == MembershipState.NONE
    letter = Notice.objects.of(siti).get(purpose="dues_refunded")
    assert letter.subject == "Uang iuran dikembalikan: Rp120.000"
    assert bill(invoice.membership) != invoice


def test_the_same_money_again_after_a_refund_is_still_that_money(invoice, bendahara) -> None:
    payment = pay(invoice, by=None, via="gateway", method=PaymentMethod.GATEWAY)
    refund(payment, by=None, via="gateway")

    again = pay(invoice, by=None, via="gateway", method=PaymentMethod.GATEWAY)
    assert again == payment
    assert fresh(invoice).status == InvoiceStatus.REFUNDED


def test_what_was_paid_too_much_goes_back_without_harm(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, amount=150_000)
    for _time in range(2):
        refund(payment, by=bendahara, amount=30_000)

    found = fresh(invoice)
    assert (found.status, found.credit, found.received) == (InvoiceStatus.PAID, 0, 120_000)
    assert found.term
    assert letters("dues_refunded") == 1


def test_a_part_that_goes_back_leaves_the_bill_open(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, amount=100_000)
    refund(payment, by=bendahara, amount=40_000)
    assert (fresh(invoice).status, fresh(invoice).missing) == (InvoiceStatus.UNDERPAID, 60_000)
    refund(payment, by=bendahara)
    assert (fresh(invoice).status, fresh(invoice).missing) == (InvoiceStatus.UNPAID, 120_000)


def test_a_proof_that_waits_goes_on_waiting(invoice, siti, bendahara) -> None:
    payment = pay(invoice, by=bendahara, amount=100_000)
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    refund(payment, by=bendahara)

    proof.refresh_from_db()
    assert proof.status == ProofStatus.WAITING
    assert fresh(invoice).status == InvoiceStatus.CHECKING


@pytest.mark.parametrize("amount", [0, -5, 120_001])
def test_no_more_goes_back_than_came(invoice, bendahara, amount) -> None:
    payment = pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="paling banyak Rp120"):
        refund(payment, by=bendahara, amount=amount)


def test_only_money_that_came_goes_back(invoice, siti, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="petugas lain"):
        refund(payment, by=siti)
    with pytest.raises(ActionRefused, match="alasan"):
        refund(payment, by=bendahara, reason=" ")
    row = refund(payment, by=bendahara)
    with pytest.raises(ActionRefused, match="bukan uang masuk"):
        refund(row, by=bendahara)


# --- credit --------------------------------------------------------------------------------------


@pytest.fixture
def with_credit(batik, sekretariat) -> DuesInvoice:
    with at("2026-06-05"):
        invoice = member(batik, by=sekretariat).invoices.get()
        pay(invoice, by=sekretariat, amount=150_000)
    return fresh(invoice)


def test_credit_pays_part_of_the_next_bill(with_credit, sekretariat) -> None:
    with at("2027-05-20"):
        following = bill(with_credit.membership)
        row = move_credit(with_credit, following, by=sekretariat, via="admin")
        assert move_credit(with_credit, following, by=sekretariat, via="admin") == row
        assert (fresh(following).status, fresh(following).missing) == ("underpaid", 90_000)
        assert (fresh(with_credit).status, fresh(with_credit).credit) == ("paid", 0)
        pay(following, by=sekretariat, amount=90_000)

    assert fresh(following).status == InvoiceStatus.PAID
    assert DuesPayment.objects.total() == 240_000
    assert DuesPayment.objects.receipts().total() == 240_000
    assert letters("dues_underpaid") == 1


def test_credit_that_was_moved_can_go_on_or_go_back(with_credit, sekretariat) -> None:
    with at("2027-05-20"):
        second = bill(with_credit.membership)
        row = move_credit(with_credit, second, by=sekretariat, via="admin")
        void(second, by=sekretariat)
        third = bill(with_credit.membership)
        on = move_credit(second, third, by=sekretariat, via="admin")
        void(third, by=sekretariat)
        with pytest.raises(ActionRefused, match="paling banyak Rp0"):
            refund(row, by=sekretariat)
        refund(on, by=sekretariat)

    assert fresh(third).received == 0
    assert DuesPayment.objects.total() == 120_000


def test_credit_stays_with_its_member(with_credit, budi, sekretariat) -> None:
    other = member(make.business(budi, name="Roti"), by=sekretariat).invoices.get()
    with pytest.raises(ActionRefused, match="anggota yang sama"):
        move_credit(with_credit, other, by=sekretariat, via="admin")


def test_a_bill_without_credit_moves_none(batik, sekretariat) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    void(invoice, by=sekretariat)
    with pytest.raises(ActionRefused, match="Tidak ada lebih bayar"):
        move_credit(invoice, bill(invoice.membership), by=sekretariat, via="admin")


# --- the ledger ----------------------------------------------------------------------------------


def test_the_database_refuses_to_change_or_delete_a_row(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara)
    for change in (lambda: DuesPayment.objects.update(amount=1), payment.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_refunds_at_once_return_the_money_once(batik, sekretariat, bendahara) -> None:
    payment = pay(member(batik, by=sekretariat).invoices.get(), by=bendahara)

    assert (
        all_at_once(lambda who: refund(payment, by=who), [bendahara, sekretariat]) == ["done"] * 2
    )
    assert DuesPayment.objects.total() == 0


@pytest.mark.django_db(transaction=True)
def test_credit_is_moved_once(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    pay(invoice, by=bendahara, amount=100_000)
    void(invoice, by=bendahara)
    following = bill(invoice.membership)

    outcomes = all_at_once(
        lambda who: move_credit(invoice, following, by=who, via="admin"), [bendahara, sekretariat]
    )
    assert outcomes == ["done", "done"]
    assert fresh(following).received == 100_000
