"""Work that takes longer than a page may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from catalog.actions.indexing import reindex_some, write_stale_words
from catalog.actions.vocabulary import count_words, is_count_due
from catalog.models import SearchReindex, StaleWords

STALLED_AFTER = timedelta(minutes=2)
"""A job at work says so after every batch."""
REWORDING, REWORDED_WITHIN = "search:rewording", timedelta(minutes=10)


@task()
def reindex_job() -> None:
    """Write a batch of products anew, and queue the next; a killed worker loses one batch."""
    run = reindex_some(at=timezone.now())
    if run is not None:
        job = reindex_job if run.finished_at is None else count_job
        job.enqueue()


@task()
def stale_words_job() -> None:
    """Find the goods of renamed and merged businesses by their new words."""
    if write_stale_words():
        stale_words_job.enqueue()
    else:
        cache.delete(REWORDING)


@task()
def count_job() -> None:
    """Count words and products anew."""
    count_words(at=timezone.now())


def continue_reindexing(*, at: datetime) -> int:
    """Queue again what a killed worker left behind, or what nobody queued; return how many."""
    stalled = SearchReindex.objects.stalled(since=at - STALLED_AFTER)
    found = stalled.update(touched_at=at)
    if found:
        reindex_job.enqueue()
    return found


def reword_when_stale() -> bool:
    """Queue the goods whose seller has another name or place now; the minute looks again."""
    if not StaleWords.objects.exists():
        return False
    # One job at a time, and another when it was killed.
    if not cache.add(REWORDING, 1, timeout=REWORDED_WITHIN.total_seconds()):
        return False
    stale_words_job.enqueue()
    return True


def count_when_due(*, at: datetime) -> bool:
    """Queue the count of words when the last one is old, at night if it takes long."""
    if not is_count_due(at=at, hour=timezone.localtime(at).hour):
        return False
    # Once in ten minutes, also when the worker is slow to begin.
    if not cache.add("search:counting", 1, timeout=10 * 60):
        return False
    count_job.enqueue()
    return True
