"""Measure pages as ratios to a bare Django view, all in one run; writes results.md beside this.

The portal runs as `make run` does (two gunicorn workers, four threads) on the demo's data. Each
page is loaded by wrk in three rounds, next to the bare view; the median counts. Needs `wrk`.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
import psutil

from umkm_portal import database, environment

PAGES = ["/", "/jumat/", "/katalog/", "/katalog/?q=sambal", "/usaha/", "/agenda/", "/cek/"]
ROUNDS = 3
SECONDS = 5
RESULTS = Path(__file__).with_name("results.md")


@contextmanager
def gunicorn(
    application: str, port: int, settings: str, *, kept_mb: int = 0
) -> Iterator[psutil.Process]:
    """`kept_mb`: memory for public pages; none unless that is what is measured."""
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--no-control-socket"),
        *("--workers", "2", "--threads", "4", "--worker-class", "gthread"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "error"),
    ]
    own = {"DJANGO_SETTINGS_MODULE": settings, "MICROCACHE_MB": str(kept_mb)}
    server = subprocess.Popen(command, env={**os.environ, **own})
    try:
        wait_until_up(port)
        yield psutil.Process(server.pid)
    finally:
        server.terminate()
        server.wait(20)


def wait_until_up(port: int) -> None:
    for _try in range(100):
        try:
            fetch(port, "/")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The server on port {port} did not start.")


def fetch(port: int, page: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{page}") as response:
        body: bytes = response.read()
    return body


def load(port: int, page: str, **headers: str) -> tuple[float, float]:
    """Requests a second and the 99th percentile in milliseconds."""
    command = ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "--latency", "-H", "Connection: close"]
    for name, value in headers.items():
        command += ["-H", f"{name.replace('_', '-')}: {value}"]
    text = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{page}"], capture_output=True, text=True, check=True
    ).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory(server: psutil.Process) -> float:
    return max(child.memory_info().rss for child in server.children()) / 1e6


def queries(page: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)


def main() -> None:
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk")
    data_dir = environment.equip()
    started = database.ensure_running(data_dir)
    try:
        subprocess.run([sys.executable, "manage.py", "prepare"], check=True)
        import django

        django.setup()
        report = measure()
    finally:
        if started:
            database.stop(data_dir)
    RESULTS.write_text(report)
    print(report)


def measure() -> str:
    lines = [
        "# Pages against a bare Django view (B), one run\n",
        "| page | ÷ B | p99 ms | queries | bytes | brotli | MB/worker |",
        "|---|---|---|---|---|---|---|",
    ]
    with (
        gunicorn("tests.performance.bare:application", 8971, "tests.performance.bare"),
        gunicorn("umkm_portal.wsgi:application", 8972, "umkm_portal.settings") as portal,
    ):
        for page in PAGES:
            body = fetch(8972, page)
            rounds = [(load(8971, "/")[0], *load(8972, page)) for _round in range(ROUNDS)]
            ratio = statistics.median(rate / bare for bare, rate, _p99 in rounds)
            p99 = statistics.median(p99 for _bare, _rate, p99 in rounds)
            lines.append(
                f"| `{page}` | {ratio:.3f} | {p99:.0f} | {queries(page)} | {len(body)} "
                f"| {len(brotli.compress(body, quality=5))} | {memory(portal):.0f} |"
            )
            print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
