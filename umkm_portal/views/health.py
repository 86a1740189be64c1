from __future__ import annotations

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LEAST_FREE_BYTES = 200 * 1024 * 1024


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Database, disk and jobs, for whoever watches the portal; 503 when something is wrong."""
    report: dict[str, object] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
        last = DBTaskResult.objects.exclude(finished_at=None).order_by("-finished_at").first()
        report["basis_data"] = "baik"
        report["pekerjaan_tertua_detik"] = (
            int((timezone.now() - oldest).total_seconds()) if oldest else 0
        )
        report["pekerjaan_terakhir"] = last.finished_at.isoformat() if last else None
    except DatabaseError:
        report["basis_data"] = "tidak terjangkau"
    free = shutil.disk_usage(settings.DATA_DIR).free
    report["ruang_berkas"] = "baik" if free > LEAST_FREE_BYTES else "hampir penuh"
    well = report["basis_data"] == report["ruang_berkas"] == "baik"
    return JsonResponse(report, status=200 if well else 503)
