"""What waits for whom, told to staff at 07.00 of a working day; who has nothing hears nothing."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from members.models import User
from umkm_portal.lib.dates import is_workday
from umkm_portal.notices.actions import send_later
from umkm_portal.work_queue import waiting_for

HOUR = 7


def send_digests(now: datetime) -> int:
    """Run by the minute's tick; the first after 07.00 does the work. Return how many were told."""
    then = timezone.localtime(now)
    today = then.date()
    if then.hour != HOUR or not is_workday(today):
        return 0
    if not cache.add(f"digest:{today}", 1, timeout=24 * 60 * 60):
        return 0
    staff = User.objects.filter(is_staff=True, is_active=True).exclude(email="")
    return sum(_tell(user, key=str(today)) for user in staff)


def _tell(user: User, *, key: str) -> bool:
    lines = [line for line in waiting_for(user) if line["count"]]
    if lines:
        total = sum(line["count"] for line in lines)
        send_later(
            "staff_digest", to=user, about=user, key=key, link="/admin/", lines=lines, total=total
        )
    return bool(lines)
