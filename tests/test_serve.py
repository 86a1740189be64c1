"""`make run` as a whole: a real supervisor with its real children, on a free port."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from umkm_portal import cluster, database, environment

# A run of the portal inside a run of the tests must not think it is a test.
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SITE_URL", "DEMO", "DEBUG", *environment.SECRETS)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(true, seconds=180):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


class Portal:
    """Starts and ends supervisors over one data directory."""

    def __init__(self, folder):
        self.data_dir = folder / "var"
        self.log = folder / "log"
        self.port = free_port()
        self.process = None
        self.said = 0

    def start(self):
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in OURS and not name.startswith("PYTEST")
        }
        # The demo's data take longer than what is looked at here.
        own = {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "DEMO": "0"}
        self.said = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "umkm_portal.supervisor"],
                env=kept | own,
                cwd=environment.ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        began = time.monotonic()
        # By its own word: what the one before it left behind may still answer on the port.
        wait_until(lambda: self.process.poll() is not None or self.says_ready())
        assert self.status() == 200, self.log.read_text()
        assert self.process.poll() is None, self.log.read_text()
        return time.monotonic() - began

    def says_ready(self):
        return b"Portal siap" in self.log.read_bytes()[self.said :]

    def status(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/sehat/")
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(30)

    def processes(self):
        """Everything running with this data directory in its environment, server included."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                known = folder.joinpath("environ").read_bytes()
            except OSError:
                continue
            if f"DATA_DIR={self.data_dir}\0".encode() in known:
                found.append(int(folder.name))
        server = database.running_pid(cluster.locate(self.data_dir))
        return found + ([server] if server else [])


@pytest.fixture
def portal():
    folder = Path(tempfile.mkdtemp(prefix="umkm-test-"))
    folder.chmod(0o711)
    portal = Portal(folder)
    yield portal
    if portal.process and portal.process.poll() is None:
        portal.end()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        database.stop(portal.data_dir)
    shutil.rmtree(folder)


def test_it_serves_ends_cleanly_and_starts_again_even_after_kill_9(portal):
    first = portal.start()
    assert len(portal.processes()) >= 5  # supervisor, gunicorn and its two workers, database

    assert portal.end(signal.SIGINT) == 0
    wait_until(lambda: portal.processes() == [], 5)

    assert portal.start() < first, "the second start makes no database and no demo"
    portal.end(signal.SIGKILL)
    portal.start()
    assert portal.end() == 0
    wait_until(lambda: portal.processes() == [], 5)
    assert (portal.data_dir / "env").stat().st_mode & 0o777 == 0o600


def test_a_dead_database_and_a_dead_web_server_come_back(portal):
    portal.start()
    os.kill(database.running_pid(cluster.locate(portal.data_dir)), signal.SIGKILL)
    wait_until(lambda: portal.status() == 200, 15)
    listening = [
        pid
        for pid in portal.processes()
        if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    os.kill(min(listening), signal.SIGKILL)
    time.sleep(0.3)
    wait_until(lambda: portal.status() == 200, 20)


def test_a_second_supervisor_on_the_same_data_says_so(portal):
    portal.start()
    second = Portal(portal.data_dir.parent)
    with pytest.raises(AssertionError, match="sudah berjalan"):
        second.start()


def test_a_taken_port_is_named(portal, monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", portal.port))
        taken.listen()
        with pytest.raises(AssertionError, match=f"Port {portal.port} dipakai program lain"):
            portal.start()
