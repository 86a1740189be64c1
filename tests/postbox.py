"""A mail server of a test's own, that keeps what it takes."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class Postbox:
    """Keeps what it takes; refuses while `shut`."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.shut = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        if self.shut:
            return "451 Coba lagi nanti"
        self.letters.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def postbox(settings) -> Iterator[Postbox]:
    """Letters go there by SMTP until the end of the block."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        yield box
    finally:
        server.stop()
