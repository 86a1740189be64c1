"""A crowd at the door of one event: everybody fills in the real form of a real gunicorn at once."""

from __future__ import annotations

import http.client
import re
import threading
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.front import HOST

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|kunci)" value="([^"]*)"')
BARRIER_SECONDS = 120


@dataclass
class Visitor:
    """One guest with her own phone and address on the net."""

    number: int
    port: int
    path: str
    status: int = 0
    place: str = ""
    heading: str = ""
    seconds: float = 0.0

    def come(self, start: threading.Barrier) -> None:
        cookie, fields = self._open_form()
        body = urlencode(
            {
                **fields,
                "name": f"Tamu {self.number}",
                "phone": f"0812{self.number:08d}",
                "kecamatan": "luar",
                "email": "",
            }
        )
        start.wait(BARRIER_SECONDS)
        began = time.monotonic()
        headers = {
            "Cookie": cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"https://{HOST}",
        }
        self.status, found, _page = self._ask("POST", self.path, body, headers)
        self.seconds = time.monotonic() - began
        self.place = dict(found).get("Location", "")

    def look(self) -> None:
        """What her own page says afterwards."""
        _status, _headers, page = self._ask("GET", self.place)
        match = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        self.heading = match[1].strip() if match else ""

    def _open_form(self) -> tuple[str, dict[str, str]]:
        status, headers, page = self._ask("GET", self.path)
        assert status == 200, page[:300]
        cookies = [value.partition(";")[0] for name, value in headers if name == "Set-Cookie"]
        return "; ".join(cookies), dict(HIDDEN.findall(page))

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, list[tuple[str, str]], str]:
        visit = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        address = f"10.9.{self.number // 250}.{self.number % 250 + 1}"
        own = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": address}
        try:
            visit.request(method, path, body or None, {**own, **(headers or {})})
            answer = visit.getresponse()
            return answer.status, answer.getheaders(), answer.read().decode()
        finally:
            visit.close()


def crowd(*, count: int, port: int, path: str) -> tuple[list[Visitor], float]:
    """Everybody has the form open; then all press the button. Return them and the seconds."""
    visitors = [Visitor(number, port, path) for number in range(count)]
    start = threading.Barrier(count + 1)
    threads = [threading.Thread(target=each.come, args=[start]) for each in visitors]
    for thread in threads:
        thread.start()
    start.wait(BARRIER_SECONDS)
    began = time.monotonic()
    for thread in threads:
        thread.join()
    return visitors, time.monotonic() - began
