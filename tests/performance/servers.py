"""gunicorns of a bench: each in a session of its own, ended with it, and when it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from umkm_portal import database, environment, supervisor
from umkm_portal.cluster import locate

STOP_SECONDS = 15


@dataclass(frozen=True)
class Server:
    port: int
    process: psutil.Process
    data_dir: Path | None = None
    """Of the database it uses, whose work counts as its own."""

    @property
    def workers(self) -> list[psutil.Process]:
        return self.process.children()

    def cpu(self) -> float:
        """Seconds of processor it and its database's servers have used so far."""
        everyone = self.workers
        if self.data_dir is not None:
            pid = database.running_pid(locate(self.data_dir))
            everyone += psutil.Process(pid).children() if pid else []
        used = 0.0
        for each in everyone:
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                used += times.user + times.system
        return used

    def memory(self) -> float:
        """Megabytes of the largest worker."""
        return max(worker.memory_info().rss for worker in self.workers) / 1e6

    def fetch(self, page: str, headers: Mapping[str, str] | None = None) -> tuple[bytes, str]:
        """The body and the ETag."""
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{page}", headers=headers or {})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.read(), answer.headers.get("ETag", "")


@contextmanager
def gunicorn(
    application: str, port: int, *, data_dir: Path | None = None, **settings: str
) -> Iterator[Server]:
    """Two workers of four threads, as the portal is served."""
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--no-control-socket"),
        *("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "--graceful-timeout", "5"),
    ]
    started = subprocess.Popen(
        command,
        cwd=environment.ROOT,
        env={**os.environ, **settings},
        start_new_session=True,
        preexec_fn=supervisor._die_with_parent,
    )
    try:
        server = Server(port, psutil.Process(started.pid), data_dir)
        _wait_until_up(server)
        yield server
    finally:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(started.pid, signal.SIGTERM)
    try:
        started.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _wait_until_up(server: Server) -> None:
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if not supervisor.port_is_free(server.port):
            with suppress(OSError):
                server.fetch("/")
                return
        time.sleep(0.1)
    raise SystemExit(f"The server on port {server.port} did not start.")
