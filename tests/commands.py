"""A command of manage.py, and what it says."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()
