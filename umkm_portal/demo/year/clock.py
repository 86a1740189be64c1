"""A clock that is set by hand, in this process only, so that a year passes in minutes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from unittest import mock

from django.utils import timezone


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        """Jakarta's time."""
        self.now = timezone.make_aware(datetime.combine(day, time(hour, minute)))

    def _read(self) -> datetime:
        return self.now

    @contextmanager
    def running(self) -> Iterator[None]:
        """Whoever asks Django for the time hears this clock."""
        with mock.patch.object(timezone, "now", self._read):
            yield
