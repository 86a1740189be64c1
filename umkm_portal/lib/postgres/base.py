"""Django's PostgreSQL, which looks at a kept connection before it asks through it.

With health checks Django sends a query ahead of the first one of every request. A connection whose
server went away has something to read (its end), and that is seen without asking. One that was idle
for long is asked all the same: a firewall between may have forgotten it.
"""

from __future__ import annotations

import select
import time

import psycopg2
from django.db.backends.postgresql import base

TRUSTED_SECONDS = 30


class DatabaseWrapper(base.DatabaseWrapper):
    _good_at = float("-inf")

    def is_usable(self) -> bool:
        now = time.monotonic()
        was_good, self._good_at = now - self._good_at < TRUSTED_SECONDS, now
        if was_good and not self.errors_occurred and not self._has_something_to_say():
            return True
        return bool(super().is_usable())

    def connect(self) -> None:
        self._good_at = float("-inf")
        super().connect()

    def _has_something_to_say(self) -> bool:
        try:
            poll = select.poll()
            poll.register(self.connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
            return bool(poll.poll(0))
        except (OSError, ValueError, psycopg2.Error):
            return True
