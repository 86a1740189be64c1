"""A Midtrans of our own on 127.0.0.1, behaving as its pages say; and what it would send us.

with FakeMidtrans() as midtrans:
    settings.MIDTRANS_SNAP_URL = settings.MIDTRANS_API_URL = midtrans.url
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SERVER_KEY = "SB-Mid-server-CONTOH"
MERCHANT = "G123456789"
# Seconds Midtrans waits before it sends again, and how often, by the reply it got.
RETRIES = {500: 1, 503: 4, 400: 2, 404: 2, 301: 0, 302: 0, 303: 0}
OTHER_RETRIES = 5


def sign(order_id: str, status_code: str, gross_amount: str, key: str = SERVER_KEY) -> str:
    return hashlib.sha512(f"{order_id}{status_code}{gross_amount}{key}".encode()).hexdigest()


def notification(order_id: str, status: str = "settlement", **values: Any) -> dict[str, Any]:
    """A notification as documented, signed with our key unless `signature_key` is given."""
    said = {
        "transaction_time": "2026-11-24 09:00:00",
        "transaction_status": status,
        "transaction_id": "a1b2c3d4-0000-4000-8000-000000000001",
        "status_message": "midtrans payment notification",
        "status_code": "201" if status == "pending" else "202" if status in LATER else "200",
        "payment_type": "qris",
        "order_id": order_id,
        "merchant_id": MERCHANT,
        "gross_amount": "120000.00",
        "fraud_status": "accept",
        "currency": "IDR",
        "issuer": "gopay",
        "acquirer": "gopay",
        "a_field_of_next_year": {"deep": [1, 2, 3]},
        **values,
    }
    if "signature_key" not in values:
        said["signature_key"] = sign(order_id, said["status_code"], said["gross_amount"])
    return {key: value for key, value in said.items() if value is not None}


LATER = {"expire", "deny", "cancel"}


@dataclass
class FakeMidtrans:
    """Orders by number: what was asked for, and what became of it (None: no way chosen yet)."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    # One entry is used up by each call: seconds to wait, or a code to answer with.
    delays: list[float] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, method: str, path: str, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(f"{method} {path}")
        if self.failures:
            code = self.failures.pop(0)
            return code, {"error_messages": ["sorry"]}
        if key != SERVER_KEY:
            return 401, {"error_messages": ["Access denied due to unauthorized transaction"]}
        if method == "POST" and path == "/snap/v1/transactions":
            return self._create(json.loads(body))
        if method == "GET" and path.startswith("/v2/") and path.endswith("/status"):
            return self._status(path.split("/")[2])
        return 404, {"error_messages": ["no such page"]}

    def _create(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        details = asked["transaction_details"]
        items = sum(item["price"] * item["quantity"] for item in asked["item_details"])
        if items != details["gross_amount"]:
            return 400, {"error_messages": ["gross_amount is not equal to the sum of items"]}
        if details["order_id"] in self.orders:
            words = "transaction_details.order_id has already been taken"
            return 400, {"error_messages": [words]}
        token = f"token-{len(self.orders)}"
        self.orders[details["order_id"]] = asked
        return 201, {"token": token, "redirect_url": f"{self.url}/snap/v3/redirection/{token}"}

    def _status(self, order_id: str) -> tuple[int, dict[str, Any]]:
        if order_id not in self.said:
            return 404, {"status_code": "404", "status_message": "Transaction doesn't exist."}
        return 200, self.said[order_id]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        midtrans = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer("GET")

            def do_POST(self) -> None:
                self._answer("POST")

            def _answer(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                scheme, _space, code = self.headers.get("Authorization", "").partition(" ")
                key = base64.b64decode(code).decode() if scheme == "Basic" else ""
                status, data = midtrans.answer(method, self.path, body, key.removesuffix(":"))
                if midtrans.delays:
                    time.sleep(midtrans.delays.pop(0))
                sent = json.dumps(data).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(sent)))
                    self.end_headers()
                    self.wfile.write(sent)
                except OSError:
                    pass  # whoever asked hung up; the order stands all the same

            def log_message(self, *_args: object) -> None: ...

        return Handler


def send_until_taken(post: Callable[[], int], *, stop_after: int = 10) -> list[int]:
    """Send as Midtrans does, again by the reply's code (without its pauses); return the codes."""
    codes = [post()]
    while len(codes) < stop_after and not 200 <= codes[-1] < 300:
        if len(codes) > RETRIES.get(codes[-1], OTHER_RETRIES):
            break
        codes.append(post())
    return codes
