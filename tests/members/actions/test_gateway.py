"""Paying at the gateway: a Midtrans of our own answers on 127.0.0.1 as its pages say."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as portal
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from members.actions.dues import submit_proof
from members.actions.gateway import fetch_payment_page, start_gateway_payment
from members.actions.gateway_notices import handle_notification, receive_notification
from members.actions.gateway_polls import reconcile_gateway
from members.choices import AttemptStatus, InvoiceStatus, NoticeVerdict, PaymentMethod
from members.models import (
    DuesInvoice,
    DuesPayment,
    GatewayAttempt,
    GatewayNotification,
    HeldPayment,
    MembershipTerm,
)
from tests.members.money import member, pay, picture
from tests.midtrans import MERCHANT, SERVER_KEY, FakeMidtrans, notification, send_until_taken, sign
from tests.race import all_at_once
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused
from umkm_portal.lib.midtrans import from_settings

pytestmark = pytest.mark.django_db
ADDRESS = "/gateway/midtrans/"


@pytest.fixture
def midtrans(settings):
    with FakeMidtrans() as fake:
        settings.MIDTRANS_SERVER_KEY, settings.MIDTRANS_MERCHANT_ID = SERVER_KEY, MERCHANT
        settings.MIDTRANS_SNAP_URL = settings.MIDTRANS_API_URL = fake.url
        settings.MIDTRANS_TIMEOUT = 0.5
        yield fake


@pytest.fixture
def invoice(batik, sekretariat) -> DuesInvoice:
    return member(batik, by=sekretariat).invoices.get()


def start(invoice: DuesInvoice) -> GatewayAttempt:
    siti = invoice.membership.business.owner
    attempt = start_gateway_payment(invoice, by=siti, via="web")
    return fetch_payment_page(attempt, by=siti, via="web")


def send(said, address: str = ADDRESS) -> int:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    return Client().post(address, body, content_type="application/json").status_code


def money() -> tuple[int, int, int]:
    """Rupiah on bills, rupiah held, paid years."""
    return (
        sum(p.amount for p in DuesPayment.objects.all()),
        sum(h.amount for h in HeldPayment.objects.all()),
        MembershipTerm.objects.count(),
    )


# --- opening an order -----------------------------------------------------------------------------


def test_siti_gets_a_page_for_exactly_what_is_wanted(midtrans, invoice) -> None:
    attempt = start(invoice)

    assert attempt.order_id == invoice.number
    assert attempt.redirect_url.startswith(midtrans.url)
    asked = midtrans.orders[invoice.number]["transaction_details"]
    assert asked["gross_amount"] == 120_000
    verbs = AuditEntry.objects.about(invoice).values_list("verb", flat=True)
    assert {"gateway_attempt.opened", "gateway_attempt.page_kept"} <= set(verbs)


def test_a_second_press_gives_the_same_page(midtrans, invoice) -> None:
    assert start(invoice) == start(invoice)
    assert len(midtrans.orders) == 1


def test_a_lost_answer_is_asked_for_again_and_a_used_number_is_left(midtrans, invoice) -> None:
    midtrans.delays = [1.0]  # the order is made, its answer comes too late
    attempt = start(invoice)

    assert attempt.order_id == f"{invoice.number}-2"
    first = GatewayAttempt.objects.get(number=1)
    assert (first.status, first.token) == (AttemptStatus.LOST, "")


def test_a_failure_that_passes_keeps_the_number(midtrans, invoice) -> None:
    midtrans.failures = [500]
    assert start(invoice).order_id == invoice.number


def test_a_gateway_that_is_down_is_said_and_the_next_press_goes_on(midtrans, invoice) -> None:
    midtrans.failures = [503, 503]
    with pytest.raises(ActionRefused, match="sedang tidak bisa dibuka"):
        start(invoice)

    assert start(invoice).order_id == invoice.number
    assert GatewayAttempt.objects.count() == 1


def test_wrong_keys_are_a_sentence_not_a_crash(midtrans, invoice, settings) -> None:
    settings.MIDTRANS_SERVER_KEY = "SB-Mid-server-LAIN"
    with pytest.raises(ActionRefused, match="sedang tidak bisa dibuka"):
        start(invoice)


def test_without_keys_there_is_no_online_payment(invoice) -> None:
    with pytest.raises(ActionRefused, match="belum dibuka"):
        start(invoice)
    assert send(notification(invoice.number)) == 404


def test_a_new_amount_or_an_old_page_is_a_new_order(midtrans, invoice, bendahara) -> None:
    start(invoice)
    pay(invoice, by=bendahara, amount=20_000)
    invoice = DuesInvoice.objects.get()
    second = start(invoice)
    assert (second.order_id, second.amount) == (f"{invoice.number}-2", 100_000)

    with time_machine.travel(timezone.now() + timedelta(hours=24)):
        assert start(invoice).order_id == f"{invoice.number}-3"


def test_a_bill_that_is_paid_or_being_checked_opens_nothing(
    midtrans, invoice, siti, bendahara
) -> None:
    submit_proof(invoice, picture(), by=siti, via="web")
    with pytest.raises(ActionRefused, match="sedang diperiksa"):
        start(invoice)
    pay(invoice, by=bendahara)
    with pytest.raises(ActionRefused, match="sudah lunas"):
        start(invoice)


# --- being told -----------------------------------------------------------------------------------


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


# --- asking ---------------------------------------------------------------------------------------


def later(minutes: float):
    return timezone.now() + timedelta(minutes=minutes)


def test_a_notification_that_never_came_is_fetched(midtrans, invoice) -> None:
    start(invoice)
    assert reconcile_gateway(at=timezone.now()) == 0  # not yet due
    assert reconcile_gateway(at=later(3)) == 1  # no way to pay was chosen: 404, nothing happens
    assert GatewayAttempt.objects.get().status == AttemptStatus.OPENED
    midtrans.said[invoice.number] = notification(invoice.number)
    with time_machine.travel(later(10), tick=False):
        call_command("tick")

    assert money() == (120_000, 0, 1)
    asked = len(midtrans.asked)
    reconcile_gateway(at=later(600))
    assert len(midtrans.asked) == asked


def test_an_order_nobody_paid_is_closed_and_asked_about_no_more(midtrans, invoice) -> None:
    start(invoice)
    reconcile_gateway(at=later(26 * 60))
    assert GatewayAttempt.objects.get().status == AttemptStatus.CLOSED
    assert reconcile_gateway(at=later(28 * 60)) == 0


def test_an_hour_without_the_gateway_is_caught_up(midtrans, invoice) -> None:
    start(invoice)
    midtrans.failures = [503] * 200
    midtrans.said[invoice.number] = notification(invoice.number)
    for minute in range(3, 63):
        assert reconcile_gateway(at=later(minute)) == 0
    assert 6 <= 200 - len(midtrans.failures) <= 20  # it backs off
    midtrans.failures = []
    for minute in range(63, 74):
        reconcile_gateway(at=later(minute))

    assert money() == (120_000, 0, 1)


def test_a_gateway_that_is_down_is_asked_once_a_round(midtrans, invoice, budi, sekretariat) -> None:
    from tests import make

    start(invoice)
    start(member(make.business(budi, name="Kue Budi"), by=sekretariat).invoices.get())
    midtrans.failures = [500] * 9
    assert reconcile_gateway(at=later(3)) == 0
    assert len(midtrans.failures) == 8


# --- at once --------------------------------------------------------------------------------------


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
