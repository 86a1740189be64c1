"""The worker is killed with -9 between the treasurer's press and the owner's letter."""

from __future__ import annotations

import asyncio
import email
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from members.models import DuesPayment, MembershipTerm
from tests.members.money import member, pay
from umkm_portal.audit.models import AuditEntry
from umkm_portal.environment import ROOT
from umkm_portal.notices.choices import MailStatus
from umkm_portal.notices.models import Notice

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
connection.close()
settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = sys.argv[1]
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[2])
call_command("db_worker", "--no-startup-delay", verbosity=0)
"""


class SlowPost:
    """A mail server that stops to think: at the envelope, or once it has the whole letter."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.stops_at = ""
        self.stopped = threading.Event()

    async def _think(self, moment: str) -> None:
        if moment == self.stops_at:
            self.stopped.set()
            await asyncio.sleep(60)

    async def handle_MAIL(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        await self._think("before")
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.letters.append(email.message_from_bytes(envelope.content))
        await self._think("after")
        return "250 OK"


@pytest.fixture
def post(settings) -> Iterator[SlowPost]:
    box = SlowPost()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()


def killed_while_sending(post: SlowPost, port: int) -> None:
    """Start a real worker, wait until it is in the middle of the letter, and kill it."""
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), str(port)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        assert post.stopped.wait(30), "the worker never reached the mail server"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)


@pytest.mark.parametrize(("moment", "copies"), [("before", 1), ("after", 2)])
def test_the_thanks_are_never_lost_and_repeated_with_one_id(
    batik, siti, sekretariat, bendahara, post, settings, moment, copies
) -> None:
    invoice = member(batik, by=sekretariat).invoices.get()
    Notice.objects.all().delete()
    DBTaskResult.objects.all().delete()
    pay(invoice, by=bendahara)
    thanks = Notice.objects.of(siti).get()

    post.stops_at = moment
    killed_while_sending(post, settings.EMAIL_PORT)
    thanks.refresh_from_db()
    assert thanks.mail_status == MailStatus.SENDING

    # Six minutes later the clock's minute tick finds what was left behind.
    post.stops_at = ""
    earlier = timezone.now() - timedelta(minutes=6)
    Notice.objects.update(claimed_at=earlier)
    DBTaskResult.objects.update(started_at=earlier)
    call_command("tick")
    Notice.objects.update(next_try_at=earlier)
    call_command("tick")
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)

    thanks.refresh_from_db()
    assert thanks.mail_status == MailStatus.SENT
    # Between 07.00 and the evening the tick also sends the digest to staff.
    hers = [letter for letter in post.letters if siti.email in letter["To"]]
    assert [letter["Message-ID"] for letter in hers] == [thanks.message_id] * copies
    assert DuesPayment.objects.count() == MembershipTerm.objects.count() == 1
    assert AuditEntry.objects.filter(verb="dues.confirmed").count() == 1
