"""What the gateway says: believed when it is proven, and turned into money at most once."""

from __future__ import annotations

import json
import threading

import pytest
from django.conf import settings as portal
from django.db import connection
from django.utils import timezone

from members.actions.gateway_notices import handle_notification, receive_notification
from members.choices import AttemptStatus, InvoiceStatus, NoticeVerdict, PaymentMethod
from members.models import (
    DuesInvoice,
    DuesPayment,
    GatewayAttempt,
    GatewayNotification,
    HeldPayment,
)
from tests.members.gateway import ADDRESS, money, send, start
from tests.members.money import pay
from tests.midtrans import notification, send_until_taken, sign
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.midtrans import from_settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [ADDRESS, ADDRESS.rstrip("/")])
def test_a_settlement_pays_the_bill_at_once(midtrans, invoice, address) -> None:
    start(invoice)
    assert send(notification(invoice.number, "pending"), address) == 200
    assert GatewayAttempt.objects.get().status == AttemptStatus.WAITING
    assert send(notification(invoice.number), address) == 200

    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.PAID
    payment = DuesPayment.objects.get()
    assert payment.confirmed_by is None
    assert payment.method == PaymentMethod.GATEWAY
    assert payment.reference == invoice.number
    assert GatewayAttempt.objects.get().status == AttemptStatus.SETTLED
    assert GatewayNotification.objects.filter(verdict=NoticeVerdict.PAID).count() == 1
    assert money() == (120_000, 0, 1)


def test_replays_and_earlier_words_change_nothing(midtrans, invoice) -> None:
    start(invoice)
    for said in [notification(invoice.number), notification(invoice.number, "pending")] * 3:
        assert send(said) == 200

    assert money() == (120_000, 0, 1)
    assert GatewayAttempt.objects.get().status == AttemptStatus.SETTLED
    assert GatewayNotification.objects.get(transaction_status="settlement").times == 3
    assert not GatewayNotification.objects.waiting().exists()


def test_a_card_that_is_captured_and_settled_pays_once(midtrans, invoice) -> None:
    start(invoice)
    doubtful = notification(
        invoice.number, "capture", fraud_status="challenge", payment_type="credit_card"
    )
    assert send(doubtful) == 200
    assert money() == (0, 0, 0)
    assert send(notification(invoice.number, "capture")) == 200
    assert send(notification(invoice.number, "settlement")) == 200
    assert money() == (120_000, 0, 1)
    assert not GatewayNotification.objects.waiting().exists()


def forged(number: str):
    good = notification(number)
    return {
        "no signature": ({**good, "signature_key": ""}, 403),
        "another's signature": (
            {**good, "signature_key": sign(number, "200", "120000.00", "SB-Mid-server-LAIN")},
            403,
        ),
        "an amount changed": ({**good, "gross_amount": "1.00"}, 403),
        "an order changed": ({**good, "order_id": f"{number}9"}, 403),
        "a small amount, signed": (notification(number, gross_amount="1000.00"), 400),
        "cents": (notification(number, gross_amount="120000.50"), 400),
        "dollars": (notification(number, currency="USD"), 400),
        "another merchant": (notification(number, merchant_id="G999"), 400),
        "an unknown order": (notification("INV-KJS-2020-000001"), 404),
        "not JSON": (b"order_id=1", 400),
        "nothing": (b"", 400),
        "deep": (b"[" * 60_000, 400),
        "NUL": (json.dumps(notification(number, issuer="a\0")).encode(), 400),
        "6 MB": (b" " * 6_000_000, 413),
        "a little too much": (b" " * 70_000, 413),
    }


@pytest.mark.parametrize("name", forged("x").keys())
def test_what_is_forged_or_wrong_moves_no_money(midtrans, invoice, name) -> None:
    start(invoice)
    said, code = forged(invoice.number)[name]

    assert send(said) == code
    assert money() == (0, 0, 0)
    invoice.refresh_from_db()
    assert invoice.status == InvoiceStatus.UNPAID


def test_a_signed_mismatch_waits_for_staff_who_say_what_they_did(
    midtrans, invoice, bendahara, siti
) -> None:
    start(invoice)
    send(notification(invoice.number, gross_amount="1000.00"))
    odd = GatewayNotification.objects.waiting().get()
    assert odd.verdict == NoticeVerdict.MISMATCH
    with pytest.raises(ActionRefused, match="Tulis"):
        handle_notification(odd, handling=" ", by=bendahara, via="admin")
    with pytest.raises(ActionRefused, match="petugas lain"):
        handle_notification(odd, handling="Beres", by=siti, via="admin")
    for _press in range(2):
        handle_notification(odd, handling="Ditanyakan ke Midtrans.", by=bendahara, via="admin")

    assert not GatewayNotification.objects.waiting().exists()
    trail = AuditEntry.objects.filter(verb="gateway_notification.handled")
    assert trail.get().data["handling"] == "Ditanyakan ke Midtrans."
    noted = GatewayNotification.objects.create(
        attempt=odd.attempt, transaction_status="pending", last_at=timezone.now()
    )
    with pytest.raises(ActionRefused, match="tidak menunggu"):
        handle_notification(noted, handling="Beres", by=bendahara, via="admin")


def test_money_after_the_order_was_closed_is_held(midtrans, invoice) -> None:
    start(invoice)
    assert send(notification(invoice.number, "expire")) == 200
    assert GatewayAttempt.objects.get().status == AttemptStatus.CLOSED
    assert send(notification(invoice.number)) == 200

    assert money() == (0, 120_000, 0)
    assert HeldPayment.objects.get().about == invoice
    assert send(notification(invoice.number)) == 200
    assert money() == (0, 120_000, 0)


def test_money_for_a_bill_already_paid_is_held(midtrans, invoice, bendahara) -> None:
    start(invoice)
    pay(invoice, by=bendahara)
    assert send(notification(invoice.number)) == 200

    assert money() == (120_000, 120_000, 1)


def test_two_payments_of_one_order_are_one_year_and_the_other_is_held(midtrans, invoice) -> None:
    start(invoice)
    send(notification(invoice.number))
    send(notification(invoice.number, transaction_id="b" * 36))

    assert money() == (120_000, 120_000, 1)


def test_a_declined_try_leaves_the_page_open_for_another(midtrans, invoice) -> None:
    start(invoice)
    send(notification(invoice.number, "deny", transaction_id="a" * 36))
    assert send(notification(invoice.number, transaction_id="b" * 36)) == 200
    assert money() == (120_000, 0, 1)
    assert not GatewayNotification.objects.waiting().exists()


@pytest.mark.parametrize("status", ["deny", "refund", "partial_refund", "chargeback", "cancel"])
def test_money_taken_back_is_put_before_staff_and_undone_by_nobody_else(
    midtrans, invoice, status
) -> None:
    start(invoice)
    send(notification(invoice.number))
    assert send(notification(invoice.number, status)) == 200

    assert GatewayNotification.objects.waiting().get().transaction_status == status
    assert money() == (120_000, 0, 1)


def test_a_small_part_left_is_paid_by_the_gateway(midtrans, invoice, bendahara) -> None:
    pay(invoice, by=bendahara, amount=100_000)
    attempt = start(DuesInvoice.objects.get())
    send(notification(attempt.order_id, gross_amount="20000.00"))

    assert money() == (120_000, 0, 1)
    assert DuesInvoice.objects.get().status == InvoiceStatus.PAID


@pytest.mark.django_db(transaction=True)
def test_five_copies_at_once_are_one_payment(midtrans, invoice) -> None:
    start(invoice)
    said = from_settings().read_notification(json.dumps(notification(invoice.number)).encode())

    outcomes = all_at_once(
        lambda _copy: receive_notification(said, by=None, via="gateway"), range(5)
    )

    assert outcomes == ["done"] * 5
    assert money() == (120_000, 0, 1)
    assert GatewayNotification.objects.get().times == 5
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_gateway_and_the_treasurer_at_once_make_one_year(midtrans, invoice, bendahara) -> None:
    start(invoice)
    said = from_settings().read_notification(json.dumps(notification(invoice.number)).encode())

    outcomes = all_at_once(
        lambda do: do(),
        [
            lambda: receive_notification(said, by=None, via="gateway"),
            lambda: pay(invoice, by=bendahara),
        ],
    )

    on_bills, held, years = money()
    assert years == 1
    assert on_bills == 120_000
    # Whoever was second: the gateway's money is held, the treasurer's is refused with a sentence.
    assert held == (120_000 if outcomes == ["done", "done"] else 0)


@pytest.mark.django_db(transaction=True)
def test_five_presses_at_once_are_one_order(midtrans, invoice) -> None:
    outcomes = all_at_once(start, [invoice] * 5)

    assert outcomes == ["done"] * 5
    assert len(midtrans.orders) == 1


@pytest.mark.django_db(transaction=True)
def test_a_bill_that_is_locked_answers_503_and_is_sent_again(midtrans, invoice, settings) -> None:
    start(invoice)
    said = notification(invoice.number)
    codes: list[int] = []

    def post() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        codes.append(send(said))
        if len(codes) == 2:
            release.set()
            holder.join()
        return codes[-1]

    release, held = threading.Event(), threading.Event()

    def hold() -> None:
        from django.db import transaction

        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM members_kadinmembership FOR UPDATE")
                held.set()
                release.wait(10)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)

    assert send_until_taken(post) == [503, 503, 200]
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    assert money() == (120_000, 0, 1)
    assert portal.DATABASES["default"]["OPTIONS"]["options"].count("lock_timeout")
