"""Pages that are kept: by a worker, as a 304, and by nginx with deploy/nginx.conf.

    python -m umkm_portal.environment python -m tests.performance.kept

Each against the bare view, and what nginx keeps against nginx with a file of 20 KB, all in one run.
Plain HTTP, since a handshake for each request would hide everything else.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.front import Places, nginx_command, ours
from tests.performance import bench
from tests.performance.bare import PAGE
from umkm_portal import database, environment

BARE, PORTAL, FRONT, FILE = 18971, 18972, 18973, 18974
STATIC = """
server {
    listen 127.0.0.1:%d;
    location / { root %s; }
}
"""
Load = Callable[[], tuple[float, float]]


def conf(folder: Path) -> str:
    """Our file without TLS, and a file to compare with."""
    text = ours(Places(folder, PORTAL, FRONT, FRONT + 9))
    text = re.sub(r"\n    ssl_[^\n]+", "", text).replace(" ssl http2;", ";")
    (folder / "b").mkdir()
    (folder / "b/b.html").write_text(PAGE)
    return text + STATIC % (FILE, folder / "b")


@contextmanager
def nginx() -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="umkm-front-") as name:
        folder = Path(name)
        server = subprocess.Popen(nginx_command(folder, conf(folder)))
        try:
            bench.wait_until_up(FRONT)
            yield
        finally:
            server.terminate()
            server.wait(20)


def etag(page: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORTAL}{page}") as answer:
        return str(answer.headers["ETag"])


def rows() -> Iterator[tuple[str, Load]]:
    packed = "gzip, deflate, br"
    for page in ("/katalog/", "/jumat/"):
        mark = etag(page)
        yield f"`{page}` kept by a worker", lambda p=page: bench.load(PORTAL, p)
        yield f"`{page}` the same, br", lambda p=page: bench.load(PORTAL, p, Accept_Encoding=packed)
        yield f"`{page}` 304", lambda p=page, m=mark: bench.load(PORTAL, p, If_None_Match=m)
        yield f"`{page}` through nginx", lambda p=page: bench.load(FRONT, p)
        yield (
            f"`{page}` through nginx, br",
            lambda p=page: bench.load(FRONT, p, Accept_Encoding=packed),
        )
        yield f"`{page}` 304 of nginx", lambda p=page, m=mark: bench.load(FRONT, p, If_None_Match=m)


def measure() -> list[str]:
    lines = [
        "| what is kept | ÷ B | ÷ nginx static | p99 ms | MB/worker |",
        "|---|---|---|---|---|",
    ]
    with (
        bench.gunicorn("tests.performance.bare:application", BARE, "tests.performance.bare"),
        bench.gunicorn(
            "umkm_portal.wsgi:application", PORTAL, "umkm_portal.settings", kept_mb=8
        ) as portal,
        nginx(),
    ):
        for name, load in rows():
            load()  # warm
            rounds = [
                (bench.load(BARE, "/")[0], bench.load(FILE, "/b.html")[0], *load())
                for _round in range(bench.ROUNDS)
            ]
            to_bare = statistics.median(rate / bare for bare, _file, rate, _p99 in rounds)
            to_file = statistics.median(rate / file for _bare, file, rate, _p99 in rounds)
            p99 = statistics.median(p99 for *_rates, p99 in rounds)
            lines.append(
                f"| {name} | {to_bare:.2f} | {to_file:.2f} | {p99:.1f} "
                f"| {bench.memory(portal):.0f} |"
            )
            print(lines[-1], flush=True)
    return lines


def main() -> None:
    data_dir = environment.equip()
    started = database.ensure_running(data_dir)
    try:
        print("\n".join(measure()))
    finally:
        if started:
            database.stop(data_dir)


if __name__ == "__main__":
    main()
