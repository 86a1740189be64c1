"""Opening an order at the gateway: a Midtrans of our own answers on 127.0.0.1 as its pages say."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.actions.dues import submit_proof
from members.choices import AttemptStatus
from members.models import (
    DuesInvoice,
    GatewayAttempt,
)
from tests.members.gateway import send, start
from tests.members.money import pay, picture
from tests.midtrans import notification
from umkm_portal.audit.models import AuditEntry
from umkm_portal.lib.errors import ActionRefused

pytestmark = pytest.mark.django_db


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
