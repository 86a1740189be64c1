"""The one door to a payment gateway: what we ask of it and what it tells us.

An adapter (umkm_portal/lib/midtrans.py) speaks its language; nothing above knows which one it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol


class GatewayDown(Exception):
    """No answer, or "try later": whether the gateway acted is unknown; ask again."""


class GatewayRefused(Exception):
    """The gateway answered no; the text is its own, for staff and the log."""


class OrderTaken(GatewayRefused):
    """This order number was used before: an earlier answer never reached us."""


class NoticeForged(Exception):
    """The signature of a notification is not the gateway's."""


class NoticeUnreadable(ValueError):
    """A notification lacks what every one has, or holds what no column can."""


class Outcome(StrEnum):
    """What a gateway's many words for a payment come down to."""

    PENDING = "pending"
    PAID = "paid"
    DECLINED = "declined"  # this try failed; the payer may still use another way
    CLOSED = "closed"  # expired or cancelled: nobody can pay it any more
    REVERSED = "reversed"  # refunded, charged back
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What is to be paid; `amount` in rupiah, `order_id` at most 50 of A–Z a–z 0–9 - _ ~ ."""

    order_id: str
    amount: int
    item: str
    payer: str
    back_url: str = ""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    token: str
    url: str


@dataclass(frozen=True, slots=True)
class GatewayNotice:
    """One thing the gateway says about an order; `amount` is None when it is no whole rupiah."""

    order_id: str
    transaction_id: str
    status: str
    outcome: Outcome
    amount: int | None
    currency: str
    merchant_id: str
    paid_on: date | None
    kept: Mapping[str, str] = field(default_factory=dict)


class PaymentGateway(Protocol):
    """Every call has a time-out; none is made inside a lock that money waits for."""

    @property
    def name(self) -> str: ...

    @property
    def merchant_id(self) -> str: ...

    def create(self, order: PaymentOrder) -> PaymentPage:
        """Raises GatewayDown, OrderTaken, or GatewayRefused."""
        ...

    def status(self, order_id: str) -> GatewayNotice | None:
        """None until the payer has chosen a way to pay. Raises GatewayDown, GatewayRefused."""
        ...

    def read_notification(self, body: bytes) -> GatewayNotice:
        """Raises NoticeUnreadable or NoticeForged."""
        ...
