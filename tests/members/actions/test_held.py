from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from members.actions.dues_changes import void_invoice
from members.actions.held import assign_held_payment, hold_payment, return_held_payment
from members.choices import HeldStatus, InvoiceStatus, PaymentMethod
from members.models import DuesInvoice, DuesPayment, HeldPayment
from tests import make
from tests.members.money import bill, member, pay
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


def hold(*, by, via: str = "admin", **changes) -> HeldPayment:
    return hold_payment(
        **{
            "amount": 120_000,
            "received_on": timezone.localdate(),
            "reference": "TRF-900",
            "method": PaymentMethod.TRANSFER,
            "reason": "Tagihan sudah dibatalkan.",
            "by": by,
            "via": via,
            **changes,
        }
    )


def from_the_gateway(invoice: DuesInvoice | None, reference: str = "MID-1") -> HeldPayment:
    return hold(
        by=None, via="gateway", method=PaymentMethod.GATEWAY, reference=reference, about=invoice
    )


def test_late_money_waits_and_its_owner_is_told_once(invoice, siti, bendahara) -> None:
    void_invoice(invoice, reason="Salah tarif.", by=bendahara, via="admin")
    first = from_the_gateway(invoice)
    again = from_the_gateway(invoice)

    assert first == again
    assert list(HeldPayment.objects.waiting()) == [first]
    letter = Notice.objects.of(siti).get(purpose="payment_held")
    assert letter.subject == "Uang Rp120.000 sudah masuk, menunggu keputusan bendahara"
    assert invoice.number in letter.body
    assert AuditEntry.objects.filter(verb="held_payment.held").count() == 1


def test_money_of_nobody_tells_nobody(bendahara) -> None:
    assert hold(by=bendahara) == hold(by=bendahara)
    assert not Notice.objects.filter(purpose="payment_held").exists()


@pytest.mark.parametrize("change", [{"amount": 0}, {"reference": " "}, {"reason": " "}])
def test_money_is_held_with_amount_reference_and_reason(bendahara, change) -> None:
    with pytest.raises(ActionRefused):
        hold(by=bendahara, **change)


def test_only_the_gateway_books_without_a_person(invoice) -> None:
    with pytest.raises(ValueError, match="by a person"):
        hold(by=None)
    with pytest.raises(ValueError, match="by a person"):
        pay(invoice, by=None)


def test_assigned_money_pays_the_bill_on_the_day_it_came(invoice, siti, bendahara) -> None:
    held = hold(by=bendahara)
    for _time in range(2):
        assign_held_payment(held, invoice, by=bendahara, via="admin")

    held.refresh_from_db()
    invoice.refresh_from_db()
    assert held.status == HeldStatus.ASSIGNED
    assert invoice.status == InvoiceStatus.PAID
    assert held.payment.received_on == held.received_on
    assert DuesPayment.objects.count() == 1
    assert Notice.objects.of(siti).filter(purpose="dues_paid").count() == 1
    with pytest.raises(ActionRefused, match=invoice.number):
        return_held_payment(held, reason="Salah.", by=bendahara, via="admin")


def test_a_copy_of_the_notification_changes_nothing_once_decided(invoice, bendahara) -> None:
    void_invoice(invoice, reason="Salah tarif.", by=bendahara, via="admin")
    held = from_the_gateway(invoice)
    fresh = bill(invoice.membership)
    assign_held_payment(held, fresh, by=bendahara, via="admin")

    assert from_the_gateway(invoice) == held
    with pytest.raises(ActionRefused, match="sudah tercatat"):
        from_the_gateway(fresh)
    assert DuesPayment.objects.count() == HeldPayment.objects.count() == 1


def test_returned_money_says_why_and_is_once(invoice, siti, bendahara) -> None:
    held = from_the_gateway(invoice)
    with pytest.raises(ActionRefused, match="alasan"):
        return_held_payment(held, reason=" ", by=bendahara, via="admin")
    for _time in range(2):
        return_held_payment(held, reason="Ditransfer balik.", by=bendahara, via="admin")

    held.refresh_from_db()
    assert held.status == HeldStatus.RETURNED
    letter = Notice.objects.of(siti).get(purpose="payment_returned")
    assert "Ditransfer balik." in letter.body
    with pytest.raises(ActionRefused, match="sudah dikembalikan"):
        assign_held_payment(held, invoice, by=bendahara, via="admin")


def test_nobody_decides_about_their_own_money(invoice, siti) -> None:
    held = from_the_gateway(invoice)
    with pytest.raises(ActionRefused, match="petugas lain"):
        assign_held_payment(held, invoice, by=siti, via="admin")
    with pytest.raises(ActionRefused, match="petugas lain"):
        return_held_payment(held, reason="Untuk saya.", by=siti, via="admin")


def test_money_is_not_assigned_to_a_paid_bill(invoice, bendahara) -> None:
    pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="sudah lunas"):
        assign_held_payment(hold(by=bendahara), invoice, by=bendahara, via="admin")


def test_the_database_keeps_what_came(bendahara) -> None:
    held = hold(by=bendahara)
    for change in (lambda: HeldPayment.objects.update(amount=1), held.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_five_copies_of_late_money_are_one_row(batik, sekretariat) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()

    assert all_at_once(from_the_gateway, [invoice] * 5) == ["done"] * 5
    assert HeldPayment.objects.count() == 1
    assert AuditEntry.objects.filter(verb="held_payment.held").count() == 1
    assert Notice.objects.filter(purpose="payment_held").count() == 1


@pytest.mark.django_db(transaction=True)
def test_money_is_assigned_to_one_of_two_bills(batik, budi, sekretariat, bendahara) -> None:
    bills = [
        member(business, by=sekretariat).invoices.get()
        for business in (batik, make.business(budi, name="Roti Budi"))
    ]
    held = hold(by=bendahara)

    outcomes = all_at_once(
        lambda bill: assign_held_payment(held, bill, by=bendahara, via="admin"), bills
    )
    assert outcomes == ["done", "refused"]
    assert DuesPayment.objects.count() == 1
