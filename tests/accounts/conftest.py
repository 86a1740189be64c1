"""Forms filled in, letters read, one-time codes counted."""

from __future__ import annotations

import pytest
from django.core import mail
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from tests import make

SIGN_IN = "/akun/masuk/"
SIGN_UP = "/akun/daftar/"


@pytest.fixture(autouse=True)
def limits(fresh_limits: None, settings) -> None:
    """Each test starts with all its tries, and passwords are hashed as in earnest."""
    settings.PASSWORD_HASHERS = ["umkm_portal.lib.hashers.PortalArgon2Hasher"]


def sign_up(client, contact: str, password: str = make.PASSWORD, **more: str):
    return client.post(SIGN_UP, {"contact": contact, "password1": password, **more})


def sign_in(client, login: str, password: str = make.PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def is_in(client) -> bool:
    return client.get("/saya/").status_code == 200


def letters() -> list[mail.EmailMessage]:
    """Do the queued jobs as the worker does; what went out since the last call."""
    before = len(mail.outbox)
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    for job in DBTaskResult.objects.ready().order_by("enqueued_at"):
        worker.run_task(job)
    return mail.outbox[before:]
