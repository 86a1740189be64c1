"""What the tests of paying at the gateway share."""

from __future__ import annotations

import json

from django.test import Client

from members.actions.gateway import fetch_payment_page, start_gateway_payment
from members.models import (
    DuesInvoice,
    DuesPayment,
    GatewayAttempt,
    HeldPayment,
    MembershipTerm,
)

ADDRESS = "/gateway/midtrans/"


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
