"""Asking the gateway for what it never said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from members.actions.gateway_polls import reconcile_gateway
from members.choices import AttemptStatus
from members.models import (
    GatewayAttempt,
)
from tests.members.gateway import money, start
from tests.members.money import member
from tests.midtrans import notification

pytestmark = pytest.mark.django_db


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
