"""The lighter half of a picture's files, which take the worker longer than a page may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks import task

from catalog.models import ProductPhoto
from catalog.photo_files import lighten

# Letters and imports go first: somebody waits for them.
PRIORITY = -50
LEFT_BEHIND_AFTER = timedelta(hours=1)
AT_ONCE = 200


@task(priority=PRIORITY)
def lighten_photo(name: str) -> bool:
    """Write the AVIF files of a picture."""
    return lighten(name)


def requeue_left_behind(*, at: datetime) -> int:
    """Queue again what a killed worker left, and pictures older than this work."""
    names = (
        ProductPhoto.objects.filter(name__endswith=".webp", uploaded_at__lt=at - LEFT_BEHIND_AFTER)
        .order_by("name")
        .values_list("name", flat=True)
        .distinct()[:AT_ONCE]
    )
    for name in names:
        lighten_photo.enqueue(name)
    return len(names)
