"""Hear from PostgreSQL, within moments and on every worker, that what public pages show changed.

Triggers on the tables announce it (`NOTIFY`) when a transaction commits; a thread of each process
listens on a connection of its own. Nothing is lost silently: after a broken connection everything
counts as changed, and until then pages live no longer than their few seconds anyway.
"""

from __future__ import annotations

import logging
import os
import select
import threading
import time
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.backends.utils import CursorWrapper

logger = logging.getLogger(__name__)

CHANNEL = "umkm_public"
# A long import announces each of its commits; pages are thrown away only so often.
PAUSE_SECONDS = 0.5
RETRY_SECONDS = 2
# Asks the server for a sign of life, so that a connection cut without a word is noticed.
BEAT_SECONDS = 20


class Changes:
    """`count` grows when anything changed; reading it costs nothing."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.count = 0
        self.is_listening = threading.Event()
        self._alias = alias
        self._lock = threading.Lock()
        self._pid = 0
        self._beat_at = 0.0
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def current(self) -> int:
        """The number now. The first call in a process, also after a fork, begins to listen."""
        if self._pid != os.getpid():
            self._listen()
        return self.count

    def close(self) -> None:
        """End, and let go of the connection; a later question begins anew."""
        self._ended.set()
        if self._thread:
            self._thread.join()
        self._ended.clear()
        self._pid, self._thread = 0, None

    def _listen(self) -> None:
        with self._lock:
            if self._pid == os.getpid():
                return
            self._pid = os.getpid()
            self._thread = threading.Thread(target=self._run, name="changes", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._hear()
            except (DatabaseError, InterfaceError, OSError, ValueError) as broken:
                logger.info("Not listening for changes: %s", broken)
            self.is_listening.clear()
            # What was announced meanwhile was not heard.
            self.count += 1
            self._ended.wait(RETRY_SECONDS)

    def _hear(self) -> None:
        # Django's wrapper of this thread: nothing else uses it, so nothing else closes it.
        wrapper = connections[self._alias]
        try:
            with wrapper.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
                self.count += 1
                self.is_listening.set()
                while not self._ended.is_set():
                    self._wait(wrapper.connection, wrapper.wrap_database_errors, cursor)
        finally:
            wrapper.close()

    def _wait(self, connection: Any, errors_of_django: Any, cursor: CursorWrapper) -> None:
        """Half a second at most, so that `close` is heard too."""
        heard = select.select([connection], [], [], PAUSE_SECONDS)[0]
        with errors_of_django:
            if heard:
                connection.poll()
        if time.monotonic() > self._beat_at:
            cursor.execute("SELECT 1")
            self._beat_at = time.monotonic() + BEAT_SECONDS
        if connection.notifies:
            connection.notifies.clear()
            self.count += 1
            self._ended.wait(PAUSE_SECONDS)
