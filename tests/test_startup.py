"""What a worker carries from its start on; each megabyte is paid by every worker."""

from __future__ import annotations

import subprocess
import sys

START = """
import sys, umkm_portal.wsgi
from django.urls import resolve
resolve("/agenda/")
print(*sys.modules)
"""
HEAVY = ("typst", "openpyxl", "xlsxwriter", "httpx", "icalendar", "pillow_heif")


def test_a_worker_starts_without_what_few_pages_need() -> None:
    told = subprocess.run(
        [sys.executable, "-c", START],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(told.stdout.split())
    assert "events.views.agenda" in loaded
    assert not loaded & set(HEAVY)
