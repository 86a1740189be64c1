"""A signal that comes and goes: a wire between browser and portal that a test can cut.

Chromium's own switch leaves out what a page sends past its service worker, and tells the page.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Signal:
    """`url` leads to the portal while `is_there`; without, every connection is closed at once."""

    def __init__(self, portal: str) -> None:
        parts = urlsplit(portal)
        self._portal = (parts.hostname, parts.port)
        self._door = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        self.is_there = True
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        self.is_there = False
        for wire in list(self._open):
            _hang_up(wire)

    def mend(self) -> None:
        self.is_there = True

    def close(self) -> None:
        self.cut()
        _hang_up(self._door)

    def _listen(self) -> None:
        while True:
            try:
                caller = self._door.accept()[0]
            except OSError:
                return
            if not self.is_there:
                _hang_up(caller)
                continue
            portal = socket.create_connection(self._portal)
            self._open |= {caller, portal}
            for one, other in ((caller, portal), (portal, caller)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said)
        for wire in (one, other):
            _hang_up(wire)
            self._open.discard(wire)


def _hang_up(wire: socket.socket) -> None:
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
    wire.close()
