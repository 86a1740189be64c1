from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from members.actions.bulk_import import delete_old_files
from members.actions.documents import delete_expired_documents
from members.actions.erasure import carry_out_due_erasures
from members.actions.gateway_polls import reconcile_gateway
from members.actions.reminders import remind_due
from members.tasks import requeue_stalled_imports
from umkm_portal.notices.actions import delete_old_notices, requeue_due

STUCK_AFTER = timedelta(minutes=5)
DAYTIME = range(7, 21)
"""Nobody's phone rings at night for a reminder."""


class Command(BaseCommand):
    help = "What is due by the clock; the supervisor calls it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        # A job of a killed worker stays RUNNING for ever: put it back.
        DBTaskResult.objects.filter(
            status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER
        ).update(status=TaskResultStatus.READY, started_at=None)
        requeue_due()
        # One indexless look at a small table a minute: no second clock to go wrong.
        delete_expired_documents(on=timezone.localdate(), by=None, via="jadwal")
        carry_out_due_erasures(at=timezone.now())
        requeue_stalled_imports(at=timezone.now())
        delete_old_files(at=timezone.now(), by=None, via="jadwal")
        if timezone.localtime().hour in DAYTIME:
            remind_due(on=timezone.localdate(), by=None, via="jadwal")
        if deleted := delete_old_notices(at=timezone.now()):
            self.stdout.write(f"{deleted} pesan yang lebih tua dari 24 bulan dihapus.")
        # Last: the only one that waits for somebody outside.
        reconcile_gateway(at=timezone.now())
