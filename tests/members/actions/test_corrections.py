from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from members.actions.payments import correct_payment
from members.choices import InvoiceStatus, PaymentMethod
from members.models import DuesInvoice, DuesPayment, MembershipTerm
from tests.members.money import bill, member, pay
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


def fresh(invoice: DuesInvoice) -> DuesInvoice:
    return DuesInvoice.objects.get(pk=invoice.pk)


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
