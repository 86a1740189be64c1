from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.dues_changes import void_invoice
from members.actions.payments import correct_payment, move_credit, refund_payment
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


def correct(payment: DuesPayment, *, by, **changes) -> DuesPayment:
    line = {
        "received_on": payment.received_on,
        "amount": payment.amount,
        "reference": payment.reference,
        "method": payment.method,
        "reason": "Salah ketik.",
    }
    return correct_payment(payment, **{**line, "by": by, "via": "admin", **changes})


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


# --- correct -------------------------------------------------------------------------------------


def test_a_wrong_amount_is_taken_back_and_booked_right(invoice, siti, bendahara) -> None:
    wrong = pay(invoice, by=bendahara)
    right = correct(wrong, by=bendahara, amount=100_000)
    assert correct(wrong, by=bendahara, amount=100_000) == right

    found = fresh(invoice)
    assert sorted(DuesPayment.objects.values_list("amount", flat=True)) == [
        -120_000,
        100_000,
        120_000,
    ]
    assert (found.status, found.missing, found.term) == (InvoiceStatus.UNDERPAID, 20_000, None)
    assert right.corrects == wrong
    assert DuesPayment.objects.get(pk=wrong.pk).is_reversed
    letter = Notice.objects.of(siti).get(purpose="dues_corrected")
    assert wrong.receipt_number in letter.body
    assert right.receipt_number in letter.subject
    assert "kurang Rp20.000" in letter.body
    with pytest.raises(ActionRefused, match="sudah diganti"):
        correct(wrong, by=bendahara, amount=90_000)


def test_a_year_begins_when_the_right_amount_reaches_the_bill(invoice, bendahara) -> None:
    correct(pay(invoice, by=bendahara, amount=12_000), by=bendahara, amount=120_000)
    assert fresh(invoice).status == InvoiceStatus.PAID
    assert fresh(invoice).term


def test_the_right_day_moves_the_year(invoice, bendahara) -> None:
    wrong = pay(invoice, by=bendahara)
    day = timezone.localdate() - timedelta(days=3)
    correct(wrong, by=bendahara, received_on=day)

    term = fresh(invoice).term
    assert term
    assert term.period.lower == day
    assert MembershipTerm.with_revoked.count() == 2


def test_a_wrong_reference_leaves_the_year_alone(invoice, bendahara) -> None:
    wrong = pay(invoice, by=bendahara)
    term = fresh(invoice).term
    correct(wrong, by=bendahara, reference="TRF-002")
    assert fresh(invoice).term == term
    assert MembershipTerm.with_revoked.count() == 1


def test_the_day_of_an_older_year_does_not_shake_the_next(batik, sekretariat) -> None:
    with at("2026-06-05"):
        membership = member(batik, by=sekretariat)
        first = pay(membership.invoices.get(), by=sekretariat)
    with at("2027-05-20"):
        pay(bill(membership), by=sekretariat)
        correct(first, by=sekretariat, received_on=date(2026, 6, 1))

    days = [term.period.lower for term in MembershipTerm.objects.order_by("period")]
    assert days == [date(2026, 6, 5), date(2027, 6, 5)]


def test_a_bill_is_not_reopened_beside_an_open_one(batik, sekretariat) -> None:
    with at("2026-06-05"):
        membership = member(batik, by=sekretariat)
        first = pay(membership.invoices.get(), by=sekretariat)
    with at("2027-05-20"):
        bill(membership)
        with pytest.raises(ActionRefused, match="masih terbuka"):
            correct(first, by=sekretariat, amount=1_000)
    assert DuesPayment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Tidak ada yang berubah"),
        ({"reason": " "}, "alasan"),
        ({"amount": 0}, "lebih dari Rp0"),
        ({"reference": " "}, "referensi"),
        ({"received_on": date(2199, 1, 1)}, "belum terjadi"),
        ({"method": PaymentMethod.GATEWAY}, "daring"),
    ],
)
def test_a_correction_is_refused(invoice, bendahara, changes, sentence) -> None:
    payment = pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match=sentence):
        correct(payment, by=bendahara, **changes)
    assert DuesPayment.objects.count() == 1


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
