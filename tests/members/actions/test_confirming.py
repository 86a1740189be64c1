from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from members.actions.dues import (
    refuse_proof,
    submit_proof,
)
from members.choices import (
    InvoiceStatus,
    PaymentMethod,
    ProofStatus,
    Role,
)
from members.models import (
    DuesInvoice,
    DuesPayment,
    KadinMembership,
    MembershipTerm,
)
from tests import make
from tests.members.money import member, pay, picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(batik, sekretariat) -> KadinMembership:
    return member(batik, by=sekretariat)


@pytest.fixture
def invoice(membership) -> DuesInvoice:
    return membership.invoices.get()


def at(day: str):
    return time_machine.travel(f"{day}T05:00:00+00:00", tick=False)


def test_confirming_fixes_the_year_and_thanks_the_owner(invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    payment = pay(invoice, by=bendahara)

    invoice.refresh_from_db()
    proof.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert proof.status == ProofStatus.ACCEPTED
    assert invoice.term.period.lower == payment.received_on
    notice = Notice.objects.of(siti).get(purpose="dues_paid")
    assert notice.subject == f"Lunas — kuitansi {payment.receipt_number}"
    entry = AuditEntry.objects.get(verb="dues.confirmed")
    assert (entry.data["old"], entry.data["new"], entry.by) == ("checking", "paid", bendahara)


def test_confirming_the_same_money_twice_is_once(invoice, bendahara, sekretariat) -> None:
    assert pay(invoice, by=bendahara) == pay(invoice, by=sekretariat)
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1
    assert Notice.objects.filter(purpose="dues_paid").count() == 1


def test_other_money_for_a_paid_bill_is_refused(invoice, bendahara) -> None:
    pay(invoice, by=bendahara)

    with pytest.raises(ActionRefused, match="sudah lunas"):
        pay(invoice, by=bendahara, reference="TRF-002")


@pytest.mark.parametrize(("days", "sentence"), [(1, "belum terjadi"), (-31, "baru terbit")])
def test_the_banks_day_must_be_possible(invoice, bendahara, days, sentence) -> None:
    with pytest.raises(ActionRefused, match=sentence):
        pay(invoice, by=bendahara, on=invoice.issued_on + timedelta(days=days))


def test_money_needs_a_reference(invoice, bendahara) -> None:
    with pytest.raises(ActionRefused, match="referensi"):
        pay(invoice, by=bendahara, reference=" ")


def test_nobody_confirms_their_own_payment(invoice, siti) -> None:
    with pytest.raises(ActionRefused, match="petugas lain"):
        pay(invoice, by=siti)


@pytest.mark.parametrize(
    ("amount", "purpose", "subject", "sentence"),
    [
        (
            100_000,
            "dues_underpaid",
            "Iuran belum lunas, kurang Rp20.000",
            "Tercatat Rp100.000, kurang Rp20.000. Bayar kekurangannya atau hubungi sekretariat.",
        ),
        (
            150_000,
            "dues_overpaid",
            "Lunas, lebih bayar Rp30.000 — kuitansi",
            "Tercatat Rp150.000, lebih bayar Rp30.000.",
        ),
    ],
)
def test_too_little_and_too_much_are_booked_and_said_once(
    invoice, siti, bendahara, amount, purpose, subject, sentence
) -> None:
    for _time in range(2):
        pay(invoice, by=bendahara, amount=amount)

    invoice.refresh_from_db()
    letter = Notice.objects.of(siti).get(
        purpose__in=["dues_paid", "dues_overpaid", "dues_underpaid"]
    )
    assert (letter.purpose, letter.subject[: len(subject)]) == (purpose, subject)
    assert sentence in letter.body
    assert DuesPayment.objects.get().receipt_number in letter.subject + letter.body
    assert (invoice.status == InvoiceStatus.UNDERPAID) is (invoice.term is None)


def test_parts_that_reach_the_bill_begin_the_year_on_the_day_of_the_last(
    invoice, bendahara
) -> None:
    today = timezone.localdate()
    pay(invoice, by=bendahara, amount=70_000, on=today)
    pay(invoice, by=bendahara, amount=50_000, on=today - timedelta(days=2), reference="TRF-002")

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    assert invoice.balance == 0
    assert invoice.term.period.lower == today
    numbers = DuesPayment.objects.values_list("receipt_number", flat=True)
    assert [number[-6:] for number in numbers] == ["000002", "000001"]


def test_cash_without_a_slip_is_named_by_its_day(invoice, bendahara) -> None:
    line = {"method": PaymentMethod.CASH, "reference": "", "on": date(2026, 6, 5)}
    with at("2026-06-05"):
        DuesInvoice.objects.update(issued_on=date(2026, 6, 5))
        payment = pay(invoice, by=bendahara, **line)
        assert pay(invoice, by=bendahara, **line) == payment
    assert payment.reference == "TUNAI-20260605"


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_make_one_payment_one_year_one_line(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    treasurers = [bendahara, make.staff("bendahara2", Role.BENDAHARA)]

    assert all_at_once(lambda who: pay(invoice, by=who), treasurers) == ["done", "done"]
    assert DuesPayment.objects.count() == 1
    assert MembershipTerm.objects.count() == 1
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1
    assert Notice.objects.filter(purpose="dues_paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirm_against_refuse_exactly_one_wins(batik, siti, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    proof = submit_proof(invoice, picture(), by=siti, via="web")

    def decide(word: str) -> None:
        if word == "confirm":
            pay(invoice, by=bendahara, proof=proof)
        else:
            refuse_proof(proof, reason="Buram.", by=bendahara, via="admin")

    assert all_at_once(decide, ["confirm", "refuse"]) == ["done", "refused"]
    invoice.refresh_from_db()
    proof.refresh_from_db()
    won = invoice.status == InvoiceStatus.PAID
    assert invoice.status == (InvoiceStatus.PAID if won else InvoiceStatus.PROOF_REFUSED)
    assert proof.status == (ProofStatus.ACCEPTED if won else ProofStatus.REFUSED)
    assert DuesPayment.objects.count() == MembershipTerm.objects.count() == int(won)
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == int(won)


@pytest.mark.django_db(transaction=True)
def test_gateway_and_treasurer_at_once_book_the_year_once(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    def book(who: str) -> None:
        if who == "gateway":
            line = {"by": None, "via": "gateway", "method": PaymentMethod.GATEWAY}
            pay(invoice, reference="MID-1", **line)
        else:
            pay(invoice, by=bendahara)

    assert all_at_once(book, ["gateway", "treasurer"]) == ["done", "refused"]
    assert DuesPayment.objects.count() == MembershipTerm.objects.count() == 1
    assert Notice.objects.filter(purpose="dues_paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_five_copies_of_a_notification_are_one_receipt(batik, sekretariat) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    line = {"by": None, "via": "gateway", "method": PaymentMethod.GATEWAY, "reference": "MID-1"}

    assert all_at_once(lambda _n: pay(invoice, **line), range(5)) == ["done"] * 5
    assert DuesPayment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_parts_at_once_both_count(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    def book(reference: str) -> None:
        pay(invoice, by=bendahara, amount=60_000, reference=reference)

    assert all_at_once(book, ["TRF-A", "TRF-B"]) == ["done", "done"]
    invoice.refresh_from_db()
    assert (invoice.status, invoice.received) == (InvoiceStatus.PAID, 120_000)
    assert MembershipTerm.objects.count() == 1
