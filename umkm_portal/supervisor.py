"""Everything the portal needs, under one process: database, web server, job worker, clock.

    python -m umkm_portal.supervisor

SIGINT, SIGTERM and SIGHUP end all of it. A child that dies is started again, later each time.
When this process is killed outright, Linux ends its children; the database stays, and the next
start adopts it.
"""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from umkm_portal import database, environment
from umkm_portal.cluster import DatabaseUnavailable

PYTHON = sys.executable
MANAGE = str(environment.ROOT / "manage.py")
SERVER = [PYTHON, "-m", "gunicorn", "--config", str(environment.ROOT / "deploy/gunicorn.conf.py")]
WORKER = [PYTHON, MANAGE, "db_worker", "--no-startup-delay"]

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.1
TICK_SECONDS = 60
GUARD_SECONDS = 1
READY_SECONDS = 60
# Longer than gunicorn's graceful time-out, shorter than systemd's patience.
STOP_SECONDS = 20
# An orphaned web server needs a moment to let go of the port.
PORT_SECONDS = 15
OUR_DATABASE = "database"
LONGEST_PAUSE = 30
STEADY_SECONDS = 60


class Stopped(Exception):
    """A signal asked us to end."""


class CannotStart(Exception):
    """Why the portal does not start, as a sentence for whoever typed the command."""


@dataclass
class Child:
    """A program kept running; `pause` doubles with each early death."""

    name: str
    command: Sequence[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0
    pause: float = 1
    again_at: float = 0

    def watch(self) -> None:
        """Start the program unless it runs or its pause is not over."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.process, self.started = spawn(self.command), now
        elif self.process.poll() is not None:
            if now - self.started > STEADY_SECONDS:
                self.pause = 1
            say(f"{self.name} berhenti ({self.process.returncode}), dimulai lagi.")
            self.process, self.again_at = None, now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)


@dataclass
class Clock:
    """Starts the minute's work once a minute, never twice at the same time."""

    process: "subprocess.Popen[bytes] | None" = None
    next_at: float = 0

    def watch(self) -> None:
        busy = self.process is not None and self.process.poll() is None
        if not busy and time.monotonic() >= self.next_at:
            self.process = spawn([PYTHON, MANAGE, "tick"])
            self.next_at = time.monotonic() + TICK_SECONDS


@dataclass
class Guard:
    """Starts the database again when it died under us; with DATABASE_URL it is not ours."""

    data_dir: Path
    next_at: float = 0

    def watch(self) -> None:
        now = time.monotonic()
        if now < self.next_at:
            return
        self.next_at = now + GUARD_SECONDS
        try:
            if database.ensure_running(self.data_dir):
                say("Basis data berhenti, dimulai lagi.")
        except DatabaseUnavailable as reason:
            say(str(reason))
            self.next_at = now + LONGEST_PAUSE


@dataclass
class Supervisor:
    """One run of the portal over one data directory."""

    data_dir: Path
    port: int
    after_crash: bool = False
    stopping: bool = False
    server: Child = field(default_factory=lambda: Child("Server web", SERVER))
    worker: Child = field(default_factory=lambda: Child("Pekerja antrean", WORKER))
    clock: Clock = field(default_factory=Clock)
    at_work: "subprocess.Popen[bytes] | None" = None

    def stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def serve(self) -> None:
        """Prepare, start, and watch until a signal comes."""
        self.wait_for_port()
        if self.finish("prepare"):
            raise CannotStart("Persiapan gagal; sebabnya ada di atas.")
        self.wait_until_ready()
        say(f"Portal siap: {os.environ['SITE_URL']}/")
        if os.environ["DEMO"] == "1":
            self.finish("demo_accounts")
        say("Ctrl-C untuk berhenti.")
        guard = Guard(self.data_dir)
        while True:
            for watched in (guard, self.server, self.worker, self.clock):
                watched.watch()
            self.rest()

    def rest(self) -> None:
        """Wait a moment; signals are obeyed here."""
        time.sleep(POLL_SECONDS)
        if self.stopping:
            raise Stopped

    def finish(self, *arguments: str) -> int:
        """Run a management command to its end; returns its exit code."""
        self.at_work = spawn([PYTHON, MANAGE, *arguments])
        while self.at_work.poll() is None:
            self.rest()
        return self.at_work.returncode

    def wait_for_port(self) -> None:
        deadline = time.monotonic() + (PORT_SECONDS if self.after_crash else 1)
        while not port_is_free(self.port):
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"Port {self.port} dipakai program lain. Coba: PORT={self.port + 1} make run"
                )
            self.rest()

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not answers(self.port):
            self.server.watch()
            if time.monotonic() > deadline:
                raise CannotStart("Server web tidak menjawab; sebabnya ada di atas.")
            self.rest()

    def end_children(self) -> None:
        """Ask everybody to finish, at once; insist when they do not."""
        everyone = (self.server.process, self.worker.process, self.clock.process, self.at_work)
        running = [process for process in everyone if process and process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def spawn(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a program in a session of its own, so that Ctrl-C reaches only us."""
    return subprocess.Popen(  # noqa: S603 our own programs
        command,
        stdin=subprocess.DEVNULL,
        cwd=environment.ROOT,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 we have no threads
    )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def port_is_free(port: int) -> bool:
    """Whether we could listen there now, remains of closed connections aside."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether the web server answers, whatever it says."""
    host = urlsplit(os.environ["SITE_URL"]).netloc
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sehat/", headers={"Host": host})
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


@contextmanager
def only_one(data_dir: Path) -> Iterator[Path]:
    """Hold the data directory's supervisor lock; yields the file that lies there while one runs.

    The file outlives a supervisor killed outright and tells the next one what it left behind.
    """
    with (data_dir / "supervisor.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(f"Portal dengan data {data_dir} sudah berjalan.") from None
        yield data_dir / "supervisor.running"


def say(sentence: str) -> None:
    # The terminal, or whatever read our output, may be gone; that is no reason to fail.
    with suppress(OSError):
        sys.stdout.write(sentence + "\n")
        sys.stdout.flush()


def run(data_dir: Path) -> None:
    """Serve until told to stop; then end the children, and the database if we started it."""
    supervisor = Supervisor(data_dir, port=int(os.environ["PORT"]))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, supervisor.stop_soon)
    with only_one(data_dir) as trace:
        supervisor.after_crash = trace.exists()
        database_was_ours = supervisor.after_crash and trace.read_text() == OUR_DATABASE
        database_is_ours = False
        try:
            trace.touch()
            database_is_ours = database.ensure_running(data_dir) or database_was_ours
            trace.write_text(OUR_DATABASE if database_is_ours else "")
            supervisor.serve()
        except Stopped:
            say("Berhenti …")
        finally:
            supervisor.end_children()
            if database_is_ours:
                database.stop(data_dir)
            trace.unlink()


def main() -> int:
    """Exit code 0 after a signal, 1 with the reason on stderr when the portal cannot start."""
    try:
        run(environment.equip())
    except (CannotStart, DatabaseUnavailable) as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
