"""Work that takes longer than a page may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks import task

from members.member_import import work_on
from members.models import ImportBatch

STALLED_AFTER = timedelta(minutes=2)
"""A job at work says so every few seconds."""


@task()
def import_job(batch_pk: int) -> None:
    """Check or write an uploaded file of members, whichever it waits for."""
    work_on(batch_pk)


def requeue_stalled_imports(*, at: datetime) -> int:
    """Queue again what a killed worker or a restarted database left behind; return how many."""
    stalled = list(
        ImportBatch.objects.stalled(since=at - STALLED_AFTER).values_list("pk", flat=True)
    )
    for pk in stalled:
        # Touched, so that the next minute does not queue it once more.
        ImportBatch.objects.filter(pk=pk).update(touched_at=at)
        import_job.enqueue(pk)
    return len(stalled)
