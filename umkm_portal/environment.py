"""The environment a process of the portal starts with: settings given, secrets kept, defaults.

What the environment says wins, then the file `.env` beside `manage.py`, then the secrets in
`<data directory>/env` (made once, readable by their owner only), then the defaults below.

    python -m umkm_portal.environment <command> [arguments]   runs the command so equipped
"""

import base64
import fcntl
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Each is read by settings; more than one key means the first encrypts, all decrypt.
SECRETS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "ENCRYPTION_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "DIGEST_KEY": lambda: secrets.token_urlsafe(50),
}


def equip() -> Path:
    """Complete `os.environ`; returns the data directory, absolute. Safe to call at once."""
    _fill(_read(ROOT / ".env"))
    data_dir = data_directory()
    os.environ["DATA_DIR"] = str(data_dir)
    _fill(kept_secrets(data_dir))
    port = os.environ.setdefault("PORT", "8000")
    _fill({"DEBUG": "0", "DEMO": "1", "SITE_URL": f"http://127.0.0.1:{port}"})
    if os.environ["DEMO"] == "1":
        # Whoever tries the demo has no app with codes at hand; a real portal always asks.
        _fill({"STAFF_TOTP": "off"})
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "umkm_portal.settings")
    return data_dir


def data_directory() -> Path:
    """DATA_DIR, seen from the project's folder, else `var`."""
    return (ROOT / os.environ.get("DATA_DIR", "var")).resolve()


def kept_secrets(data_dir: Path) -> dict[str, str]:
    """The secrets of this data directory; those missing are made and written down."""
    if not data_dir.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        # Passable, not listable: the database's own user must reach its folder.
        data_dir.chmod(0o711)
    with (data_dir / "env.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = data_dir / "env"
        kept = _read(path)
        missing = {name: make() for name, make in SECRETS.items() if name not in kept}
        if missing:
            _write(path, kept | missing)
        return kept | missing


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def _write(path: Path, values: dict[str, str]) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
    unfinished.rename(path)


def _fill(values: dict[str, str]) -> None:
    for name, value in values.items():
        os.environ.setdefault(name, value)


if __name__ == "__main__":
    equip()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 the caller's own command
