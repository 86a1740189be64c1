"""The demo's past, told in order: each step happens at its own moment, by the real actions."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

FRIDAY = 4
Step = Callable[[], object]


@contextmanager
def moment(then: datetime) -> Iterator[None]:
    """Inside, everything that asks Django for the time is told `then`; for one thread only."""
    real = timezone.now
    timezone.now = lambda: then
    try:
        yield
    finally:
        timezone.now = real


def coming_friday(today: date) -> date:
    """Today when it is a Friday."""
    return today + timedelta(days=(FRIDAY - today.weekday()) % 7)


class Timeline:
    """Steps of the past, run by their moment whatever the order they were noted in."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.today = timezone.localdate(now)
        self._steps: list[tuple[datetime, int, Step]] = []
        self._order = count()

    def ago(self, days: float, step: Step, *, hour: int = 10) -> None:
        """Note a step some days ago at an hour of Jakarta; never later than now."""
        day = self.today - timedelta(days=days)
        then = timezone.make_aware(datetime.combine(day, time(hour)))
        # Those of today keep their order by a second each.
        then = min(
            then, self.now - timedelta(seconds=60) + timedelta(milliseconds=next(self._order))
        )
        heapq.heappush(self._steps, (then, next(self._order), step))

    def run(self) -> int:
        """Run all steps, also those noted meanwhile; return how many."""
        done = 0
        while self._steps:
            then, _order, step = heapq.heappop(self._steps)
            with moment(then):
                step()
            done += 1
        return done
