"""Work that takes longer than a page may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from catalog.actions.indexing import reindex_some
from catalog.models import SearchReindex

STALLED_AFTER = timedelta(minutes=2)
"""A job at work says so after every batch."""


@task()
def reindex_job() -> None:
    """Write a batch of products anew, and queue the next; a killed worker loses one batch."""
    run = reindex_some(at=timezone.now())
    if run is not None and run.finished_at is None:
        reindex_job.enqueue()


def continue_reindexing(*, at: datetime) -> int:
    """Queue again what a killed worker left behind, or what nobody queued; return how many."""
    stalled = SearchReindex.objects.stalled(since=at - STALLED_AFTER)
    found = stalled.update(touched_at=at)
    if found:
        reindex_job.enqueue()
    return found
