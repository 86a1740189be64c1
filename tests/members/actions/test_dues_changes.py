from __future__ import annotations

import pytest
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.dues_changes import void_invoice, waive_invoice
from members.actions.payments import refund_payment
from members.choices import InvoiceStatus, MembershipState, ProofStatus
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from tests.members.money import bill, member, pay, picture
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
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


def waive(invoice: DuesInvoice, *, by, reason: str = "Kebakaran.") -> DuesInvoice:
    return waive_invoice(invoice, reason=reason, by=by, via="admin")


def refund(payment: DuesPayment, *, by, amount=None, reason: str = "Bayar dua kali.", via="admin"):
    return refund_payment(payment, amount=amount, reason=reason, by=by, via=via)


def letters(purpose: str) -> int:
    return Notice.objects.filter(purpose=purpose).count()


# --- void ----------------------------------------------------------------------------------------


def test_a_voided_bill_wants_nothing_and_says_why(invoice, siti, bendahara) -> None:
    proof = submit_proof(invoice, picture(), by=siti, via="web")
    for _time in range(2):
        void(invoice, by=bendahara)

    proof.refresh_from_db()
    found = fresh(invoice)
    assert (found.status, found.closed_because) == (InvoiceStatus.VOID, "Salah tarif.")
    assert (found.balance, found.missing, found.credit) == (0, 0, 0)
    assert proof.status == ProofStatus.REFUSED
    assert "Salah tarif." in Notice.objects.of(siti).get(purpose="dues_void").body
    assert AuditEntry.objects.filter(verb="dues_invoice.voided").count() == 1
    assert bill(invoice.membership) != invoice


def test_money_on_a_voided_bill_stays_the_owners(invoice, bendahara) -> None:
    payment = pay(invoice, by=bendahara, amount=100_000)
    void(invoice, by=bendahara)

    assert (fresh(invoice).balance, fresh(invoice).credit) == (-100_000, 100_000)
    assert "Rp100.000" in Notice.objects.get(purpose="dues_void").body
    refund(payment, by=bendahara)
    assert (fresh(invoice).status, fresh(invoice).credit) == (InvoiceStatus.VOID, 0)


@pytest.mark.parametrize("change", [void, waive])
def test_a_paid_bill_is_neither_voided_nor_waived(invoice, bendahara, change) -> None:
    pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="sudah lunas"):
        change(invoice, by=bendahara)


@pytest.mark.parametrize("change", [void, waive])
def test_it_needs_a_reason_and_somebody_else(invoice, siti, bendahara, change) -> None:
    with pytest.raises(ActionRefused, match="alasan"):
        change(invoice, by=bendahara, reason=" ")
    with pytest.raises(ActionRefused, match="petugas lain"):
        change(invoice, by=siti)
    assert not MembershipTerm.objects.exists()
    assert fresh(invoice).is_open


# --- waive ---------------------------------------------------------------------------------------


def test_a_waived_bill_gives_the_year_without_money(invoice, siti, bendahara) -> None:
    for _time in range(2):
        waive(invoice, by=bendahara)

    found = fresh(invoice)
    assert found.status == InvoiceStatus.WAIVED
    assert found.term
    assert found.term.given_because == "Kebakaran."
    assert found.term.period.lower == timezone.localdate()
    assert invoice.membership.state(on=timezone.localdate()) == MembershipState.ACTIVE
    assert not DuesPayment.objects.exists()
    letter = Notice.objects.of(siti).get(purpose="dues_waived")
    assert "Kebakaran." in letter.body
    assert "aktif sampai" in letter.body


def test_no_money_is_booked_on_a_waived_bill(invoice, bendahara) -> None:
    waive(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="Tagihan ini tidak perlu dibayar: Dibebaskan"):
        pay(invoice, by=bendahara)


@pytest.mark.django_db(transaction=True)
def test_money_and_void_at_once_keep_the_money(batik, sekretariat, bendahara) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    def decide(word: str) -> None:
        if word == "pay":
            pay(invoice, by=bendahara)
        else:
            void(invoice, by=sekretariat)

    assert all_at_once(decide, ["pay", "void"]) == ["done", "refused"]
    won = fresh(invoice).status == InvoiceStatus.PAID
    assert DuesPayment.objects.count() == MembershipTerm.objects.count() == int(won)
