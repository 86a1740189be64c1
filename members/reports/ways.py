"""How a bill can be paid now: only the ways that are open, each for exactly what is wanted."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from members.models import BankAccount, DuesInvoice, GatewayAttempt, QrisCode
from umkm_portal.lib import qris
from umkm_portal.lib.midtrans import from_settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QrisWay:
    """`exact` asks for the amount by itself, "" when it cannot; `static` is Kadin's own code."""

    exact: str
    static: str
    merchant_name: str
    nmid: str

    @property
    def shown(self) -> str:
        return self.exact or self.static


@dataclass(frozen=True, slots=True)
class Ways:
    """`amount` in rupiah; `gateway` is its name, "" while it is off; `attempt` has an open page."""

    amount: int
    qris: QrisWay | None
    bank: BankAccount | None
    counter: str
    gateway: str
    attempt: GatewayAttempt | None


def ways_to_pay(invoice: DuesInvoice, *, at: datetime) -> Ways:
    gateway = from_settings()
    return Ways(
        amount=invoice.balance,
        qris=qris_way(invoice, at=at),
        bank=BankAccount.objects.in_force(at=at),
        counter=settings.CASH_COUNTER,
        gateway=gateway.name if gateway else "",
        attempt=_open_page(invoice, at=at) if gateway else None,
    )


def qris_way(invoice: DuesInvoice, *, at: datetime) -> QrisWay | None:
    """The code is checked again each time it is drawn: a damaged one is shown to nobody."""
    code = QrisCode.objects.in_force(at=at)
    if code is None:
        return None
    try:
        qris.check(code.payload)
        exact = _exact(code.payload, invoice) if settings.QRIS_DINAMIS else ""
    except ValueError as error:
        logger.error("QRIS code %s is not shown: %s", code.pk, error)  # noqa: TRY400  no trace needed
        return None
    return QrisWay(exact, code.payload, code.merchant_name, code.nmid)


def _exact(payload: str, invoice: DuesInvoice) -> str:
    """Without the amount when it is more than one QRIS payment may be."""
    if not 1 <= invoice.balance <= qris.MOST_AMOUNT:
        return ""
    try:
        return qris.with_amount(payload, invoice.balance, reference_of(invoice))
    except ValueError:  # no room in 62: the amount matters more
        return qris.with_amount(payload, invoice.balance)


def reference_of(invoice: DuesInvoice) -> str:
    """The invoice number as QRIS takes it: its end is what tells bills apart."""
    return invoice.number[-qris.LONGEST_REFERENCE :]


def _open_page(invoice: DuesInvoice, *, at: datetime) -> GatewayAttempt | None:
    attempt = invoice.gateway_attempts.order_by("-number").first()
    if attempt and attempt.token and attempt.may_be_reused(amount=invoice.balance, at=at):
        return attempt
    return None
