"""What is kept only for a while goes by itself, once a day, and says what it did."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from catalog.actions.complaints import drop_old_complaints
from catalog.actions.product_import import forget_old_product_imports
from catalog.actions.search_words import drop_old_misses
from catalog.interest import drop_old_weeks
from catalog.photo_job import requeue_left_behind
from events.actions.guests import forget_guests
from events.actions.place_words import forget_place_words
from events.actions.proposals import drop_old_proposals
from events.actions.sales import forget_words
from members.actions.retention import (
    drop_old_codes,
    drop_statement_files,
    forget_gone,
    forget_rejected,
)
from umkm_portal.lib.ratelimit import drop_expired
from umkm_portal.notices.actions import delete_old_notices
from umkm_portal.sweeping import sweep_files

JOBS_KEPT = timedelta(days=30)
FAILED_JOBS_KEPT = timedelta(days=365)

logger = logging.getLogger(__name__)


def tidy_once_a_day(now: datetime) -> dict[str, int]:
    """Run by the minute's tick; the first of a day does the work, in Jakarta's days."""
    today = timezone.localdate(now)
    if not cache.add(f"tidied:{today}", 1, timeout=2 * 24 * 60 * 60):
        return {}
    return tidy(now)


def tidy(now: datetime) -> dict[str, int]:
    """Return how much of each went. Rejected applications 90 days, gone members, counts of views,
    words of sales reports and of places in the market and old codes two years and one, messages
    24 months, read files of banks 90 days, searches that found nothing, sheets of goods and decided
    reports of listings a year, proposed events and the names of guests a year after their day,
    sessions at their end, jobs a month, failed ones a year."""
    today = timezone.localdate(now)
    gone = {
        "rejected applications": forget_rejected(on=today, by=None, via="jadwal"),
        "gone members": forget_gone(on=today, by=None, via="jadwal"),
        "access codes": drop_old_codes(on=today, by=None, via="jadwal"),
        "messages": delete_old_notices(at=now),
        "statement files": drop_statement_files(on=today, by=None, via="jadwal"),
        "reports of listings": drop_old_complaints(on=today),
        "guests of events": forget_guests(on=today, by=None, via="jadwal"),
        "proposed events": drop_old_proposals(on=today),
        "searches": drop_old_misses(at=now),
        "words of sales reports": forget_words(at=now),
        "words about places": forget_place_words(at=now),
        "sheets of goods": forget_old_product_imports(on=today),
        "weeks of counts": drop_old_weeks(on=today),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "cache entries": drop_expired(),
        "jobs": _old_jobs(now),
        "photos queued for lighter files": requeue_left_behind(at=now),
        "files that no row names": sweep_files(at=now),
    }
    logger.info("Tidied: %s", ", ".join(f"{count} {name}" for name, count in gone.items()))
    return gone


def _old_jobs(now: datetime) -> int:
    done = DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - JOBS_KEPT
    )
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED_JOBS_KEPT
    )
    return sum(rows.delete()[0] for rows in (done, failed))
