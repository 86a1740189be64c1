"""What is due by the clock. One line in `STEPS` for each thing that must happen by itself."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from catalog.actions.product_import import drop_old_product_imports
from catalog.counting import count_facets, take_ended_marks
from catalog.product_import import requeue_stalled_product_imports
from catalog.tasks import continue_reindexing, count_when_due, reword_when_stale
from events.actions.allocation import open_due_pools
from events.actions.certificates import issue_due_certificates
from events.actions.checkin import record_no_shows
from events.actions.event_reminders import remind_of_events
from events.actions.offers import tend_queues
from events.actions.sales import ask_for_reports
from events.actions.series import extend_series
from events.actions.waitlist import keep_waitlists_moving
from events.tasks import remind_of_markets
from members.actions.document_reminders import remind_of_expiring_documents
from members.actions.documents import delete_expired_documents
from members.actions.erasure import carry_out_due_erasures
from members.actions.gateway_polls import reconcile_gateway
from members.actions.import_batch import delete_old_files
from members.actions.reminders import remind_due
from members.import_job import requeue_stalled_imports
from umkm_portal.digest import send_digests
from umkm_portal.notices.actions import requeue_due
from umkm_portal.retention import tidy_once_a_day

STUCK_AFTER = timedelta(minutes=5)
DAYTIME = range(7, 21)

logger = logging.getLogger(__name__)


def put_back_stuck_jobs(now: datetime) -> None:
    """A job of a killed worker stays RUNNING for ever."""
    lost = DBTaskResult.objects.filter(status=Status.RUNNING, started_at__lt=now - STUCK_AFTER)
    lost.update(status=Status.READY, started_at=None)


def remind_by_day(now: datetime) -> None:
    """Nobody's phone rings at night for a reminder."""
    if timezone.localtime(now).hour in DAYTIME:
        remind_due(on=timezone.localdate(now), by=None, via="jadwal")
        remind_of_expiring_documents(on=timezone.localdate(now), by=None, via="jadwal")


STEPS: tuple[Callable[[datetime], object], ...] = (
    put_back_stuck_jobs,
    lambda now: requeue_due(),
    # One indexless look at a small table a minute: no second clock to go wrong.
    lambda now: delete_expired_documents(on=timezone.localdate(now), by=None, via="jadwal"),
    lambda now: carry_out_due_erasures(at=now),
    lambda now: requeue_stalled_imports(at=now),
    lambda now: delete_old_files(at=now, by=None, via="jadwal"),
    lambda now: requeue_stalled_product_imports(at=now),
    lambda now: drop_old_product_imports(at=now, by=None, via="jadwal"),
    lambda now: continue_reindexing(at=now),
    lambda now: reword_when_stale(),
    lambda now: count_when_due(at=now),
    lambda now: take_ended_marks(at=now),
    lambda now: count_facets(at=now),
    lambda now: issue_due_certificates(at=now, by=None, via="jadwal"),
    lambda now: extend_series(at=now, by=None, via="jadwal"),
    lambda now: record_no_shows(at=now, by=None, via="jadwal"),
    lambda now: open_due_pools(at=now),
    lambda now: keep_waitlists_moving(at=now),
    lambda now: ask_for_reports(at=now, by=None, via="jadwal"),
    lambda now: tend_queues(at=now),
    lambda now: remind_of_events(at=now),
    lambda now: remind_of_markets(at=now),
    remind_by_day,
    send_digests,
    tidy_once_a_day,
    # Last: the only one that waits for somebody outside.
    lambda now: reconcile_gateway(at=now),
)


class Command(BaseCommand):
    help = "What is due by the clock; the supervisor calls it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do every step, also after one that failed; fail at the end, so that it is seen."""
        failed = 0
        for step in STEPS:
            try:
                step(timezone.now())
            except Exception:
                failed += 1
                logger.exception("A step of the tick failed.")
        if failed:
            raise CommandError(f"{failed} of {len(STEPS)} steps failed; see the log.")
