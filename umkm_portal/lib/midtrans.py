"""Midtrans Snap behind the PaymentGateway door. The only module that calls Midtrans."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings

from umkm_portal.lib.gateway import (
    GatewayDown,
    GatewayNotice,
    GatewayRefused,
    NoticeForged,
    NoticeUnreadable,
    OrderTaken,
    Outcome,
    PaymentOrder,
    PaymentPage,
)

if TYPE_CHECKING:
    import httpx

PAGE_HOURS = 24
"""How long a payment page can be paid; the same as Midtrans' default, but said."""

_WHOLE = re.compile(r"([0-9]{1,13})(?:\.0{1,2})?")
_LONGEST = 120
# What staff may need to find a payment; names, cards and addresses stay at the gateway.
_KEPT = (
    "order_id", "transaction_id", "transaction_status", "transaction_time", "settlement_time",
    "status_code", "fraud_status", "gross_amount", "currency", "merchant_id", "payment_type",
    "bank", "issuer", "acquirer", "store",
)  # fmt: skip
_PAID = {"settlement", "capture"}
_OUTCOMES = {
    "pending": Outcome.PENDING,
    "authorize": Outcome.PENDING,
    "deny": Outcome.DECLINED,
    "failure": Outcome.DECLINED,
    "cancel": Outcome.CLOSED,
    "expire": Outcome.CLOSED,
    "refund": Outcome.REVERSED,
    "partial_refund": Outcome.REVERSED,
    "chargeback": Outcome.REVERSED,
    "partial_chargeback": Outcome.REVERSED,
}


@dataclass(frozen=True, slots=True)
class Midtrans:
    server_key: str
    merchant_id: str
    snap_url: str
    api_url: str
    name: str = "Midtrans"

    def create(self, order: PaymentOrder) -> PaymentPage:
        answer = self._call("POST", f"{self.snap_url}/snap/v1/transactions", _snap_body(order))
        if answer.status_code != HTTPStatus.CREATED:
            raise _refusal(answer)
        data = _object(answer)
        token, url = data.get("token"), data.get("redirect_url")
        if not (isinstance(token, str) and isinstance(url, str) and token and url):
            raise GatewayDown("201 without token")
        return PaymentPage(token=token, url=url)

    def status(self, order_id: str) -> GatewayNotice | None:
        answer = self._call("GET", f"{self.api_url}/v2/{order_id}/status")
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        if not answer.is_success:
            raise _refusal(answer)
        data = _object(answer)
        # Midtrans puts some of its refusals into the body of a 200.
        if str(data.get("status_code")) == "404":
            return None
        try:
            return _notice(_texts(data))
        except NoticeUnreadable as error:
            raise GatewayDown(str(error)) from error

    def read_notification(self, body: bytes) -> GatewayNotice:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise NoticeUnreadable("not JSON") from None
        if not isinstance(data, dict):
            raise NoticeUnreadable("not an object")
        texts = _texts(data)
        signed = "".join(texts.get(k, "") for k in ("order_id", "status_code", "gross_amount"))
        right = hashlib.sha512((signed + self.server_key).encode()).hexdigest()
        given = texts.get("signature_key", "")
        if not hmac.compare_digest(right.encode(), given.encode()):
            raise NoticeForged
        return _notice(texts)

    def _call(self, method: str, url: str, body: dict[str, Any] | None = None) -> httpx.Response:
        import httpx  # noqa: PLC0415  5 MB, and most portals have no gateway

        try:
            return httpx.request(
                method,
                url,
                json=body,
                auth=(self.server_key, ""),
                headers={"Accept": "application/json"},
                timeout=httpx.Timeout(settings.MIDTRANS_TIMEOUT, connect=3),
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise GatewayDown(type(error).__name__) from error


def from_settings() -> Midtrans | None:
    """None while no keys are set: the portal then shows no button and takes no notification."""
    if not settings.MIDTRANS_SERVER_KEY:
        return None
    return Midtrans(
        server_key=settings.MIDTRANS_SERVER_KEY,
        merchant_id=settings.MIDTRANS_MERCHANT_ID,
        snap_url=settings.MIDTRANS_SNAP_URL,
        api_url=settings.MIDTRANS_API_URL,
    )


def _snap_body(order: PaymentOrder) -> dict[str, Any]:
    """The prices of the items must add up to gross_amount, so there is one item."""
    item = order.item.replace("|", " ")[:50]
    return {
        "transaction_details": {"order_id": order.order_id, "gross_amount": order.amount},
        "item_details": [{"id": "iuran", "price": order.amount, "quantity": 1, "name": item}],
        "customer_details": {"first_name": order.payer[:100]},
        "expiry": {"unit": "hours", "duration": PAGE_HOURS},
        "page_expiry": {"unit": "hours", "duration": PAGE_HOURS},
        **({"callbacks": {"finish": order.back_url}} if order.back_url else {}),
    }


def _refusal(answer: httpx.Response) -> GatewayDown | GatewayRefused:
    """429 and 5xx may pass; anything else will be refused again."""
    code = answer.status_code
    if code == HTTPStatus.TOO_MANY_REQUESTS or code >= 500 or code < 400:
        return GatewayDown(str(code))
    words = answer.text[:300]
    if code == HTTPStatus.NOT_ACCEPTABLE or "already been taken" in words:
        return OrderTaken(words)
    return GatewayRefused(f"{code}: {words}")


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        data = answer.json()
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise GatewayDown("not a JSON object")
    return data


def _texts(data: dict[str, Any]) -> dict[str, str]:
    """The top level's strings as they came; nothing deeper is read, new fields do no harm."""
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    for text in texts.values():
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise NoticeUnreadable("a sign no text has")
    return texts


def _notice(texts: dict[str, str]) -> GatewayNotice:
    order_id, status = texts.get("order_id", ""), texts.get("transaction_status", "")
    transaction = texts.get("transaction_id", "")
    if not order_id or not status or max(map(len, (order_id, status, transaction))) > 60:
        raise NoticeUnreadable("no order or status")
    whole = _WHOLE.fullmatch(texts.get("gross_amount", ""))
    return GatewayNotice(
        order_id=order_id,
        transaction_id=transaction,
        status=status,
        outcome=_outcome(texts),
        amount=int(whole[1]) if whole else None,
        currency=texts.get("currency", "IDR"),
        merchant_id=texts.get("merchant_id", ""),
        paid_on=_day(texts.get("settlement_time") or texts.get("transaction_time", "")),
        kept={key: texts[key][:_LONGEST] for key in _KEPT if key in texts},
    )


def _outcome(texts: dict[str, str]) -> Outcome:
    status = texts["transaction_status"]
    if status in _PAID:
        accepted = texts.get("fraud_status", "accept") == "accept"
        return Outcome.PAID if accepted and texts.get("status_code") == "200" else Outcome.PENDING
    return _OUTCOMES.get(status, Outcome.UNKNOWN)


def _day(text: str) -> date | None:
    """Midtrans writes Jakarta's time, "2026-06-12 09:30:00"."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
