"""Measure pages as ratios to a bare Django view, all in one run; writes results.md beside this.

    make bench
    BENCH_PRODUCTS="10000 100000 1000000" BENCH_ROUNDS=3 BENCH_SECONDS=2 make bench
    BENCH_PRODUCTS=10000 BENCH_ROUNDS=1 make bench        a quick look

The database is the bench's own, in `var/bench`. The portal is served by two gunicorn workers of
four threads, once without and once with pages kept in memory, next to the bare view (B). A run that
was killed goes on where it stopped when it is called again; the servers it started end with it (the
database too, unless the kill left it no time: the next run takes it over). At all three sizes it
takes about a quarter of an hour on two idle cores, half of that for making the products.
Needs `wrk`.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from umkm_portal import database, environment

SIZES = [int(size) for size in os.environ.get("BENCH_PRODUCTS", "10000 100000 1000000").split()]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
BARE, FRESH, KEPT = 8971, 8972, 8973
RESULTS = Path(os.environ.get("BENCH_RESULTS", Path(__file__).with_name("results.md")))
PRODUCTS_PER_BUSINESS = 10
EVENTS_PER_MONTH = 200


class Progress:
    """What was measured so far, in a file: a killed run loses the page it was at."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.about = {"sizes": SIZES, "rounds": ROUNDS, "seconds": SECONDS, "code": revision()}
        kept = json.loads(path.read_text()) if path.exists() else {}
        self.resumes = kept.get("about") == self.about
        self.rows: dict[str, dict[str, Any]] = kept["rows"] if self.resumes else {}

    def keep(self, size: int, name: str, row: dict[str, Any]) -> None:
        self.rows[f"{size} {name}"] = row
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text(json.dumps({"about": self.about, "rows": self.rows}))
        unfinished.rename(self.path)

    def has(self, size: int, name: str) -> bool:
        return f"{size} {name}" in self.rows


def revision() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "?"


def stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def own_database() -> Iterator[Path]:
    """Never the portal's: in a folder of its own, whatever the environment says."""
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {"DATA_DIR": os.environ.get("BENCH_DIR", "var/bench"), "DEMO": "1", "DEBUG": "0"}
    os.environ |= {"PORT": str(FRESH), "SITE_URL": f"http://127.0.0.1:{FRESH}"}
    data_dir = environment.equip()
    started = database.ensure_running(data_dir, durable=False)
    try:
        yield data_dir
    finally:
        if started:
            database.stop(data_dir)


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True)


def empty_when_larger(smallest: int) -> None:
    """A catalogue cannot be made smaller: start over when it is larger than the first size."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('catalog_product') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM catalog_product LIMIT %s) AS p",
                       [smallest + 1000])  # fmt: skip
        if cursor.fetchone()[0] < smallest + 1000:
            return
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()


def seed(size: int) -> float:
    began = time.monotonic()
    businesses = max(1000, size // PRODUCTS_PER_BUSINESS)
    many = ("--products", str(size), "--businesses", str(businesses))
    manage("seed_load", *many, "--events", str(EVENTS_PER_MONTH))
    return time.monotonic() - began


def main() -> None:
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: apt-get install wrk")
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
    began = time.monotonic()
    with own_database() as data_dir:
        import django

        django.setup()
        progress = Progress(data_dir / "bench.json")
        if not progress.resumes:
            empty_when_larger(SIZES[0])
        manage("prepare")
        for size in SIZES:
            if not progress.has(size, "done"):
                run_at(size, data_dir, progress)
    from tests.performance.report import written

    text = written(progress.about, progress.rows, time.monotonic() - began)
    RESULTS.write_text(text)
    progress.path.unlink()
    print(text)


def run_at(size: int, data_dir: Path, progress: Progress) -> None:
    from tests.performance.measure import measure
    from tests.performance.pages import other_pages, pages_of_catalogue
    from tests.performance.servers import gunicorn

    took = seed(size)
    if not progress.has(size, "seed"):
        progress.keep(size, "seed", {"seconds": took})
    portal, ours = (
        "umkm_portal.wsgi:application",
        {
            "DJANGO_SETTINGS_MODULE": "umkm_portal.settings",
            "STATEMENT_TIMEOUT_MS": "5000",
            # So that visitors.lua may say who asks.
            "TRUSTED_PROXIES": "127.0.0.1",
        },
    )
    rounds = ROUNDS if size == SIZES[-1] else max(1, ROUNDS - 1)
    pages = pages_of_catalogue(size) + (other_pages() if size == SIZES[-1] else [])
    with (
        gunicorn(
            "tests.performance.bare:application",
            BARE,
            DJANGO_SETTINGS_MODULE="tests.performance.bare",
        ) as bare,
        gunicorn(portal, FRESH, data_dir=data_dir, MICROCACHE_MB="0", **ours) as fresh,
        gunicorn(portal, KEPT, data_dir=data_dir, **ours) as kept,
    ):
        for page in pages:
            if progress.has(size, page.name):
                continue
            server = kept if page.kept else fresh
            found = measure(page, bare, server, rounds=rounds, seconds=SECONDS)
            progress.keep(size, page.name, found.asdict())
            print(
                f"{size:>9,} {page.name:26} {found.ratio:.3f} × B  {found.cpu:6.2f} ms CPU "
                f"p50 {found.p50:5.0f} p99 {found.p99:5.0f}  {found.queries} queries",
                flush=True,
            )
        progress.keep(size, "memory", {"fresh": fresh.memory(), "kept": kept.memory()})
    progress.keep(size, "desk", desk())
    progress.keep(size, "done", {"load": os.getloadavg()[0]})


def desk() -> dict[str, Any]:
    """The staff's lists: queries and milliseconds of a second visit."""
    from members.models import User
    from tests.performance.measure import queries

    admin = User.objects.filter(is_superuser=True).first()
    lists = ["/admin/catalog/product/", "/admin/members/business/"]
    return {path: queries(path, user=admin) for path in lists} if admin else {}


if __name__ == "__main__":
    main()
